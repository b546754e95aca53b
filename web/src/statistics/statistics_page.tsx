export default function StatisticsPage() {
  return <div />;
}
