// What may stand at a place of a descriptor.
import { extensionOf } from "../content";
import { parentOf } from "../file_tree";
import { callPlace, chainBefore } from "./calls";
import {
  attributeRule,
  callsOf,
  elementRule,
  type AttributeRule,
  type Component,
  type DescriptorHelp,
} from "./language";
import { declaredNames, entityOf, productNames, relativeName, storeIds } from "./names";
import { xmlPlace, type XmlPlace } from "./xml_place";

export interface Suggestion {
  label: string;
  kind: "element" | "attribute" | "value" | "call" | "parameter" | "name" | "file";
  detail: string;
  summary: string;
  snippet?: string; // in place of the label: ${} marks where one goes on
  component?: Component;
}

export interface Suggestions {
  from: number;
  to: number;
  options: Suggestion[];
}

const plain = (labels: readonly string[], kind: Suggestion["kind"], detail = ""): Suggestion[] =>
  labels.map((label) => ({ label, kind, detail, summary: "" }));

// `isAsked`: somebody has pressed Ctrl+Space.
export function suggestionsAt(text: string, at: number, help: DescriptorHelp, isAsked: boolean): Suggestions | null {
  const place = xmlPlace(text, at);
  if (place.kind === "element") return elements(text, place, help);
  if (place.kind === "close") return closing(text, place);
  if (place.kind === "attribute") return attributes(place, help);
  if (place.kind === "value") return values(text, at, place, help);
  if (place.kind === "text" && isAsked) {
    const options = childrenOf(place.parents, help).map((one) => ({ ...one, snippet: "<" + one.snippet }));
    return { from: at, to: at, options };
  }
  return null;
}

function childrenOf(parents: readonly string[], help: DescriptorHelp): (Suggestion & { snippet: string })[] {
  const { language } = help;
  const parent = parents.at(-1);
  const names = parent === undefined ? ["setup"] : (elementRule(language, parent)?.children ?? []);
  return names.flatMap((name) => {
    const rule = elementRule(language, name);
    if (!rule?.available) return [];
    const required = rule.attributes.filter((one) => one.required).map((one) => ` ${one.name}="\${}"`);
    const isOpen = rule.children.length > 0 || rule.has_text;
    const end = isOpen ? `>${rule.has_text ? "${}" : "\n\t${}\n"}</${name}>` : "/>${}";
    return [
      { label: name, kind: "element", detail: "", summary: rule.summary, snippet: name + required.join("") + end },
    ];
  });
}

function elements(text: string, place: Extract<XmlPlace, { kind: "element" }>, help: DescriptorHelp): Suggestions {
  const isAlone = /^(\s*(<|$)|\n)/.test(text.slice(place.to, place.to + 80));
  const options = childrenOf(place.parents, help).map(({ snippet, ...one }) => (isAlone ? { ...one, snippet } : one));
  return { from: place.from, to: place.to, options };
}

function closing(text: string, place: Extract<XmlPlace, { kind: "close" }>): Suggestions | null {
  const name = place.parents.at(-1);
  if (!name) return null;
  const label = text[place.to] === ">" ? name : name + ">";
  return { from: place.from, to: place.to, options: plain([label], "element") };
}

function attributes(place: Extract<XmlPlace, { kind: "attribute" }>, help: DescriptorHelp): Suggestions | null {
  const rule = elementRule(help.language, place.element);
  if (!rule) return null;
  const hasValue = place.attribute !== null && place.attribute.valueFrom >= 0;
  const free = rule.attributes.filter(
    (one) => one.available && (one.name === place.attribute?.name || !place.present.includes(one.name)),
  );
  const options = free.map((one): Suggestion => {
    const suggestion: Suggestion = {
      label: one.name,
      kind: "attribute",
      detail: one.required ? one.kind + " *" : one.kind,
      summary: one.summary + (one.default ? ` (${one.default})` : ""),
    };
    return hasValue ? suggestion : { ...suggestion, snippet: one.name + '="${}"' };
  });
  return { from: place.from, to: place.to, options };
}

function values(
  text: string,
  at: number,
  place: Extract<XmlPlace, { kind: "value" }>,
  help: DescriptorHelp,
): Suggestions | null {
  const rule = attributeRule(help.language, place.element, place.name);
  if (!rule) return null;
  const before = place.value.slice(0, at - place.from);
  const calls = callsOf(rule);
  if (calls) {
    const called = callSuggestions(before, calls.separator, help.language[calls.family]);
    if (called && rule.kind === "targets" && called.isOutside) called.options.push(...plain(storeIds(text), "name"));
    return called ? { from: at - called.word.length, to: at, options: called.options } : null;
  }
  const words = fixedValues(text, place.element, rule, help);
  if (words) return { from: place.from, to: place.to, options: words };
  if (["expression", "marked text", "count", "nested count"].includes(rule.kind)) return names(text, at, before, help);
  return null;
}

function callSuggestions(before: string, separator: string, components: readonly Component[]) {
  const place = callPlace(before, separator);
  if (!place.isName) return null;
  if (place.call === "") {
    const options = components.map((component): Suggestion => {
      const required = component.parameters.filter((one) => one.required).map((one) => `${one.name}=\${}`);
      const detail = component.result ?? "";
      const suggestion: Suggestion = {
        label: component.name,
        kind: "call",
        detail,
        summary: component.summary,
        component,
      };
      return required.length > 0 ? { ...suggestion, snippet: `${component.name}(${required.join(", ")})` } : suggestion;
    });
    return { word: place.word, isOutside: true, options };
  }
  const component = components.find((one) => one.name === place.call);
  const options = (component?.parameters ?? [])
    .filter((one) => !place.used.includes(one.name))
    .map((one): Suggestion => {
      const about = [one.summary, one.range, one.default && "= " + one.default].filter(Boolean).join("; ");
      return { label: one.name + "=", kind: "parameter", detail: one.type ?? "", summary: about };
    });
  return { word: place.word, isOutside: false, options };
}

const kBooleans = ["true", "false"];
const kTypes = ["string", "int", "float", "bool"];
const kDateCodes = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%H:%M:%S"];

// Of attributes whose value is one of some words; undefined when it is not.
function fixedValues(
  text: string,
  element: string,
  rule: AttributeRule,
  help: DescriptorHelp,
): Suggestion[] | undefined {
  if (rule.kind === "boolean") return plain(kBooleans, "value");
  if (rule.allowed.length > 0) return plain(rule.allowed, "value");
  if (rule.kind === "type") return plain(kTypes, "value");
  if (rule.kind === "date format") return plain(kDateCodes, "value");
  if (rule.name === "source" || rule.name === "uri" || rule.name === "sourceUri")
    return sources(text, element, rule, help);
  if (rule.name === "type")
    return plain([...(element === "nestedKey" ? ["list", "dict"] : []), ...productNames(text)], "name");
  if (rule.name === "storageId" || (rule.name === "target" && element === "execute"))
    return plain(storeIds(text), "name");
  if (rule.name === "database" && element !== "database") return plain(storeIds(text), "name");
  return undefined;
}

function endingsFor(element: string, attribute: string): string[] {
  if (element === "include") return ["xml", "properties"];
  if (element === "execute") return ["py", "sql"];
  if (attribute !== "source") return [];
  return element === "key" || element === "element" ? ["csv"] : ["csv", "json", "ndjson", "xml", "gz", "zst", "xlsx"];
}

function sources(text: string, element: string, rule: AttributeRule, help: DescriptorHelp): Suggestion[] {
  const stores = rule.name === "source" && element !== "key" && element !== "element" ? storeIds(text) : [];
  if (element === "reference") return plain(stores, "name");
  const endings = endingsFor(element, rule.name);
  const fitting = help.files.filter(
    (name) => name !== help.name && (endings.length === 0 || endings.includes(extensionOf(name))),
  );
  const folder = parentOf(help.name);
  return [
    ...plain(stores, "name"),
    ...plain(
      fitting.map((name) => relativeName(folder, name)),
      "file",
    ),
  ];
}

function names(text: string, at: number, before: string, help: DescriptorHelp): Suggestions | null {
  const chain = chainBefore(before);
  if (chain === "") return null;
  const declared = declaredNames(text);
  const point = chain.lastIndexOf(".");
  if (point < 0) {
    const options = declared.map((one): Suggestion => ({
      label: one.name,
      kind: "name",
      detail: one.entity || one.element,
      summary: "",
    }));
    return { from: at - chain.length, to: at, options };
  }
  const entity = entityOf(help.language, declared, chain.slice(0, point));
  if (!entity) return null;
  const options = (entity.attributes ?? []).map((one): Suggestion => ({
    label: one.name,
    kind: "name",
    detail: one.type,
    summary: one.summary,
  }));
  return { from: at - (chain.length - point - 1), to: at, options };
}
