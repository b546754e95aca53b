import { describe, expect, it } from "vitest";
import { matchNames } from "./match_names";
import { findLines } from "./text_search";

describe("matchNames", () => {
  it("puts the file's own name first, and takes letters in order", () => {
    const names = ["data/a.csv", "a/data.xml", "datamimic.xml", "x.py"];
    expect(matchNames(names, "data")).toEqual(["a/data.xml", "datamimic.xml", "data/a.csv"]);
    expect(matchNames(names, "dmx")).toEqual(["datamimic.xml"]);
    expect(matchNames(names, "")).toEqual(names);
  });
});

describe("findLines", () => {
  it("finds lines with their place in bytes", () => {
    expect(findLines("a\nüHello\nhello", "hello", false, 9).map((one) => [one.line, one.column, one.match])).toEqual([
      [2, 3, "Hello"],
      [3, 1, "hello"],
    ]);
    expect(findLines("Hello\nhello", "hello", true, 9).map((one) => one.line)).toEqual([2]);
    expect(findLines("a\na\na", "a", false, 2)).toHaveLength(2);
  });
});
