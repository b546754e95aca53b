export default function DemoPage() {
  return <div />;
}
