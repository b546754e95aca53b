// JSON without loss: numbers that a double cannot hold (12345678901234567890) keep their digits.

// A number as it was written. JSON.stringify writes it so, where the browser knows JSON.rawJSON.
interface RawNumber {
  readonly rawJSON: string;
}

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context?: { source?: string }) => unknown): unknown;
  rawJSON?: (text: string) => RawNumber;
}

const exact = JSON as unknown as ExactJson;

export function parseExact(text: string): unknown {
  const raw = exact.rawJSON?.bind(JSON);
  if (!raw) return JSON.parse(text);
  return exact.parse(text, (_, value, context) => {
    if (typeof value !== "number" || context?.source === undefined) return value;
    return String(value) === context.source ? value : raw(context.source);
  });
}

export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null && "rawJSON" in value;
}

// A value in one line, texts without quotes: for a cell of a table.
export function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  if (isRawNumber(value)) return value.rawJSON;
  return JSON.stringify(value) ?? "";
}
