// Rows as a table: the header stays in sight, nested values are JSON in one line, and a row's number shows all of it.
import { Badge, Code, Modal, ScrollArea, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { memo, useState } from "react";
import { CopyButton } from "../components/copy_button";
import { count } from "../i18n/format";
import { cellText } from "./exact_json";
import type { Row } from "./formats";
import classes from "./row_table.module.css";
import { useTexts } from "./texts";
import { fitting, useVirtualLines } from "./virtual_lines";

const kHeight = 30;
const kAround = 20; // borders and the bar for scrolling sideways
const kLongest = 300; // characters of a cell; the whole value is in the row's own view

function Cell({ value }: { value: unknown }) {
  if (value === null || value === undefined) {
    return (
      <td>
        <span className={classes.null}>null</span>
      </td>
    );
  }
  const text = cellText(value);
  const isNumber = typeof value === "number";
  return (
    <td className={isNumber ? classes.number : undefined} title={text.slice(0, 2000)}>
      {text === "" ? <span className={classes.null}>""</span> : text.slice(0, kLongest)}
    </td>
  );
}

interface RowProps {
  row: Row;
  columns: string[];
  index: number;
  onOpen: (index: number) => void;
}

const TableRow = memo(function TableRow({ row, columns, index, onOpen }: RowProps) {
  const t = useTexts();
  return (
    <tr style={{ height: kHeight }} aria-rowindex={index + 2}>
      <th scope="row" className={classes.index}>
        <UnstyledButton
          className={classes.open}
          onClick={() => onOpen(index)}
          aria-label={t("openRow", { row: index + 1 })}
        >
          {count(index + 1)}
        </UnstyledButton>
      </th>
      {columns.map((column, place) => (
        <Cell key={place} value={row[column]} />
      ))}
    </tr>
  );
});

function RowModal({ row, index, onClose }: { row: Row | undefined; index: number; onClose: () => void }) {
  const t = useTexts();
  const text = row ? JSON.stringify(row, null, 2) : "";
  return (
    <Modal opened={row !== undefined} onClose={onClose} size="lg" title={t("row", { row: index + 1 })}>
      <ScrollArea.Autosize mah="65vh" viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("value") }}>
        <Code block>{text}</Code>
      </ScrollArea.Autosize>
      <div className={classes.actions}>
        <CopyButton value={text} label={t("copy")} />
      </div>
    </Modal>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

interface RowTableProps {
  columns: string[];
  rows: Row[];
  label: string;
  most?: number; // pixels of height, unless the rows need less
  truncated?: boolean;
}

export function RowTable({ columns, rows, label, most, truncated = false }: RowTableProps) {
  const t = useTexts();
  const [open, setOpen] = useState<number>();
  const { scroller, indexes, before, after } = useVirtualLines(rows.length, kHeight);
  return (
    <>
      <div
        ref={scroller}
        className={classes.scroller}
        style={{ height: fitting((rows.length + 1) * kHeight + kAround, most) }}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <table className={classes.table} aria-label={label} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col" className={classes.index}>
                <VisuallyHidden>{t("number")}</VisuallyHidden>
              </th>
              {columns.map((column, place) => (
                <th scope="col" key={place} title={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={before} columns={columns.length + 1} />
            {indexes.map((index) => (
              <TableRow key={index} row={rows[index]!} columns={columns} index={index} onOpen={setOpen} />
            ))}
            <Spacer height={after} columns={columns.length + 1} />
          </tbody>
        </table>
        {truncated ? (
          <Badge variant="light" color="gray" m="xs" tt="none">
            {t("more")}
          </Badge>
        ) : null}
      </div>
      <RowModal
        row={open === undefined ? undefined : rows[open]}
        index={open ?? 0}
        onClose={() => setOpen(undefined)}
      />
    </>
  );
}
