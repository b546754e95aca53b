export default function ProjectSettings() {
  return <div />;
}
