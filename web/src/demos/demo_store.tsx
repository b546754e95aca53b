export default function DemoStore() {
  return <div />;
}
