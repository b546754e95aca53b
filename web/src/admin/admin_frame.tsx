export default function AdminFrame() {
  return <div />;
}
