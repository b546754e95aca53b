// CSV as people look at it: the delimiter is guessed from the header.
import type { Row } from "../preview/formats";

const kDelimiters = ["|", ",", ";", "\t"];

function guessDelimiter(text: string): string {
  const header = text.split(/\r?\n/, 1)[0]!.replaceAll(/"[^"]*"/g, "");
  const counts = kDelimiters.map((one) => header.split(one).length);
  return kDelimiters[counts.indexOf(Math.max(...counts))]!;
}

// The fields of each record. Line ends within quotes belong to the field.
export function csvRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let inQuotes = false;
  const endField = () => {
    record.push(field);
    field = "";
  };
  const endRecord = () => {
    endField();
    if (record.length > 1 || record[0] !== "") records.push(record);
    record = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at]!;
    if (inQuotes) {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') field += text[(at += 1)]!;
      else inQuotes = false;
    } else if (c === '"' && field === "") inQuotes = true;
    else if (c === delimiter) endField();
    else if (c === "\n") endRecord();
    else if (c !== "\r" || text[at + 1] !== "\n") field += c;
  }
  // A field whose quotes are not closed is cut off: its record is not complete.
  if (!inQuotes && (field !== "" || record.length > 0)) endRecord();
  return records;
}

function uniqueNames(names: string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

export function parseCsv(text: string): { columns: string[]; rows: Row[] } | undefined {
  const [header, ...records] = csvRecords(text, guessDelimiter(text));
  if (!header) return undefined;
  const columns = uniqueNames(header);
  return {
    columns,
    rows: records.map((record) => Object.fromEntries(columns.map((column, index) => [column, record[index] ?? null]))),
  };
}
