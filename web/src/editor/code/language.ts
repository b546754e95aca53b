// The language of descriptors as the server tells it: read once, then found by name.
import type { components } from "../../api/schema";

export type Language = components["schemas"]["Language"];
export type Component = components["schemas"]["LanguageComponent"];
export type ElementRule = components["schemas"]["LanguageElement"];
export type AttributeRule = components["schemas"]["LanguageAttribute"];

// What completion and help know, besides the text.
export interface DescriptorHelp {
  language: Language;
  name: string; // of the file being edited
  files: readonly string[]; // names of all files of the project
}

export function elementRule(language: Language, name: string): ElementRule | undefined {
  return language.schema.elements.find((one) => one.name === name);
}

export function attributeRule(language: Language, element: string, name: string): AttributeRule | undefined {
  return elementRule(language, element)?.attributes.find((one) => one.name === name);
}

export type CallFamily = "generators" | "converters" | "targets" | "entities";

// What an attribute's value calls, and what stands between two calls.
export function callsOf(rule: AttributeRule): { family: CallFamily; separator: string } | undefined {
  if (rule.kind === "generator") return { family: "generators", separator: "" };
  if (rule.kind === "converters") return { family: "converters", separator: ";" };
  if (rule.kind === "targets") return { family: "targets", separator: "," };
  if (rule.name === "entity") return { family: "entities", separator: "" };
  return undefined;
}
