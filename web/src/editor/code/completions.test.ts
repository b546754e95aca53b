import { describe, expect, it } from "vitest";
import { callPlace, chainBefore } from "./calls";
import { suggestionsAt } from "./completions";
import { explanationAt } from "./explanations";
import type { AttributeRule, DescriptorHelp, ElementRule } from "./language";
import { relativeName } from "./names";

const attribute = (name: string, kind: string, more: Partial<AttributeRule> = {}): AttributeRule => ({
  name,
  kind,
  summary: "about " + name,
  default: "",
  allowed: [],
  required: false,
  available: true,
  ...more,
});
const element = (name: string, children: string[], attributes: AttributeRule[], more: Partial<ElementRule> = {}) => ({
  name,
  summary: "about " + name,
  children,
  available: true,
  open: false,
  has_text: false,
  attributes,
  ...more,
});
const parameter = (name: string, required = false) => ({
  name,
  type: "int",
  default: "1",
  range: "",
  summary: "about " + name,
  required,
});

const help: DescriptorHelp = {
  name: "shop/datamimic.xml",
  files: ["shop/datamimic.xml", "shop/data/a.csv", "b.json", "shop/script/x.py"],
  language: {
    schema: {
      elements: [
        element("setup", ["generate", "mongodb", "include"], []),
        element(
          "generate",
          ["key", "variable"],
          [
            attribute("name", "name", { required: true }),
            attribute("target", "targets"),
            attribute("source", "text"),
            attribute("distribution", "choice", { allowed: ["random", "ordered"] }),
            attribute("old", "text", { available: false }),
          ],
        ),
        element(
          "key",
          [],
          [
            attribute("name", "name", { required: true }),
            attribute("generator", "generator"),
            attribute("script", "expression"),
            attribute("unique", "boolean"),
            attribute("converter", "converters"),
          ],
        ),
        element("variable", [], [attribute("name", "name"), attribute("entity", "text")]),
        element("include", [], [attribute("uri", "name")]),
        element("mongodb", [], [], { available: false }),
      ],
      kinds: [{ name: "boolean", summary: "true or false" }],
      reserved_names: [],
    },
    generators: [
      {
        name: "IntegerGenerator",
        summary: "a number",
        result: "int",
        parameters: [parameter("min"), parameter("max")],
        examples: [],
      },
      { name: "PrefixedIdGenerator", summary: "an id", parameters: [parameter("prefix", true)] },
    ],
    converters: [
      { name: "LowerCase", summary: "small", parameters: [] },
      { name: "Append", summary: "more", parameters: [] },
    ],
    entities: [
      {
        name: "Person",
        summary: "somebody",
        parameters: [parameter("min_age")],
        attributes: [{ name: "address", type: "Address", summary: "home" }],
      },
      {
        name: "Address",
        summary: "a place",
        parameters: [],
        attributes: [{ name: "city", type: "string", summary: "its city" }],
      },
    ],
    targets: [
      { name: "CSV", summary: "a file", parameters: [{ name: "delimiter", default: ",", summary: "between" }] },
    ],
  },
};

function labels(marked: string, isAsked = false): string[] | null {
  const at = marked.indexOf("|");
  const found = suggestionsAt(marked.slice(0, at) + marked.slice(at + 1), at, help, isAsked);
  return found && found.options.map((one) => one.label);
}

describe("suggestionsAt", () => {
  it("offers what an element may hold, and only what is carried out", () => {
    expect(labels("<|")).toEqual(["setup"]);
    expect(labels("<setup><ge|")).toEqual(["generate", "include"]);
    expect(labels("<setup>|</setup>")).toBeNull();
    expect(labels("<setup>|</setup>", true)).toEqual(["generate", "include"]);
    expect(labels("<setup><key/><generate name='a'></|")).toEqual(["generate>"]);
  });
  it("writes required attributes with an element that stands alone", () => {
    expect(suggestionsAt("<setup><ge", 10, help, false)!.options[0]!.snippet).toBe(
      'generate name="${}">\n\t${}\n</generate>',
    );
    expect(suggestionsAt("<setup><ge name='a'>", 10, help, false)!.options[0]!.snippet).toBeUndefined();
  });
  it("offers attributes that are not there", () => {
    expect(labels("<setup><generate name='a' |>")).toEqual(["target", "source", "distribution"]);
  });
  it("offers values by their kind", () => {
    expect(labels("<key unique='|'")).toEqual(["true", "false"]);
    expect(labels("<generate distribution='|'")).toEqual(["random", "ordered"]);
    expect(labels("<key generator='Int|'")).toEqual(["IntegerGenerator", "PrefixedIdGenerator"]);
    expect(labels("<key generator='IntegerGenerator(min=1, |)'")).toEqual(["max="]);
    expect(labels("<key generator='IntegerGenerator(min=|'")).toBeNull();
    expect(labels("<key converter='LowerCase; |'")).toEqual(["LowerCase", "Append"]);
    expect(labels("<setup><memstore id='m'/><generate target='CSV, |'")).toEqual(["CSV", "m"]);
    expect(labels("<variable entity='Person(|'")).toEqual(["min_age="]);
  });
  it("offers files as they are written from the descriptor's folder", () => {
    expect(labels("<setup><memstore id='m'/><generate source='|'")).toEqual(["m", "data/a.csv", "../b.json"]);
    expect(labels("<include uri='|'")).toEqual([]);
    expect(relativeName("a/b", "a/c/d.csv")).toBe("../c/d.csv");
  });
  it("offers names of the descriptor, and attributes of entities through other entities", () => {
    const text = "<setup><generate name='g'><variable name='p' entity='Person(min_age=3)'/><key name='k' script='";
    expect(labels(text + "p|'/>")).toEqual(["g", "p", "k"]);
    expect(labels(text + "len(p.|)'/>")).toEqual(["address"]);
    expect(labels(text + "p.address.ci|'/>")).toEqual(["city"]);
  });
});

describe("explanationAt", () => {
  const text =
    "<setup><variable name='p' entity='Person'/><key unique='true' generator='IntegerGenerator(min=1)' script='p.address'/></setup>";
  const at = (word: string) => explanationAt(text, text.indexOf(word) + 1, help);
  it("explains elements, attributes, calls and attributes of entities", () => {
    expect(at("setup")).toMatchObject({ title: "<setup>", summary: "about setup" });
    expect(at("unique")).toMatchObject({ title: "unique", facts: ["true or false"] });
    expect(at("IntegerGenerator")).toMatchObject({ title: "IntegerGenerator → int", summary: "a number" });
    expect(at("Person")).toMatchObject({ title: "Person" });
    expect(at("address")).toMatchObject({ title: "Person.address: Address", summary: "home" });
    expect(at("true")).toBeNull();
  });
});

describe("callPlace", () => {
  it("is not misled by texts and brackets", () => {
    expect(callPlace("A(x='(,', ", ";")).toEqual({ call: "A", word: "", used: ["x"], isName: true });
    expect(callPlace("A(x=[1, 2], y", ";")).toMatchObject({ call: "A", word: "y", used: ["x"] });
    expect(callPlace("A('b", ";").isName).toBe(false);
    expect(callPlace("A(x=1); B", ";")).toMatchObject({ call: "", word: "B" });
  });
  it("finds the chain of names before a place", () => {
    expect(chainBefore("a + person.addr")).toBe("person.addr");
    expect(chainBefore("'person.addr")).toBe("");
    expect(chainBefore("1 + ")).toBe("");
  });
});
