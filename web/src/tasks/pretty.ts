// Indents the beginning of a JSON or XML text, also one that is cut off: nothing but white space is changed.

const kJsonToken = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs;

// One text or several, one after the other (NDJSON).
export function prettyJson(text: string): string {
  let out = "";
  let depth = 0;
  let before = "";
  const newLine = () => {
    out += "\n" + "  ".repeat(Math.max(0, depth));
  };
  for (const token of text.match(kJsonToken) ?? []) {
    const opens = token === "{" || token === "[";
    const closes = token === "}" || token === "]";
    if (closes) depth -= 1;
    const isEmpty = closes && (before === "{" || before === "[");
    if (before === "{" || before === "[" || before === ",") {
      if (!isEmpty) newLine();
    } else if (closes || (depth <= 0 && before !== "" && before !== ":" && token !== "," && token !== ":")) newLine();
    out += token === ":" ? ": " : token;
    if (opens) depth += 1;
    before = token;
  }
  return out;
}

const kXmlToken = /<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|<[^>]*>?|[^<]+/gs;

export function prettyXml(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let line = "";
  let lastWasOpening = false;
  const endLine = () => {
    if (line !== "") lines.push(line);
    line = "";
  };
  const begin = () => {
    endLine();
    line = "  ".repeat(Math.max(0, depth));
  };
  for (const token of text.match(kXmlToken) ?? []) {
    if (token.startsWith("</")) {
      depth -= 1;
      if (!lastWasOpening) begin();
      line += token;
      lastWasOpening = false;
      endLine();
    } else if (token.startsWith("<") && !token.startsWith("<![CDATA[")) {
      begin();
      line += token;
      const isOpening = !/^<[?!]/.test(token) && !token.endsWith("/>");
      if (isOpening) depth += 1;
      lastWasOpening = isOpening;
    } else if (token.trim() !== "") line += token;
  }
  endLine();
  return lines.join("\n") + "\n";
}
