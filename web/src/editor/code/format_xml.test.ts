import { describe, expect, it } from "vitest";
import { formatJson, formatXml } from "./format_xml";

describe("formatXml", () => {
  it("puts each element on a line of its own", () => {
    expect(formatXml("<setup><generate name='a'   count = \"3\" ><key name='b'/></generate></setup>")).toBe(
      "<setup>\n  <generate name='a' count=\"3\">\n    <key name='b'/>\n  </generate>\n</setup>\n",
    );
  });
  it("keeps text, CDATA, comments, quotes and preserved space as they are", () => {
    const kept = [
      "<echo>  a {b}\n c </echo>",
      "<echo><![CDATA[ <x> ]]></echo>",
      "<!-- a\n     b -->",
      "<key script='a == \"b\" and c &lt; 3'/>",
      '<list xml:space="preserve">  <a/> </list>',
    ];
    const formatted = formatXml(`<setup>${kept.join("")}</setup>`)!;
    for (const one of kept) expect(formatted).toContain(one);
  });
  it("keeps one empty line between elements, and none at the ends", () => {
    expect(formatXml("<a>\n\n\n<b/>\n\n\n<c/>\n\n</a>")).toBe("<a>\n  <b/>\n\n  <c/>\n</a>\n");
  });
  it("breaks long tags between attributes, never in values", () => {
    const value = "x ".repeat(40).trim();
    const formatted = formatXml(`<key name="${value}" script="${value}" type="int"/>`)!;
    expect(formatted).toBe(`<key name="${value}"\n     script="${value}" type="int"/>\n`);
  });
  it("leaves alone what is not well-formed", () => {
    for (const text of [
      "<a>",
      "<a></b>",
      "<a b/>",
      "<a b=c/>",
      "<a><b</a>",
      "text",
      "<a>&</a><b",
      "<a ='x'/>",
      "<a/ >",
    ]) {
      expect(formatXml(text)).toBeUndefined();
    }
  });
});

describe("formatJson", () => {
  it("indents, and keeps numbers and repeated names as written", () => {
    expect(formatJson('{"a":[1.0,{},[],{"b":"x:{,"}],"a":1e400}')).toBe(
      '{\n  "a": [\n    1.0,\n    {},\n    [],\n    {\n      "b": "x:{,"\n    }\n  ],\n  "a": 1e400\n}\n',
    );
  });
  it("leaves alone what is no JSON", () => {
    expect(formatJson("{a: 1}")).toBeUndefined();
  });
});
