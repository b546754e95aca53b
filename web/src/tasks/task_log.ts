// The lines of a task's log, as many as a page can hold.

export type Severity = "error" | "warning" | "note";

export interface LogLine {
  number: number; // in the log, from 1
  time: string;
  severity: Severity;
  message: string;
}

export interface LogLines {
  lines: LogLine[];
  dropped: number; // older ones that are not kept
}

export const kNoLines: LogLines = { lines: [], dropped: 0 };
const kMost = 20_000;

const kLine = /^(\d{4}-\d\d-\d\dT\S+) (error|warning|note) (.*)$/s;

function toLine(text: string, number: number): LogLine {
  const found = kLine.exec(text);
  if (!found) return { number, time: "", severity: "note", message: text };
  return { number, time: found[1]!, severity: found[2] as Severity, message: found[3]! };
}

export function appendLines(before: LogLines, texts: string[], most = kMost): LogLines {
  if (texts.length === 0) return before;
  const first = before.dropped + before.lines.length + 1;
  const all = [...before.lines, ...texts.map((text, index) => toLine(text, first + index))];
  const extra = Math.max(0, all.length - most);
  return { lines: extra > 0 ? all.slice(extra) : all, dropped: before.dropped + extra };
}

// "14:05:09.123" of the time that a line begins with, in the reader's zone.
export function clockText(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const milliseconds = String(at.getMilliseconds()).padStart(3, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${milliseconds}`;
}
