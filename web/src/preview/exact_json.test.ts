import { expect, test } from "vitest";
import { cellText, parseExact } from "./exact_json";

test("numbers beyond a double keep their digits, where the language can tell them", () => {
  const text = '{"big":12345678901234567890,"decimal":1.50,"small":7}';
  const parsed = parseExact(text) as Record<string, unknown>;
  expect(parsed.small).toBe(7);
  if ("rawJSON" in JSON) {
    expect(JSON.stringify(parsed)).toBe(text);
    expect(cellText(parsed.big)).toBe("12345678901234567890");
    expect(cellText(parsed.decimal)).toBe("1.50");
  }
});

test("cells show texts bare, and all else as JSON in one line", () => {
  expect(cellText("a\nb")).toBe("a\nb");
  expect(cellText(true)).toBe("true");
  expect(cellText([1, { a: "x" }])).toBe('[1,{"a":"x"}]');
});
