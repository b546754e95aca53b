// A table that scrolls sideways inside itself where the window is narrow.
import { ScrollArea, Table, type TableProps } from "@mantine/core";

export function WideTable({ label, minWidth = 600, ...table }: TableProps & { label: string; minWidth?: number }) {
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
      <Table miw={minWidth} highlightOnHover verticalSpacing="xs" {...table} />
    </ScrollArea>
  );
}
