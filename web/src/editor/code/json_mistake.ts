// Where a JSON text (RFC 8259) stops being one; -1: it is. The browser's parser does not always tell the place.
const kBlank = /[ \t\n\r]*/y;
const kScalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex
const kText = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class Reader {
  at = 0;
  constructor(private readonly text: string) {}

  take(what: RegExp): boolean {
    what.lastIndex = this.at;
    const found = what.exec(this.text);
    if (!found) return false;
    this.at += found[0].length;
    return true;
  }

  blanks(): this {
    this.take(kBlank);
    return this;
  }

  sign(wanted: string): boolean {
    if (this.blanks().text[this.at] !== wanted) return false;
    this.at += 1;
    return true;
  }

  isAtEnd(): boolean {
    return this.blanks().at === this.text.length;
  }
}

// Without recursion: texts may be nested deeper than the stack.
export function jsonMistake(text: string): number {
  const reader = new Reader(text);
  const closers: string[] = [];
  for (;;) {
    // A value, or the end of an empty list or object.
    if (reader.sign("{")) {
      if (!reader.sign("}")) {
        closers.push("}");
        if (!readName(reader)) return reader.at;
        continue;
      }
    } else if (reader.sign("[")) {
      if (!reader.sign("]")) {
        closers.push("]");
        continue;
      }
    } else if (!reader.take(kText) && !reader.take(kScalar)) {
      return reader.at;
    }
    // What may follow it.
    while (closers.length > 0 && reader.sign(closers.at(-1)!)) closers.pop();
    if (closers.length === 0) return reader.isAtEnd() ? -1 : reader.at;
    if (!reader.sign(",")) return reader.at;
    if (closers.at(-1) === "}" && !readName(reader)) return reader.at;
  }
}

function readName(reader: Reader): boolean {
  return reader.blanks().take(kText) && reader.sign(":");
}
