import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { separatorOf } from "./csv_language";
import { offsetOfBytes, placeOf, rangeAt } from "./places";

describe("places", () => {
  it("counts bytes as the server does", () => {
    expect(offsetOfBytes("aüb", 3)).toBe(2);
    expect(offsetOfBytes("😀b", 4)).toBe(2);
    expect(offsetOfBytes("ab", 9)).toBe(2);
  });
  it("stays in the text, whatever the finding says", () => {
    const text = Text.of(["ü <key", "b"]);
    expect(placeOf(text, 1, 4)).toBe(2);
    expect(placeOf(text, 0, 0)).toBe(0);
    expect(placeOf(text, 99, 3)).toBe(text.length);
    expect(rangeAt(text, 1, 4)).toEqual({ from: 2, to: 6 });
    expect(rangeAt(text, 9, 1)).toEqual({ from: text.length, to: text.length });
  });
});

describe("separatorOf", () => {
  it("takes the one that the line has most of", () => {
    expect(separatorOf("a;b;c,d")).toBe(";");
    expect(separatorOf("a|b")).toBe("|");
    expect(separatorOf("a")).toBe(",");
  });
});
