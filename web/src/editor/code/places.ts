// Places of the server's findings, which count bytes of UTF-8 from 1, in a text of CodeMirror.
import type { Text } from "@codemirror/state";

// The offset behind so many bytes of a line.
export function offsetOfBytes(line: string, bytes: number): number {
  let left = bytes;
  let at = 0;
  while (left > 0 && at < line.length) {
    const code = line.codePointAt(at)!;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

export function placeOf(text: Text, line: number, column: number): number {
  if (line < 1) return 0;
  const found = text.line(Math.min(line, text.lines));
  if (line > text.lines) return found.to;
  return found.from + offsetOfBytes(found.text, Math.max(column - 1, 0));
}

// What to underline: the word, value or tag at a place, at least one character where there is one.
export function rangeAt(text: Text, line: number, column: number): { from: number; to: number } {
  const from = placeOf(text, line, column);
  const { to: end } = text.lineAt(from);
  const rest = text.sliceString(from, end);
  const word = /^(<\/?[\w:-]*|[\w.:-]+|"[^"]*"|'[^']*'|\S)/.exec(rest)?.[0] ?? "";
  return { from, to: from + word.length };
}
