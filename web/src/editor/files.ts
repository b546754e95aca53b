// The files of a project on the server: list, read, write, rename, delete.
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, projectPath, request } from "../api/client";
import type { FileMetadata } from "../api/types";
import { decodeFile, encodeText, type FileContent } from "./content";

export const filesKey = (project: string) => ["project", project, "files"];

// All pages of the list: the tree shows all of them anyway.
async function listFiles(project: string): Promise<FileMetadata[]> {
  const files: FileMetadata[] = [];
  let cursor: string | undefined;
  do {
    const answer = await api.GET("/api/platform/v1/projects/{project_id}/files", {
      params: { path: { project_id: project }, query: { limit: 1000, ...(cursor ? { cursor } : {}) } },
    });
    files.push(...(answer.data ?? []));
    cursor = nextCursor(answer.response.headers.get("Link"));
  } while (cursor);
  return files;
}

export function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? "")?.[1];
  if (!target) return undefined;
  return new URL(target, "http://page.invalid").searchParams.get("cursor") ?? undefined;
}

// `interval`: milliseconds until the next look at it, for locks and changes of others.
export function useFiles(project: string, interval: (files: readonly FileMetadata[]) => number) {
  return useQuery({
    queryKey: filesKey(project),
    queryFn: () => listFiles(project),
    refetchInterval: (query) => interval(query.state.data ?? []),
  });
}

// A name is one segment here: "a/lock" is a file, not the lock of "a".
export function filePath(project: string, name: string): string {
  return projectPath(project, "files") + "/" + encodeURIComponent(name);
}

const etagOf = (response: Response) => response.headers.get("ETag") ?? "";

// Larger files are shown by their beginning.
export const kEditableBytes = 4 << 20;
const kHeadBytes = 256 << 10;

export interface ReadFile {
  content: FileContent;
  etag: string;
}

export async function readFile(project: string, file: FileMetadata, signal?: AbortSignal): Promise<ReadFile> {
  const isHead = file.size > kEditableBytes;
  const response = await request(filePath(project, file.name), {
    ...(signal ? { signal } : {}),
    ...(isHead ? { headers: { Range: `bytes=0-${kHeadBytes - 1}` } } : {}),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { content: decodeFile(file.name, file.media_type, bytes, isHead), etag: etagOf(response) };
}

export interface SavedFile {
  metadata: FileMetadata;
  etag: string;
}

// `etag`: what was read; 412 file.changed when somebody has written meanwhile. Empty: whatever is there.
export async function writeFile(project: string, name: string, body: BodyInit, etag: string): Promise<SavedFile> {
  const response = await request(filePath(project, name), {
    method: "PUT",
    body,
    headers: { "Content-Type": "application/octet-stream", ...(etag ? { "If-Match": etag } : {}) },
  });
  return { metadata: (await response.json()) as FileMetadata, etag: etagOf(response) };
}

export async function createFile(project: string, name: string, bytes: Blob): Promise<FileMetadata> {
  const form = new FormData();
  form.append("file", bytes, "file");
  const path = projectPath(project, "files") + "?name=" + encodeURIComponent(name);
  const response = await request(path, { method: "POST", body: form });
  return (await response.json()) as FileMetadata;
}

export function createTextFile(project: string, name: string, text: string): Promise<FileMetadata> {
  return createFile(project, name, new Blob([encodeText(text, "\n")]));
}

export async function renameFile(project: string, from: string, to: string): Promise<void> {
  await api.PATCH("/api/platform/v1/projects/{project_id}/files/{file_name}", {
    params: { path: { project_id: project, file_name: from } },
    body: { name: to },
  });
}

export async function deleteFile(project: string, name: string): Promise<void> {
  await request(filePath(project, name), { method: "DELETE" });
}

// One file of the list is other than it was, as its own answer tells.
export async function rememberFile(queries: QueryClient, project: string, changed: FileMetadata): Promise<void> {
  await queries.cancelQueries({ queryKey: filesKey(project) });
  queries.setQueryData<FileMetadata[]>(filesKey(project), (files) =>
    files?.map((file) => (file.name === changed.name ? changed : file)),
  );
}

// The list, and what depends on it: size of the project, versions, findings.
export async function refreshFiles(queries: QueryClient, project: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: filesKey(project) }),
    queries.invalidateQueries({ queryKey: ["project", project], exact: true }),
    queries.invalidateQueries({ queryKey: ["project", project, "versions"] }),
    queries.invalidateQueries({ queryKey: ["project", project, "findings"] }),
  ]);
}
