// The filters of the history, as they stand in the page's address.
import type { operations } from "../api/schema";
import type { Task, TaskStatus } from "../api/types";

type Query = NonNullable<operations["listTasks"]["parameters"]["query"]>;

export const kStatuses: TaskStatus[] = ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];
export const kTriggers: Task["trigger"][] = ["ui", "api", "schedule", "mcp"];
export const kFilters = ["status", "trigger", "entry", "created_by", "from", "until"] as const;
export type Filter = (typeof kFilters)[number];

const kPage = 50;

// What the server knows; an address may say anything.
export function toQuery(search: URLSearchParams): Query {
  const status = kStatuses.find((one) => one === search.get("status"));
  const trigger = kTriggers.find((one) => one === search.get("trigger"));
  const from = toTime(search.get("from"));
  const until = toTime(search.get("until"));
  const entry = search.get("entry");
  const createdBy = search.get("created_by");
  const cursor = search.get("cursor");
  return {
    limit: kPage,
    ...(status ? { status } : {}),
    ...(trigger ? { trigger } : {}),
    ...(entry ? { entry } : {}),
    ...(createdBy ? { created_by: createdBy } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

// A time as the field for it gives it, "2026-01-01T12:30", in the reader's zone.
function toTime(text: string | null): string | undefined {
  if (!text) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

export function isFiltered(search: URLSearchParams): boolean {
  return kFilters.some((name) => search.get(name));
}

// The address with another filter. Another list begins at its first page.
export function withFilter(search: URLSearchParams, name: Filter, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("cursor");
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}
