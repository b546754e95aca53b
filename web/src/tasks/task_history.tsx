export default function TaskHistory() {
  return <div />;
}
