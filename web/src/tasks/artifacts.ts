// The artifacts of a task.
import { api, data } from "../api/client";
import type { Artifact } from "../api/types";

export const artifactsKey = (project: string, task: string) => ["project", project, "artifacts", task];

export function artifactsOf(project: string, task: string) {
  return {
    queryKey: artifactsKey(project, task),
    queryFn: async (): Promise<Artifact[]> => {
      const artifacts = await data(
        api.GET("/api/platform/v1/projects/{project_id}/tasks/{task_id}/artifacts", {
          params: { path: { project_id: project, task_id: task } },
        }),
      );
      // A text only for those who ask for the archive.
      return typeof artifacts === "string" ? [] : artifacts;
    },
  };
}
