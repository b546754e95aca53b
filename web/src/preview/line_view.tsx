// Text, line by line: however long it is, only what is in sight is on the page.
import { useMemo } from "react";
import classes from "./line_view.module.css";
import { useVirtualLines } from "./virtual_lines";

const kHeight = 20;
const kLongest = 10_000; // characters of a line that are shown

export function LineView({ text, label, height = "100%" }: { text: string; label: string; height?: string | number }) {
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const { scroller, indexes, before, after } = useVirtualLines(lines.length, kHeight);
  return (
    <div ref={scroller} className={classes.scroller} style={{ height }} tabIndex={0} role="region" aria-label={label}>
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
