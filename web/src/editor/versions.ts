// The versions of a file.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data, projectPath, request } from "../api/client";
import type { FileMetadata, FileVersion } from "../api/types";
import { decodeFile } from "./content";
import { nextCursor } from "./files";

const kPage = 50;

export function useVersions(project: string, name: string) {
  return useInfiniteQuery({
    queryKey: ["project", project, "versions", name],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const answer = await api.GET("/api/platform/v1/projects/{project_id}/versions", {
        params: {
          path: { project_id: project },
          query: { file: name, limit: kPage, ...(pageParam ? { cursor: pageParam } : {}) },
        },
      });
      return { versions: answer.data ?? [], next: nextCursor(answer.response.headers.get("Link")) };
    },
    getNextPageParam: (page) => page.next,
  });
}

// Its text; null: it is none.
export function useVersionText(project: string, version: FileVersion | undefined) {
  return useQuery({
    queryKey: ["project", project, "version", version?.id],
    enabled: version !== undefined && !version.is_removal,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await request(projectPath(project, "versions", version!.id), { signal });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const content = decodeFile(version!.name, "", bytes, false);
      return content.kind === "text" ? content.text : null;
    },
  });
}

export function restoreVersion(project: string, version: FileVersion): Promise<FileMetadata> {
  return data(
    api.POST("/api/platform/v1/projects/{project_id}/versions/{version}/restore", {
      params: { path: { project_id: project, version: version.id } },
    }),
  );
}
