// Statistics of the columns of a run, as the server tells them (docs/reference/statistics.md).
import { useQuery } from "@tanstack/react-query";
import { api, data } from "../api/client";
import { time } from "../i18n/format";
import { language } from "../i18n/texts";

export type Scalar = string | number | boolean | null;

export interface Histogram {
  from: number; // times: microseconds since 1970
  to: number;
  counts: number[];
}

export interface Sample {
  sampled: boolean;
  values: number;
  mean?: number;
  deviation?: number;
  quantiles?: Record<string, Scalar>; // "p50"
  histogram?: Histogram;
  top?: { value: Scalar; count: number }[];
}

export interface Column {
  path: string;
  type: string;
  kinds?: Record<string, number>; // of a mixed column
  values: number;
  nulls: number;
  absent: number;
  distinct?: number;
  distinct_exact?: boolean;
  min?: Scalar;
  max?: Scalar;
  length?: { min: number; max: number; mean: number };
  elements?: { min: number; max: number; mean: number };
  sample?: Sample;
}

export interface Product {
  name: string;
  records: number;
  has_deeper: boolean;
  columns: Column[];
}

export function useStatistics(project: string, task: string) {
  return useQuery({
    queryKey: ["project", project, "tasks", task, "statistics"],
    enabled: task !== "",
    queryFn: async () => {
      const read = await data(
        api.GET("/api/platform/v1/projects/{project_id}/tasks/{task_id}/statistics", {
          params: { path: { project_id: project, task_id: task } },
        }),
      );
      return read.products as unknown as Product[];
    },
  });
}

// A value as people read it. Times are texts already.
export function scalarText(value: Scalar | undefined): string {
  if (value === undefined || value === null) return "–";
  if (typeof value === "number") return value.toLocaleString(language(), { maximumSignificantDigits: 8 });
  return String(value);
}

const kTimes = new Set(["datetime", "date"]);

// A border of a histogram's bins: a number, or a time.
export function borderText(column: Column, border: number): string {
  if (!kTimes.has(column.type)) return border.toLocaleString(language(), { maximumSignificantDigits: 5 });
  return time(new Date(border / 1000).toISOString());
}

export interface Bin {
  label: string;
  count: number;
}

// What a picture of a column shows: the bins of its histogram, else its most frequent values.
export function binsOf(column: Column): Bin[] {
  const histogram = column.sample?.histogram;
  if (histogram && histogram.counts.length > 0) {
    const width = (histogram.to - histogram.from) / histogram.counts.length;
    return histogram.counts.map((value, index) => ({
      label:
        borderText(column, histogram.from + index * width) +
        " – " +
        borderText(column, histogram.from + (index + 1) * width),
      count: value,
    }));
  }
  return (column.sample?.top ?? []).map((one) => ({ label: scalarText(one.value), count: one.count }));
}

// Of all records that could have had a value: 0 … 1.
export function missingShare(column: Column): number {
  const all = column.values + column.nulls + column.absent;
  return all === 0 ? 0 : (column.nulls + column.absent) / all;
}

export function percent(share: number): string {
  return share.toLocaleString(language(), {
    style: "percent",
    maximumFractionDigits: share > 0 && share < 0.01 ? 2 : 1,
  });
}
