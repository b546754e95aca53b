// The tokens of an XML text, with their places. Takes what is typed just now: nothing is refused, and what is not closed
// ends where the text does.
export interface ScannedAttribute {
  name: string;
  from: number; // of the name
  to: number;
  valueFrom: number; // inside the quotes; -1: no value yet
  valueTo: number;
}

export interface ScannedToken {
  kind: "open" | "close" | "text" | "comment" | "cdata" | "instruction" | "doctype";
  from: number;
  to: number;
  isComplete: boolean; // its end is there
  name: string; // of open and close
  attributes: ScannedAttribute[];
  isEmpty: boolean; // open: "/>"
}

const kNameEnd = /[\s/>=<"']/;
const kBlank = /\s/;

function endOf(text: string, mark: string, from: number): { to: number; isComplete: boolean } {
  const at = text.indexOf(mark, from);
  return at < 0 ? { to: text.length, isComplete: false } : { to: at + mark.length, isComplete: true };
}

class TagReader {
  at: number;
  readonly attributes: ScannedAttribute[] = [];

  constructor(
    private readonly text: string,
    from: number,
  ) {
    this.at = from;
  }

  name(): string {
    const from = this.at;
    while (this.at < this.text.length && !kNameEnd.test(this.text[this.at]!)) this.at += 1;
    return this.text.slice(from, this.at);
  }

  // Up to and with ">", or up to the next "<", where the tag was not closed.
  rest(): { isComplete: boolean; isEmpty: boolean } {
    for (;;) {
      this.blanks();
      const next = this.text[this.at];
      if (next === undefined || next === "<") return { isComplete: false, isEmpty: false };
      if (next === ">") return this.ended(1, false);
      if (next === "/" && this.text[this.at + 1] === ">") return this.ended(2, true);
      if (kNameEnd.test(next)) this.at += 1;
      else this.attribute();
    }
  }

  private ended(length: number, isEmpty: boolean) {
    this.at += length;
    return { isComplete: true, isEmpty };
  }

  private blanks(): void {
    while (this.at < this.text.length && kBlank.test(this.text[this.at]!)) this.at += 1;
  }

  private attribute(): void {
    const from = this.at;
    const name = this.name();
    const attribute = { name, from, to: this.at, valueFrom: -1, valueTo: -1 };
    this.attributes.push(attribute);
    const end = this.at;
    this.blanks();
    if (this.text[this.at] !== "=") {
      this.at = end;
      return;
    }
    this.at += 1;
    this.blanks();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return;
    attribute.valueFrom = this.at + 1;
    const close = this.text.indexOf(quote, this.at + 1);
    attribute.valueTo = close < 0 ? this.text.length : close;
    this.at = close < 0 ? this.text.length : close + 1;
  }
}

function plain(kind: ScannedToken["kind"], from: number, end: { to: number; isComplete: boolean }): ScannedToken {
  return { kind, from, ...end, name: "", attributes: [], isEmpty: false };
}

function doctypeEnd(text: string, from: number): { to: number; isComplete: boolean } {
  const subset = text.indexOf("[", from);
  const close = text.indexOf(">", from);
  return subset >= 0 && subset < close ? endOf(text, "]>", subset) : endOf(text, ">", from);
}

function tag(text: string, from: number): ScannedToken {
  const isClose = text[from + 1] === "/";
  const reader = new TagReader(text, from + (isClose ? 2 : 1));
  const name = reader.name();
  const end = reader.rest();
  const kind = isClose ? "close" : "open";
  return { kind, from, to: reader.at, name, attributes: reader.attributes, ...end };
}

export function* scanXml(text: string): Generator<ScannedToken> {
  let at = 0;
  while (at < text.length) {
    const token = nextToken(text, at);
    yield token;
    at = token.to;
  }
}

function nextToken(text: string, at: number): ScannedToken {
  if (text[at] !== "<") {
    const next = text.indexOf("<", at);
    return plain("text", at, { to: next < 0 ? text.length : next, isComplete: true });
  }
  if (text.startsWith("<!--", at)) return plain("comment", at, endOf(text, "-->", at + 4));
  if (text.startsWith("<![CDATA[", at)) return plain("cdata", at, endOf(text, "]]>", at + 9));
  if (text.startsWith("<?", at)) return plain("instruction", at, endOf(text, "?>", at + 2));
  if (text.startsWith("<!", at)) return plain("doctype", at, doctypeEnd(text, at));
  return tag(text, at);
}

// The name of the outermost element; undefined before there is one.
export function rootName(text: string): string | undefined {
  for (const token of scanXml(text)) {
    if (token.kind === "open") return token.name;
  }
  return undefined;
}

const kEntities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

export function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (all, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : -1;
    if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    return kEntities[name ?? ""] ?? all;
  });
}
