// The project of the address, read once for all pages below it.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api, data } from "../api/client";
import type { Project } from "../api/types";

export const projectKey = (id: string) => ["project", id];

export function useProjectQuery(id: string) {
  return useQuery({
    queryKey: projectKey(id),
    queryFn: () => data(api.GET("/api/platform/v1/projects/{project_id}", { params: { path: { project_id: id } } })),
  });
}

// Only below ProjectFrame, which has waited for it.
export function useProject(): Project {
  const { project = "" } = useParams();
  const query = useProjectQuery(project);
  if (!query.data) throw new Error("used outside of a project");
  return query.data;
}
