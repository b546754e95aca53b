export default function TaskPage() {
  return <div />;
}
