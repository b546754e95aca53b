// The text of the open file: read when its tab is first shown, and again when somebody else has saved it and nothing of
// one's own would be lost.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { FileMetadata } from "../api/types";
import { readFile } from "./files";
import { isDirty, type OpenDocument, type Workbench } from "./workbench";

export const tagOf = (file: FileMetadata) => `"${file.sha256}"`;

export interface OpenFile {
  document: OpenDocument | undefined;
  error: unknown;
  retry: () => void;
  // Somebody has saved it since the unsaved text was begun.
  isChanged: boolean;
}

export function useDocument(project: string, workbench: Workbench, file: FileMetadata | undefined): OpenFile {
  const document = file && workbench.get(file.name);
  const isOther = file !== undefined && document?.etag !== tagOf(file);
  const isWanted = file !== undefined && (document === undefined || (isOther && !isDirty(document)));
  const query = useQuery({
    queryKey: ["project", project, "text", file?.name, file?.sha256],
    enabled: isWanted,
    queryFn: ({ signal }) => readFile(project, file!, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  const { data } = query;
  const name = file?.name;
  useEffect(() => {
    if (isWanted && data && name !== undefined) workbench.loaded(name, data.content, data.etag);
  }, [isWanted, data, name, workbench]);
  return {
    document,
    error: document ? null : query.error,
    retry: () => void query.refetch(),
    isChanged: document !== undefined && isOther && isDirty(document),
  };
}
