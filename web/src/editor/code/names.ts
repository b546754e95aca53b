// The names that a descriptor declares, and what they are.
import type { Component, Language } from "./language";
import { elementsOf } from "./xml_place";

export interface DeclaredName {
  name: string;
  element: string; // that declares it
  entity: string; // "Person", or empty
}

const kValues = new Set(["variable", "key", "nestedKey", "list", "array", "reference", "generate"]);
const kStores = new Set(["database", "memstore", "mongodb", "object-storage"]);

export function declaredNames(text: string): DeclaredName[] {
  const names = new Map<string, DeclaredName>();
  for (const { name: element, attributes } of elementsOf(text)) {
    const name = attributes.get("name");
    if (!name || !kValues.has(element)) continue;
    const entity = /^\s*(\w+)/.exec(attributes.get("entity") ?? "")?.[1] ?? "";
    const known = names.get(name);
    names.set(name, { name, element, entity: entity || (known?.entity ?? "") });
  }
  return [...names.values()];
}

// Ids of databases and stores.
export function storeIds(text: string): string[] {
  const ids = elementsOf(text).flatMap((one) => (kStores.has(one.name) ? [one.attributes.get("id") ?? ""] : []));
  return [...new Set(ids)].filter((id) => id !== "");
}

export function productNames(text: string): string[] {
  const names = elementsOf(text).flatMap((one) => (one.name === "generate" ? [one.attributes.get("name") ?? ""] : []));
  return [...new Set(names)].filter((name) => name !== "");
}

// The entity that "person.address" is: undefined when it is none.
export function entityOf(language: Language, names: readonly DeclaredName[], chain: string): Component | undefined {
  const [first = "", ...rest] = chain.split(".");
  const find = (name: string) => language.entities.find((one) => one.name === name);
  let entity = find(names.find((one) => one.name === first)?.entity ?? "");
  for (const part of rest) {
    const type = entity?.attributes?.find((one) => one.name === part)?.type ?? "";
    entity = find(type);
  }
  return entity;
}

// `name` as it is written in a file of `folder`.
export function relativeName(folder: string, name: string): string {
  const from = folder === "" ? [] : folder.split("/");
  const to = name.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}
