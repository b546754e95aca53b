// Lays out an XML text: a line for each element, indented by depth. Only white space between tags, and between the
// attributes of a tag, is changed; whatever holds text or CDATA, and what is under xml:space="preserve", stays as it is,
// as do comments, the order and the quotes of attributes.
import { scanXml, type ScannedToken } from "./xml_scan";

const kIndent = "  ";
const kWidth = 120;

interface Element {
  open: ScannedToken;
  close: ScannedToken | null; // null: empty
  children: Node[];
  hasText: boolean;
}

type Node = { token: ScannedToken; element: null } | { token: ScannedToken; element: Element };

// Undefined when the text is not well-formed: then it is left alone.
function parse(text: string): Node[] | undefined {
  const top: Node[] = [];
  const around: Element[] = [];
  for (const token of scanXml(text)) {
    if (!token.isComplete) return undefined;
    const parent = around.at(-1);
    const siblings = parent?.children ?? top;
    if (token.kind === "open") {
      const element: Element = { open: token, close: null, children: [], hasText: false };
      siblings.push({ token, element });
      if (!token.isEmpty) around.push(element);
    } else if (token.kind === "close") {
      if (parent?.open.name !== token.name) return undefined;
      parent.close = token;
      around.pop();
    } else {
      siblings.push({ token, element: null });
      const isText =
        token.kind === "cdata" || (token.kind === "text" && text.slice(token.from, token.to).trim() !== "");
      if (isText && !parent) return undefined;
      if (isText && parent) parent.hasText = true;
    }
  }
  return around.length === 0 ? top : undefined;
}

class Printer {
  readonly out: string[] = [];

  constructor(private readonly text: string) {}

  nodes(nodes: Node[], depth: number): void {
    let blank = false; // an empty line stood here
    for (const node of nodes) {
      if (node.token.kind === "text") {
        blank = (this.slice(node.token).match(/\n/g)?.length ?? 0) > 1;
        continue;
      }
      if (blank && this.out.length > 0 && node !== nodes[0]) this.separated(nodes, node);
      blank = false;
      if (node.element) this.element(node.element, depth);
      else this.out.push(kIndent.repeat(depth) + this.slice(node.token));
    }
  }

  // One empty line is kept, but not the one after an opening tag.
  private separated(nodes: Node[], node: Node): void {
    const isFirst = nodes.slice(0, nodes.indexOf(node)).every((one) => one.token.kind === "text");
    if (!isFirst) this.out.push("");
  }

  private element(element: Element, depth: number): void {
    const start = kIndent.repeat(depth);
    const { open, close } = element;
    const isKept = element.hasText || this.isPreserved(open);
    if (close && isKept) {
      this.out.push(start + this.tag(open, depth) + this.text.slice(open.to, close.from) + `</${close.name}>`);
    } else if (!close) {
      this.out.push(start + this.tag(open, depth));
    } else if (element.children.every((child) => child.token.kind === "text")) {
      const blanks = this.text.slice(open.to, close.from);
      this.out.push(start + this.tag(open, depth) + (blanks.includes("\n") ? "" : blanks) + `</${close.name}>`);
    } else {
      this.out.push(start + this.tag(open, depth));
      this.nodes(element.children, depth + 1);
      this.out.push(start + `</${close.name}>`);
    }
  }

  private isPreserved(open: ScannedToken): boolean {
    const space = open.attributes.find((one) => one.name === "xml:space");
    return space !== undefined && this.text.slice(space.valueFrom, space.valueTo) === "preserve";
  }

  private tag(open: ScannedToken, depth: number): string {
    const attributes = open.attributes.map((one) =>
      this.text.slice(one.from, one.valueTo + 1).replace(/^([^\s=]+)\s*=\s*/, "$1="),
    );
    const end = open.isEmpty ? "/>" : ">";
    const line = ["<" + open.name, ...attributes].join(" ") + end;
    const isLong = depth * kIndent.length + line.length > kWidth && attributes.length > 1;
    if (!isLong || attributes.some((one) => one.includes("\n"))) return line;
    return "<" + open.name + " " + this.wrapped(attributes, depth, open.name.length + 2) + end;
  }

  // As many attributes a line as fit, below the first one.
  private wrapped(attributes: string[], depth: number, offset: number): string {
    const column = depth * kIndent.length + offset;
    const lines: string[] = [];
    for (const attribute of attributes) {
      const last = lines.at(-1);
      if (last !== undefined && column + last.length + 1 + attribute.length <= kWidth - 2) {
        lines[lines.length - 1] = last + " " + attribute;
      } else {
        lines.push(attribute);
      }
    }
    return lines.join("\n" + " ".repeat(column));
  }

  private slice(token: ScannedToken): string {
    return this.text.slice(token.from, token.to);
  }
}

// The same document, laid out; undefined when it is not well-formed.
export function formatXml(text: string): string | undefined {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const body = text.slice(mark.length);
  const nodes = parse(body);
  if (!nodes || hasStrayAttributes(body)) return undefined;
  const printer = new Printer(body);
  printer.nodes(nodes, 0);
  return mark + printer.out.join("\n") + (printer.out.length > 0 ? "\n" : "");
}

// Attributes without a value, or characters in a tag that the scanner has passed over.
function hasStrayAttributes(text: string): boolean {
  for (const token of scanXml(text)) {
    if (token.kind !== "open" && token.kind !== "close") continue;
    let left = text.slice(token.from, token.to);
    for (const one of [...token.attributes].reverse()) {
      if (one.valueFrom < 0) return true;
      left = left.slice(0, one.from - token.from) + " " + left.slice(one.valueTo + 1 - token.from);
    }
    if (!/^<\/?[^\s/<>="']+\s*\/?>$/.test(left)) return true;
  }
  return false;
}

export function formatJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return indentJson(text) + "\n";
}

// By hand, because parsing and writing again would change numbers (1.0, 1e400, long ones) and drop repeated names.
function indentJson(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let out = "";
  let depth = 0;
  const line = () => "\n" + kIndent.repeat(depth);
  tokens.forEach((token, index) => {
    const before = tokens[index - 1] ?? "";
    if (token === "}" || token === "]") {
      depth -= 1;
      out += (before === "{" || before === "[" ? "" : line()) + token;
      return;
    }
    if (before === "{" || before === "[" || before === ",") out += line();
    if (token === "{" || token === "[") depth += 1;
    out += token === ":" ? ": " : token;
  });
  return out;
}
