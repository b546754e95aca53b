// Rows of a preview as the text of a file, as the targets JSON, XML and CSV write them with their defaults.
import { cellText, isRawNumber } from "./exact_json";

export type Row = Record<string, unknown>;
export type TextFormat = "json" | "xml" | "csv";

export function toText(format: TextFormat, columns: string[], rows: Row[]): string {
  if (format === "json") return toJson(rows);
  return format === "xml" ? toXml(rows) : toCsv(columns, rows);
}

export function toJson(rows: Row[]): string {
  return JSON.stringify(rows, null, 2);
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || isRawNumber(value);
}

// What Python's str() says: the targets write it into CSV and XML.
function pythonText(value: unknown, inside = false): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return inside ? pythonQuoted(value) : value;
  if (isPlain(value)) return cellText(value);
  if (Array.isArray(value)) return "[" + value.map((item) => pythonText(item, true)).join(", ") + "]";
  const members = Object.entries(value as Row).map(([key, item]) => pythonQuoted(key) + ": " + pythonText(item, true));
  return "{" + members.join(", ") + "}";
}

function pythonQuoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(quote, "\\" + quote);
  return quote + escaped + quote;
}

const kDelimiter = "|";

function csvField(value: unknown): string {
  const text = value === null || value === undefined ? "" : pythonText(value);
  return /["|\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

export function toCsv(columns: string[], rows: Row[]): string {
  const lines = [columns.map(csvField), ...rows.map((row) => columns.map((column) => csvField(row[column])))];
  return lines.map((fields) => fields.join(kDelimiter) + "\n").join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function xmlElements(name: string, value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.map((item) => xmlElements(name, item, indent)).join("");
  if (isPlain(value)) return `${indent}<${name}>${escapeXml(pythonText(value))}</${name}>\n`;
  const inside = Object.entries(value as Row).map(([key, item]) => xmlElements(key, item, indent + "  "));
  return `${indent}<${name}>\n${inside.join("")}${indent}</${name}>\n`;
}

export function toXml(rows: Row[]): string {
  return "<list>\n" + rows.map((row) => xmlElements("item", row, "  ")).join("") + "</list>\n";
}
