// The part of a long list that is in sight. Items are of one height and stay in the flow, between two spacers: so tables
// stay tables, and the width is that of the content.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

export function useVirtualLines(count: number, height: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    estimateSize: () => height,
    getScrollElement: () => scroller.current,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  return {
    scroller,
    indexes: items.map((item) => item.index),
    before: items[0]?.start ?? 0,
    after: last ? virtualizer.getTotalSize() - last.end : 0,
    scrollToEnd: () => virtualizer.scrollToIndex(count - 1, { align: "end" }),
  };
}

// The height of a list: as much as it needs, `most` at most; without it, all of the place that there is.
export function fitting(needed: number, most: number | undefined): number | string {
  return most === undefined ? "100%" : Math.min(needed, most);
}
