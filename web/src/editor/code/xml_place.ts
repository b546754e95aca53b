// What stands at a place of an XML text: for completion and help.
import { scanXml, unescaped, type ScannedAttribute, type ScannedToken } from "./xml_scan";

export type XmlPlace =
  | { kind: "outside" }
  | { kind: "text"; parents: string[] }
  | { kind: "element"; name: string; from: number; to: number; parents: string[] }
  | { kind: "close"; name: string; from: number; to: number; parents: string[] }
  | {
      kind: "attribute";
      element: string;
      attribute: ScannedAttribute | null;
      from: number;
      to: number;
      present: string[];
    }
  | {
      kind: "value";
      element: string;
      name: string;
      from: number;
      to: number;
      value: string;
      attributes: Map<string, string>;
    };

function attributesOf(text: string, token: ScannedToken): Map<string, string> {
  const given = token.attributes.filter((one) => one.valueFrom >= 0);
  return new Map(given.map((one) => [one.name, unescaped(text.slice(one.valueFrom, one.valueTo))]));
}

function insideTag(text: string, token: ScannedToken, at: number, parents: string[]): XmlPlace {
  const nameFrom = token.from + (token.kind === "close" ? 2 : 1);
  const nameTo = nameFrom + token.name.length;
  if (at <= nameTo) {
    const kind = token.kind === "close" ? "close" : "element";
    return { kind, name: token.name, from: nameFrom, to: nameTo, parents };
  }
  if (token.kind === "close") return { kind: "outside" };
  for (const one of token.attributes) {
    if (one.valueFrom >= 0 && at >= one.valueFrom && at <= one.valueTo) {
      const value = text.slice(one.valueFrom, one.valueTo);
      const { name, valueFrom: from, valueTo: to } = one;
      return { kind: "value", element: token.name, name, from, to, value, attributes: attributesOf(text, token) };
    }
  }
  const present = token.attributes.map((one) => one.name);
  const touched = token.attributes.find((one) => at >= one.from && at <= one.to);
  if (touched) {
    return { kind: "attribute", element: token.name, attribute: touched, from: touched.from, to: touched.to, present };
  }
  // Right after a value or "=" nothing may begin.
  if (!/\s/.test(text[at - 1] ?? "")) return { kind: "outside" };
  return { kind: "attribute", element: token.name, attribute: null, from: at, to: at, present };
}

export function xmlPlace(text: string, at: number): XmlPlace {
  const parents: string[] = [];
  for (const token of scanXml(text)) {
    const isLast = token.to >= text.length && !token.isComplete;
    const isInside =
      at > token.from && (at < token.to || (isLast && at <= token.to) || (!token.isComplete && at <= token.to));
    if (isInside && (token.kind === "open" || token.kind === "close")) {
      if (at === token.from) return { kind: "text", parents };
      return insideTag(text, token, at, parents);
    }
    if (isInside && token.kind !== "text") return { kind: "outside" };
    if (at <= token.from || (token.kind === "text" && at <= token.to)) return { kind: "text", parents };
    if (token.kind === "open" && !token.isEmpty) parents.push(token.name);
    if (token.kind === "close") closeElement(parents, token.name);
  }
  return { kind: "text", parents };
}

function closeElement(parents: string[], name: string): void {
  const index = parents.lastIndexOf(name);
  if (index >= 0) parents.length = index;
}

// All elements of a text with their attributes, in order.
export function elementsOf(text: string): { name: string; attributes: Map<string, string> }[] {
  const found = [];
  for (const token of scanXml(text)) {
    if (token.kind === "open") found.push({ name: token.name, attributes: attributesOf(text, token) });
  }
  return found;
}
