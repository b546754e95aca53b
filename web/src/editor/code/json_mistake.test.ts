import { describe, expect, it } from "vitest";
import { jsonMistake } from "./json_mistake";

describe("jsonMistake", () => {
  it("agrees with the browser's parser on what is JSON", () => {
    const texts = [
      "{}",
      "[]",
      ' [1, -2.5e3, true, null, "a\\u00e4\\n"] ',
      '{"a": {"b": [[], {}]}, "c": 0}',
      "1",
      '"x"',
      "",
      "{",
      "[1,]",
      '{"a"}',
      "01",
      "[1 2]",
      "{a: 1}",
      '"\n"',
      "[}",
      "nul",
      "1 2",
      '{"a":1,}',
      '"\\x"',
      "[",
      "]",
      "-",
    ];
    for (const text of texts) {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(jsonMistake(text) < 0, text).toBe(isJson);
    }
  });
  it("tells the place", () => {
    expect(jsonMistake('{"a": x}')).toBe(6);
    expect(jsonMistake("[1, 2")).toBe(5);
    expect(jsonMistake("[".repeat(100000))).toBe(100000);
  });
});
