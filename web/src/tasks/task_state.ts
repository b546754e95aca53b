// How a task stands, and what follows from it.
import type { Progress, Task, TaskStatus } from "../api/types";

export function isFinal(status: TaskStatus): boolean {
  return status === "SUCCEEDED" || status === "FAILED" || status === "CANCELLED";
}

// Of two answers about a task, the one that came last may be the older one: what has ended does not run again.
export function newerTask(before: Task | undefined, now: Task): Task {
  return before && isFinal(before.status) && !isFinal(now.status) ? before : now;
}

// How long it has run, in milliseconds; undefined before it has started.
export function elapsed(task: Task, now: number): number | undefined {
  if (!task.started_at) return undefined;
  const end = task.finished_at ? Date.parse(task.finished_at) : now;
  return Math.max(0, end - Date.parse(task.started_at));
}

// How long it will still run, in milliseconds; undefined when nobody knows.
export function timeLeft(progress: Progress, running: number): number | undefined {
  const { records_total: total, records_done: done, records_per_second: rate, fraction } = progress;
  if (fraction > 0.001 && fraction < 1) return (running * (1 - fraction)) / fraction;
  if (total !== null && rate > 0 && done < total) return ((total - done) / rate) * 1000;
  return undefined;
}

export interface Sample {
  at: number; // milliseconds
  records: number;
}

export interface RatePoint {
  at: number; // seconds since the first sample
  rate: number; // records a second
}

// Rates between samples that are at least `step` milliseconds apart.
export function ratesOf(samples: Sample[], step = 200): RatePoint[] {
  const points: RatePoint[] = [];
  const first = samples[0];
  let last = first;
  if (!first || !last) return points;
  for (const sample of samples) {
    if (sample.at - last.at < step) continue;
    const rate = Math.max(0, ((sample.records - last.records) * 1000) / (sample.at - last.at));
    points.push({ at: (sample.at - first.at) / 1000, rate });
    last = sample;
  }
  return points;
}
