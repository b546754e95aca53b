import { expect, test } from "vitest";
import { appendLines, kNoLines } from "./task_log";

test("a line has a time, a severity and a message; others are shown as they are", () => {
  const { lines } = appendLines(kNoLines, ["2026-01-01T00:00:00.000Z error a <b> c", "bare"]);
  expect(lines[0]).toEqual({ number: 1, time: "2026-01-01T00:00:00.000Z", severity: "error", message: "a <b> c" });
  expect(lines[1]).toEqual({ number: 2, time: "", severity: "note", message: "bare" });
});

test("the oldest lines go when there are too many, and the numbers stay", () => {
  const first = appendLines(kNoLines, ["a", "b", "c"], 4);
  const { lines, dropped } = appendLines(first, ["d", "e", "f"], 4);
  expect(dropped).toBe(2);
  expect(lines.map((line) => line.number + line.message)).toEqual(["3c", "4d", "5e", "6f"]);
});
