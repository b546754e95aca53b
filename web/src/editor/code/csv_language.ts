// CSV: each column in a colour of its own, by the separator of the first line.
import { StreamLanguage, type StreamParser } from "@codemirror/language";

interface CsvState {
  separator: string;
  column: number;
  isQuoted: boolean; // a quoted cell goes on in the next line
}

const kSeparators = [",", ";", "|", "\t"];
const kColours = ["propertyName", "string", "number", "keyword", "typeName"];

// The separator that the line has most of.
export function separatorOf(line: string): string {
  const count = (separator: string) => line.split(separator).length;
  return kSeparators.reduce((best, one) => (count(one) > count(best) ? one : best));
}

const parser: StreamParser<CsvState> = {
  name: "csv",
  startState: () => ({ separator: "", column: 0, isQuoted: false }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (stream.sol()) {
      if (state.separator === "") state.separator = separatorOf(stream.string);
      if (!state.isQuoted) state.column = 0;
    }
    const next = stream.peek();
    if (!state.isQuoted && next === state.separator) {
      stream.next();
      state.column += 1;
      return "separator";
    }
    if (!state.isQuoted && next === '"') {
      stream.next();
      state.isQuoted = true;
    }
    if (state.isQuoted) state.isQuoted = !endsQuote(stream);
    else stream.eatWhile((one) => one !== state.separator);
    return kColours[state.column % kColours.length]!;
  },
};

// Reads to the closing quote; false when the cell goes on in the next line.
function endsQuote(stream: { next(): string | void; eat(one: string): string | void; eol(): boolean }): boolean {
  while (!stream.eol()) {
    if (stream.next() === '"' && !stream.eat('"')) return true;
  }
  return false;
}

export const csv = StreamLanguage.define(parser);
