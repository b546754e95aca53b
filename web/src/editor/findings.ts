// What is wrong with a text, as it is typed: descriptors by the server's checker, JSON by parsing.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import type { Finding } from "../api/types";
import { jsonMistake } from "./code/json_mistake";
import { rootName } from "./code/xml_scan";
import { extensionOf } from "./content";
import type { OpenDocument } from "./workbench";

// Other XML files are data, and no descriptor.
export function isDescriptor(document: OpenDocument | undefined): document is OpenDocument {
  if (document?.content.kind !== "text" || extensionOf(document.name) !== "xml") return false;
  const root = rootName(document.text);
  // While its root is being typed it stays what it was.
  return !root || root === "setup" || rootName(document.saved) === "setup";
}

const encoder = new TextEncoder();

function jsonFinding(
  name: string,
  text: string,
): { message: string; file: string; line: number; column: number } | null {
  const at = jsonMistake(text);
  if (at < 0) return null;
  const lines = text.slice(0, at).split("\n");
  const column = encoder.encode(lines.at(-1)).length + 1;
  return { message: text.slice(at, at + 20).split("\n")[0] ?? "", file: name, line: lines.length, column };
}

export interface Check {
  findings: readonly Finding[];
  isChecking: boolean;
  error: unknown;
}

const kNone: readonly Finding[] = [];

// `jsonMessage`: how the mistake of a JSON text is told, by what stands there.
export function useFindings(
  project: string,
  document: OpenDocument | undefined,
  jsonMessage: (rest: string) => string,
): Check {
  const name = document?.name ?? "";
  const [typed] = useDebouncedValue(document?.text ?? "", 300);
  // What was typed in another file is not this one's.
  const [typedIn] = useDebouncedValue(name, 300);
  const isChecked = isDescriptor(document);
  const query = useQuery({
    queryKey: ["project", project, "findings", name, typed],
    enabled: isChecked && typedIn === name,
    queryFn: ({ signal }) => lint(project, name, typed, signal),
    // The last findings of this file stay until there are new ones; late answers are dropped with their query.
    placeholderData: (before, query) => (query?.queryKey[3] === name ? before : undefined),
    gcTime: 0,
    retry: (failures, error) =>
      failures < 8 && (isProblem(error, "preview.busy") || isProblem(error, "request.rate_limited")),
    retryDelay: 700,
  });
  if (isChecked) {
    return {
      findings: query.data ?? kNone,
      isChecking: query.isFetching || typed !== document.text,
      error: query.error,
    };
  }
  return { findings: jsonFindings(document, jsonMessage), isChecking: false, error: null };
}

function jsonFindings(document: OpenDocument | undefined, jsonMessage: (rest: string) => string): readonly Finding[] {
  if (document?.content.kind !== "text" || extensionOf(document.name) !== "json" || document.text.trim() === "")
    return kNone;
  const found = jsonFinding(document.name, document.text);
  return found ? [{ ...found, severity: "error", code: "json", message: jsonMessage(found.message), hint: "" }] : kNone;
}

async function lint(project: string, entry: string, content: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const answer = await data(
    api.POST("/api/platform/v1/projects/{project_id}/lint", {
      params: { path: { project_id: project } },
      body: { entry, content },
      signal,
    }),
  );
  return answer.diagnostics;
}
