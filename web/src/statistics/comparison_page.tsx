export default function ComparisonPage() {
  return <div />;
}
