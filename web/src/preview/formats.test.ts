import { expect, test } from "vitest";
import { toCsv, toJson, toXml } from "./formats";

const kRows = [{ b: 'x|"y"', n: [{ k: 3 }, { k: true }], d: { k: "it's" }, z: null }];
const kColumns = ["b", "n", "d", "z"];

test("CSV has a header, quotes what needs it, and writes nested values as the target does", () => {
  expect(toCsv(kColumns, kRows)).toBe("b|n|d|z\n" + `"x|""y"""|[{'k': 3}, {'k': True}]|"{'k': ""it's""}"|` + "\n");
});

test("XML repeats the element of a list and escapes its texts", () => {
  expect(toXml([{ b: "<&>", n: [{ k: 3 }, { k: 4 }], z: null }])).toBe(
    [
      "<list>",
      "  <item>",
      "    <b>&lt;&amp;&gt;</b>",
      "    <n>",
      "      <k>3</k>",
      "    </n>",
      "    <n>",
      "      <k>4</k>",
      "    </n>",
      "    <z>None</z>",
      "  </item>",
      "</list>",
      "",
    ].join("\n"),
  );
});

test("JSON is what it was", () => {
  expect(JSON.parse(toJson(kRows))).toEqual(kRows);
});
