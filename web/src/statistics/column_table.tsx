// The columns of a product, a row each; a row opens to all that is known of its column.
import { Button, Progress, Table, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { WideTable } from "../components/wide_table";
import { count } from "../i18n/format";
import { ColumnDetails } from "./column_details";
import { Shape } from "./shape";
import { missingShare, percent, scalarText, type Column } from "./statistics";
import { useTexts } from "./texts";

function Distinct({ column }: { column: Column }) {
  const t = useTexts();
  if (column.distinct === undefined) return <>–</>;
  return <>{column.distinct_exact ? count(column.distinct) : t("about", { count: count(column.distinct) })}</>;
}

function ColumnRow({ column, isOpen, onToggle }: { column: Column; isOpen: boolean; onToggle: () => void }) {
  const t = useTexts();
  const missing = missingShare(column);
  return (
    <Table.Tr>
      <Table.Td>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          c="var(--mantine-color-text)"
          aria-expanded={isOpen}
          aria-label={t("details", { name: column.path })}
          leftSection={isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          onClick={onToggle}
        >
          {column.path}
        </Button>
      </Table.Td>
      <Table.Td>{column.type}</Table.Td>
      <Table.Td miw={90}>
        <Text size="sm">{percent(missing)}</Text>
        <Progress value={missing * 100} size={3} color="orange" aria-hidden />
      </Table.Td>
      <Table.Td>
        <Distinct column={column} />
      </Table.Td>
      <Table.Td maw={180}>
        <Text size="sm" truncate title={scalarText(column.min)}>
          {scalarText(column.min)}
        </Text>
      </Table.Td>
      <Table.Td maw={180}>
        <Text size="sm" truncate title={scalarText(column.max)}>
          {scalarText(column.max)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Shape column={column} />
      </Table.Td>
    </Table.Tr>
  );
}

export function ColumnTable({ columns, label }: { columns: Column[]; label: string }) {
  const t = useTexts();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (path: string) => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  return (
    <WideTable label={label} minWidth={860}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("column")}</Table.Th>
          <Table.Th>{t("type")}</Table.Th>
          <Table.Th>{t("missing")}</Table.Th>
          <Table.Th>{t("distinct")}</Table.Th>
          <Table.Th>{t("min")}</Table.Th>
          <Table.Th>{t("max")}</Table.Th>
          <Table.Th>{t("shape")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map((column) => (
          <Fragment key={column.path}>
            <ColumnRow column={column} isOpen={open.has(column.path)} onToggle={() => toggle(column.path)} />
            {open.has(column.path) ? (
              <Table.Tr>
                <Table.Td colSpan={7}>
                  <ColumnDetails column={column} />
                </Table.Td>
              </Table.Tr>
            ) : null}
          </Fragment>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
