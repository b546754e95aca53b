// Lines of texts that hold what is looked for.
export interface FoundLine {
  line: number; // from 1
  column: number; // in bytes of UTF-8 from 1, as the server's findings
  before: string;
  match: string;
  after: string;
}

const kContext = 60; // characters shown on either side
const encoder = new TextEncoder();

export function findLines(text: string, wanted: string, isCaseMatched: boolean, limit: number): FoundLine[] {
  const needle = isCaseMatched ? wanted : wanted.toLowerCase();
  const found: FoundLine[] = [];
  if (needle === "") return found;
  const lines = text.split("\n");
  for (let index = 0; index < lines.length && found.length < limit; index += 1) {
    const line = lines[index]!;
    const folded = isCaseMatched ? line : line.toLowerCase();
    // Few letters change their length with their case; then the place is only nearly right.
    const at = folded.indexOf(needle);
    if (at < 0) continue;
    found.push({
      line: index + 1,
      column: encoder.encode(line.slice(0, at)).length + 1,
      before: line.slice(Math.max(at - kContext, 0), at).trimStart(),
      match: line.slice(at, at + wanted.length),
      after: line.slice(at + wanted.length, at + wanted.length + kContext),
    });
  }
  return found;
}
