// What the word at a place of a descriptor means.
import { attributeRule, callsOf, elementRule, type Component, type DescriptorHelp } from "./language";
import { declaredNames, entityOf } from "./names";
import { xmlPlace, type XmlPlace } from "./xml_place";

export interface Explanation {
  from: number;
  to: number;
  title: string;
  summary: string;
  facts: string[]; // a line each
}

export function explanationAt(text: string, at: number, help: DescriptorHelp): Explanation | null {
  // Places are between characters: the one behind this character, so that its word is found.
  const place = xmlPlace(text, at + 1);
  if (place.kind === "element") return ofElement(place, help);
  if (place.kind === "attribute" && place.attribute)
    return ofAttribute(place.element, place.attribute.name, place, help);
  if (place.kind === "value") return ofValue(text, at, place, help);
  return null;
}

function ofElement(place: Extract<XmlPlace, { kind: "element" }>, help: DescriptorHelp): Explanation | null {
  const rule = elementRule(help.language, place.name);
  if (!rule) return null;
  const facts = rule.children.length > 0 ? ["> " + rule.children.join(", ")] : [];
  return { from: place.from, to: place.to, title: `<${rule.name}>`, summary: rule.summary, facts };
}

function ofAttribute(
  element: string,
  name: string,
  range: { from: number; to: number },
  help: DescriptorHelp,
): Explanation | null {
  const rule = attributeRule(help.language, element, name);
  if (!rule) return null;
  const kind = help.language.schema.kinds.find((one) => one.name === rule.kind);
  const facts = [rule.allowed.length > 0 ? rule.allowed.join(" | ") : (kind?.summary ?? rule.kind)];
  if (rule.default) facts.push("= " + rule.default);
  return { from: range.from, to: range.to, title: rule.name, summary: rule.summary, facts };
}

export function factsOf(component: Component): string[] {
  const parameters = component.parameters.map((one) => {
    const type = one.type ? ": " + one.type : "";
    const fallback = one.default ? " = " + one.default : one.required ? " *" : "";
    return `${one.name}${type}${fallback}  ${one.summary}`;
  });
  return [...parameters, ...(component.examples ?? [])];
}

function ofValue(
  text: string,
  at: number,
  place: Extract<XmlPlace, { kind: "value" }>,
  help: DescriptorHelp,
): Explanation | null {
  const rule = attributeRule(help.language, place.element, place.name);
  if (!rule) return null;
  const word = wordAt(text, at, place.from, place.to);
  if (!word) return null;
  const calls = callsOf(rule);
  if (calls) {
    const component = help.language[calls.family].find((one) => one.name === word.last);
    if (!component) return null;
    const title = component.result ? `${component.name} → ${component.result}` : component.name;
    return { from: word.from, to: word.to, title, summary: component.summary, facts: factsOf(component) };
  }
  const entity = word.before ? entityOf(help.language, declaredNames(text), word.before) : undefined;
  const attribute = entity?.attributes?.find((one) => one.name === word.last);
  if (!entity || !attribute) return null;
  const title = `${entity.name}.${attribute.name}: ${attribute.type}`;
  return { from: word.from, to: word.to, title, summary: attribute.summary, facts: [] };
}

// The word at a place with what stands before it: "person.address." and "city".
function wordAt(text: string, at: number, begin: number, end: number) {
  const before = /[\w.]*$/.exec(text.slice(begin, at))?.[0] ?? "";
  const after = /^\w*/.exec(text.slice(at, end))?.[0] ?? "";
  const chain = before + after;
  const point = chain.lastIndexOf(".");
  const last = chain.slice(point + 1);
  if (last === "") return null;
  const from = at - before.length + point + 1;
  return { from, to: from + last.length, last, before: point > 0 ? chain.slice(0, point) : "" };
}
