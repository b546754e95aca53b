// @vitest-environment jsdom
// Formatting never changes what a descriptor says: held against every XML file of the demos.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatXml } from "./format_xml";

const kDemos = join(import.meta.dirname, "../../../../demos");

// The document as a parser sees it, white space between tags aside.
function meaning(text) {
  const parsed = new DOMParser().parseFromString(text.replace(/^\ufeff/, ""), "text/xml");
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.textContent.trim() === "") return null;
    const attributes = node instanceof Element ? [...node.attributes].map((one) => [one.name, one.value]) : [];
    const children = [...node.childNodes].map(told).filter((one) => one !== null);
    return [node.nodeType, node.nodeName, attributes, node.nodeValue, children];
  };
  return JSON.stringify(told(parsed));
}

it("changes nothing the second time, and never the meaning of a demo", () => {
  const names = readdirSync(kDemos, { recursive: true }).filter((name) => name.endsWith(".xml"));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const text = readFileSync(join(kDemos, name), "utf8");
    const formatted = formatXml(text);
    expect(formatted, name).toBeDefined();
    expect(meaning(formatted), name).toBe(meaning(text));
    expect(formatXml(formatted), name).toBe(formatted);
  }
});
