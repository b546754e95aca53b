// Text, line by line: however long it is, only what is in sight is on the page.
import { useMemo } from "react";
import classes from "./line_view.module.css";
import { fitting, useVirtualLines } from "./virtual_lines";

const kHeight = 20;
const kAround = 32; // padding, borders and the bar for scrolling sideways
const kLongest = 10_000; // characters of a line that are shown

// `most`: its height in pixels, unless the text needs less; without it, all of the place that there is.
export function LineView({ text, label, most }: { text: string; label: string; most?: number }) {
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const { scroller, indexes, before, after } = useVirtualLines(lines.length, kHeight);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ height: fitting(lines.length * kHeight + kAround, most) }}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <div className={classes.lines}>
        <div style={{ height: before }} />
        {indexes.map((index) => (
          <div key={index} className={classes.line}>
            {shown(lines[index] ?? "")}
          </div>
        ))}
        <div style={{ height: after }} />
      </div>
    </div>
  );
}

function shown(line: string): string {
  return line.length > kLongest ? line.slice(0, kLongest) + " …" : line;
}
