// The head of an artifact: the first bytes, however large it is, and what can be read in them.
import { parseExact } from "../preview/exact_json";
import type { Row } from "../preview/formats";
import { parseCsv } from "./csv_head";
import { prettyJson, prettyXml } from "./pretty";

export const kHeadBytes = 64 * 1024;

export interface HeadTable {
  columns: string[];
  rows: Row[];
}

export interface Head {
  isBinary: boolean;
  isWhole: boolean;
  text: string; // complete lines
  table?: HeadTable;
  pretty?: string;
}

type Kind = "csv" | "json" | "ndjson" | "xml" | "text";

function kindOf(name: string): Kind {
  const extension = name.toLowerCase().match(/\.([^./]+)$/)?.[1] ?? "";
  if (extension === "csv" || extension === "tsv") return "csv";
  if (extension === "json") return "json";
  if (extension === "ndjson" || extension === "jsonl") return "ndjson";
  return extension === "xml" ? "xml" : "text";
}

// undefined: these bytes are no text.
function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes, { stream: true });
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes, { stream: true });
  if (bytes.includes(0)) return undefined;
  try {
    // A character that is cut at the end is left out.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    const text = new TextDecoder("windows-1252").decode(bytes);
    const controls = text.match(/[\x01-\x08\x0e-\x1f]/g)?.length ?? 0;
    return controls > text.length / 100 ? undefined : text;
  }
}

function completeLines(text: string): string {
  const end = text.lastIndexOf("\n");
  return end < 0 ? text : text.slice(0, end + 1);
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tableOf(values: unknown[]): HeadTable | undefined {
  const rows = values.filter(isRow);
  if (rows.length === 0 || rows.length < values.length) return undefined;
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

// The complete elements of a JSON array of which only the beginning is here.
export function firstElements(text: string): unknown[] {
  const elements: unknown[] = [];
  const begin = text.search(/\S/);
  if (text[begin] !== "[") return elements;
  let depth = 0;
  let start = -1;
  let inText = false;
  for (let at = begin + 1; at < text.length; at += 1) {
    const c = text[at];
    if (inText) {
      if (c === "\\") at += 1;
      else if (c === '"') inText = false;
      continue;
    }
    if (c === '"') inText = true;
    if (c === "{" || c === "[") {
      if (depth === 0) start = at;
      depth += 1;
    } else if (c === "}" || c === "]") {
      depth -= 1;
      if (depth === 0) elements.push(parsed(text.slice(start, at + 1)));
      if (depth < 0) break;
    }
  }
  return elements.filter((element) => element !== undefined);
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

function lineElements(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsed)
    .filter((value) => value !== undefined);
}

function partsOf(kind: Kind, text: string): Pick<Head, "table" | "pretty"> {
  switch (kind) {
    case "csv":
      return { table: parseCsv(text) };
    case "json":
      return { table: tableOf(firstElements(text)), pretty: prettyJson(text) };
    case "ndjson":
      return { table: tableOf(lineElements(text)), pretty: prettyJson(text) };
    case "xml":
      return { pretty: prettyXml(text) };
    default:
      return {};
  }
}

export function readHead(name: string, bytes: Uint8Array, isWhole: boolean): Head {
  const decoded = decode(bytes);
  if (decoded === undefined) return { isBinary: true, isWhole, text: "" };
  const text = isWhole ? decoded : completeLines(decoded);
  return { isBinary: false, isWhole, text, ...partsOf(kindOf(name), text) };
}
