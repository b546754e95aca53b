import { expect, test } from "vitest";
import type { Progress, Task } from "../api/types";
import { newerTask, ratesOf, timeLeft } from "./task_state";

const kProgress: Progress = {
  records_done: 0,
  records_total: null,
  bytes_written: 0,
  records_per_second: 0,
  current: "",
  fraction: 0,
};

test("time left follows the fraction, else the records that are missing", () => {
  expect(timeLeft({ ...kProgress, fraction: 0.25 }, 1000)).toBe(3000);
  expect(timeLeft({ ...kProgress, records_done: 50, records_total: 150, records_per_second: 100 }, 500)).toBe(1000);
  expect(timeLeft(kProgress, 1000)).toBeUndefined();
  expect(timeLeft({ ...kProgress, fraction: 1 }, 1000)).toBeUndefined();
});

test("rates are those between samples, never less than none", () => {
  const samples = [
    { at: 1000, records: 0 },
    { at: 1100, records: 5 },
    { at: 1500, records: 100 },
    { at: 2000, records: 90 },
  ];
  expect(ratesOf(samples)).toEqual([
    { at: 0.5, rate: 200 },
    { at: 1, rate: 0 },
  ]);
});

test("what has ended does not run again, whatever comes late", () => {
  const running = { status: "RUNNING" } as Task;
  const ended = { status: "CANCELLED" } as Task;
  expect(newerTask(ended, running)).toBe(ended);
  expect(newerTask(running, ended)).toBe(ended);
  expect(newerTask(undefined, running)).toBe(running);
});
