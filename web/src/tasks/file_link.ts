// Where the editor shows a file, at a line if one is known.
import { encodePath } from "../api/client";

export function fileLink(project: string, file: string, line?: number, column?: number): string {
  const place = line ? `?line=${line}&column=${column ?? 1}` : "";
  return `/projects/${project}/files/${encodePath(file)}${place}`;
}
