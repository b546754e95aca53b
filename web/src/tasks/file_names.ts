// The names of all files of a project.
import { api, data } from "../api/client";

export function fileNames(project: string) {
  return {
    queryKey: ["project", project, "file names"],
    queryFn: async () => {
      const files = await data(
        api.GET("/api/platform/v1/projects/{project_id}/files", {
          params: { path: { project_id: project }, query: { limit: 1000 } },
        }),
      );
      return files.map((file) => file.name);
    },
  };
}
