import { describe, expect, it } from "vitest";
import { elementsOf, xmlPlace } from "./xml_place";
import { rootName, scanXml, unescaped } from "./xml_scan";

// The place of "|" in the text.
function at(marked: string) {
  const place = marked.indexOf("|");
  return xmlPlace(marked.slice(0, place) + marked.slice(place + 1), place);
}

describe("scanXml", () => {
  it("covers every character once, whatever the text", () => {
    for (const text of [
      "<a b='1'>x</a>",
      "<a <b c=",
      "<!-- x",
      "<![CDATA[ <a> ]]>",
      "<?xml?><!DOCTYPE a [<!ENTITY b '>'>]><a/>",
      "a<",
      "<a b=c d/>",
      "< a",
      "</",
    ]) {
      const tokens = [...scanXml(text)];
      expect(tokens.map((token) => text.slice(token.from, token.to)).join("")).toBe(text);
    }
  });
  it("finds the root behind prolog and comments", () => {
    expect(rootName('<?xml version="1.0"?>\n<!-- <a> --><!DOCTYPE setup><setup>')).toBe("setup");
    expect(rootName("")).toBeUndefined();
  });
});

describe("xmlPlace", () => {
  it("knows the names of elements, and those around", () => {
    expect(at("<setup><gen|")).toMatchObject({ kind: "element", name: "gen", parents: ["setup"] });
    expect(at("<setup><|")).toMatchObject({ kind: "element", name: "", parents: ["setup"] });
    expect(at("<setup><|<key/></setup>")).toMatchObject({ kind: "element", name: "", parents: ["setup"] });
    expect(at("<setup><a/><b>|</b>")).toMatchObject({ kind: "text", parents: ["setup", "b"] });
    expect(at("<setup><a></a>|")).toMatchObject({ kind: "text", parents: ["setup"] });
    expect(at("<setup><a></|")).toMatchObject({ kind: "close", name: "", parents: ["setup", "a"] });
  });
  it("knows attributes and those that are there", () => {
    expect(at("<key name='a' |>")).toMatchObject({ kind: "attribute", element: "key", present: ["name"] });
    expect(at("<key na|")).toMatchObject({ kind: "attribute", element: "key", from: 5, to: 7 });
    expect(at("<key |/>")).toMatchObject({ kind: "attribute", element: "key", attribute: null });
    expect(at("<key name='a'|/>")).toMatchObject({ kind: "outside" });
  });
  it("knows values, open ones too", () => {
    expect(at('<key name="a" generator="Inc|"/>')).toMatchObject({
      kind: "value",
      element: "key",
      name: "generator",
      value: "Inc",
    });
    expect(at('<key generator="|')).toMatchObject({ kind: "value", name: "generator", value: "" });
    expect(at("<key script='a > |b'/>")).toMatchObject({ kind: "value", name: "script", value: "a > b" });
  });
  it("completes nothing in comments, CDATA and instructions", () => {
    for (const text of ["<!-- <| -->", "<![CDATA[ <| ]]>", "<?xml |?>"]) expect(at(text).kind).toBe("outside");
  });
});

describe("elementsOf", () => {
  it("reads attributes without their escapes", () => {
    const [first] = elementsOf("<key script='a &lt; &quot;b&quot; &#65;' name=\"x\"/>");
    expect([...first!.attributes]).toEqual([
      ["script", 'a < "b" A'],
      ["name", "x"],
    ]);
    expect(unescaped("&nope; &#x41;")).toBe("&nope; A");
  });
});
