import { describe, expect, it } from "vitest";
import type { Demo } from "../api/types";
import { matches, tagsOf } from "./search";

const demo = (title: string, ...tags: string[]): Demo => ({
  name: title,
  title,
  description: "Nested data",
  tags,
  needs: [],
  sample: null,
});

describe("matches", () => {
  it("wants all words, anywhere", () => {
    expect(matches(demo("Basic JSON", "json"), "nested JSON", "")).toBe(true);
    expect(matches(demo("Basic JSON", "json"), "nested xml", "")).toBe(false);
  });
  it("wants the tag", () => {
    expect(matches(demo("Basic JSON", "json"), "", "json")).toBe(true);
    expect(matches(demo("Basic JSON", "json"), "", "xml")).toBe(false);
  });
});

describe("tagsOf", () => {
  it("has shared tags, the most frequent first", () => {
    expect(tagsOf([demo("a", "x", "y"), demo("b", "y", "z"), demo("c", "y", "x")])).toEqual(["y", "x"]);
  });
});
