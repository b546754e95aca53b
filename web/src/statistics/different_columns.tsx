// The columns that differ between two runs, with both shapes beside each other.
import { Badge, Stack, Table, Text, Title, Tooltip } from "@mantine/core";
import { WideTable } from "../components/wide_table";
import { count } from "../i18n/format";
import type { ColumnDifference, ProductDifference } from "./comparison";
import { FateBadge } from "./fate_badge";
import { Shape } from "./shape";
import { scalarText, useStatistics, type Column, type Product } from "./statistics";
import { useTexts } from "./texts";

// Siddiqi's rule of thumb for the population stability index.
const kLittle = 0.1;
const kMuch = 0.25;

function Drift({ index }: { index?: number | null }) {
  const t = useTexts();
  if (index === undefined || index === null) return <>–</>;
  const word = index < kLittle ? t("little") : index > kMuch ? t("much") : t("some");
  const color = index < kLittle ? "green" : index > kMuch ? "red" : "orange";
  return (
    <Tooltip label={t("driftHint")}>
      <Badge variant="light" color={color} tt="none" tabIndex={0}>
        {scalarText(Math.round(index * 1000) / 1000)} {word}
      </Badge>
    </Tooltip>
  );
}

function columnOf(products: Product[] | undefined, product: string, path: string): Column | undefined {
  return products?.find((one) => one.name === product)?.columns.find((one) => one.path === path);
}

function Changes({ column }: { column: ColumnDifference }) {
  return (
    <Stack gap={0}>
      {column.changes.map((change) => (
        <Text size="sm" key={change.what}>
          {change.what}: {scalarText(change.before)} → {scalarText(change.after)}
        </Text>
      ))}
    </Stack>
  );
}

interface Sides {
  before?: Product[];
  after?: Product[];
}

function ProductTable({ product, sides }: { product: ProductDifference; sides: Sides }) {
  const t = useTexts();
  const shape = (products: Product[] | undefined, path: string) => {
    const column = columnOf(products, product.name, path);
    return column ? <Shape column={column} /> : "–";
  };
  return (
    <WideTable label={product.name} minWidth={820}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("column")}</Table.Th>
          <Table.Th>{t("fate")}</Table.Th>
          <Table.Th>{t("drift")}</Table.Th>
          <Table.Th>{t("before")}</Table.Th>
          <Table.Th>{t("after")}</Table.Th>
          <Table.Th>{t("changes")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {product.changed.map((column) => (
          <Table.Tr key={column.path}>
            <Table.Td>{column.path}</Table.Td>
            <Table.Td>
              <FateBadge fate={column.fate} />
            </Table.Td>
            <Table.Td>
              <Drift index={column.stability_index} />
            </Table.Td>
            <Table.Td>{shape(sides.before, column.path)}</Table.Td>
            <Table.Td>{shape(sides.after, column.path)}</Table.Td>
            <Table.Td>
              <Changes column={column} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

export function DifferentColumns(props: {
  project: string;
  before: string;
  after: string;
  products: ProductDifference[];
}) {
  const t = useTexts();
  const before = useStatistics(props.project, props.before);
  const after = useStatistics(props.project, props.after);
  const different = props.products.filter((product) => product.fate !== "same");
  if (different.length === 0) return <Text>{t("noneDiffer")}</Text>;
  return (
    <Stack>
      {different.map((product) => (
        <section key={product.name}>
          <Title order={3} size="h5" mb="xs">
            {product.name} <FateBadge fate={product.fate} />{" "}
            {product.records_before !== undefined && product.records_after !== undefined ? (
              <Text span c="dimmed" size="sm">
                {t("recordsBoth", { before: count(product.records_before), after: count(product.records_after) })}
              </Text>
            ) : null}
          </Title>
          {product.changed.length > 0 ? (
            <ProductTable product={product} sides={{ before: before.data, after: after.data }} />
          ) : (
            <Text size="sm">{t("noneDiffer")}</Text>
          )}
        </section>
      ))}
    </Stack>
  );
}
