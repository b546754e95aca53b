export default function Dashboard() {
  return <div />;
}
