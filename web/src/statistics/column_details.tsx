// All that is known of one column: figures, histogram, most frequent values.
import { BarChart } from "@mantine/charts";
import { Group, Progress, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { count } from "../i18n/format";
import { binsOf, percent, scalarText, type Column, type Sample } from "./statistics";
import { useTexts } from "./texts";

function Figures({ column }: { column: Column }) {
  const t = useTexts();
  const lengths = (of: { min: number; max: number; mean: number }) =>
    t("lengthsText", { min: count(of.min), max: count(of.max), mean: scalarText(of.mean) });
  const rows: [string, string][] = [
    [t("values"), count(column.values)],
    [t("missing"), t("missingText", { nulls: count(column.nulls), absent: count(column.absent) })],
  ];
  if (column.sample?.mean !== undefined) rows.push([t("mean"), scalarText(column.sample.mean)]);
  if (column.sample?.deviation !== undefined) rows.push([t("deviation"), scalarText(column.sample.deviation)]);
  if (column.length) rows.push([t("lengths"), lengths(column.length)]);
  if (column.elements) rows.push([t("elements"), lengths(column.elements)]);
  for (const [kind, values] of Object.entries(column.kinds ?? {})) rows.push([kind, count(values)]);
  for (const [name, value] of Object.entries(column.sample?.quantiles ?? {})) {
    rows.push([name.replace("p", "p "), scalarText(value)]);
  }
  return (
    <Table variant="vertical" withTableBorder>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th>{name}</Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function TopValues({ sample }: { sample: Sample }) {
  const t = useTexts();
  const top = sample.top ?? [];
  if (top.length === 0) return null;
  const highest = top[0]!.count;
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {t("top")}
      </Title>
      <Stack gap={4} component="ul" p={0} m={0} className="cards">
        {top.map((one) => (
          <li key={String(one.value)}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" truncate title={scalarText(one.value)}>
                {scalarText(one.value)}
              </Text>
              <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
                {count(one.count)} · {percent(one.count / Math.max(1, sample.values))}
              </Text>
            </Group>
            <Progress value={(one.count / highest) * 100} size="xs" aria-hidden />
          </li>
        ))}
      </Stack>
    </div>
  );
}

export function ColumnDetails({ column }: { column: Column }) {
  const t = useTexts();
  const sample = column.sample;
  return (
    <Stack gap="sm" p="sm">
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Figures column={column} />
        {sample?.histogram ? (
          <div role="img" aria-label={t("shapeOf", { name: column.path })}>
            <Title order={3} size="h6" mb={4}>
              {t("histogram")}
            </Title>
            <BarChart
              h={220}
              data={binsOf(column)}
              dataKey="label"
              series={[{ name: "count", label: t("count"), color: "indigo.6" }]}
              xAxisProps={{ interval: "preserveStartEnd", tick: { fontSize: 10 } }}
              barProps={{ isAnimationActive: false }}
            />
          </div>
        ) : null}
        {sample ? <TopValues sample={sample} /> : null}
      </SimpleGrid>
      {sample ? (
        <Text size="xs" c="dimmed">
          {sample.sampled ? t("sampled", { count: count(sample.values) }) : t("exact")}
        </Text>
      ) : null}
    </Stack>
  );
}
