// What differs between two runs, as the server tells it (docs/reference/statistics.md, "What differs").
import { useQuery } from "@tanstack/react-query";
import { api, data } from "../api/client";
import type { Scalar } from "./statistics";

export type Fate = "same" | "changed" | "added" | "removed";

export interface ColumnDifference {
  path: string;
  fate: Fate;
  stability_index?: number | null;
  changes: { what: string; before: Scalar; after: Scalar }[];
}

export interface ProductDifference {
  name: string;
  fate: Fate;
  records_before?: number;
  records_after?: number;
  columns: number;
  changed: ColumnDifference[];
}

interface StatisticsDifference {
  same: boolean;
  products: ProductDifference[];
}

export function useComparison(project: string, before: string, after: string) {
  return useQuery({
    queryKey: ["project", project, "compare", before, after],
    enabled: before !== "" && after !== "",
    queryFn: async () => {
      const found = await data(
        api.GET("/api/platform/v1/projects/{project_id}/tasks/{task_id}/diff", {
          params: { path: { project_id: project, task_id: before }, query: { with: after } },
        }),
      );
      return { ...found, statistics: found.statistics as unknown as StatisticsDifference | null };
    },
  });
}

export function fateOf(artifact: { is_same: boolean; before: unknown; after: unknown }): Fate {
  if (artifact.is_same) return "same";
  if (!artifact.before) return "added";
  return artifact.after ? "changed" : "removed";
}
