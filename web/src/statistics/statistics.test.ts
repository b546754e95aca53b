// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { binsOf, missingShare, type Column } from "./statistics";

const column = (more: Partial<Column>): Column => ({
  path: "a",
  type: "float",
  values: 6,
  nulls: 3,
  absent: 1,
  ...more,
});

describe("binsOf", () => {
  it("names the borders of a histogram", () => {
    const bins = binsOf(
      column({ sample: { sampled: false, values: 6, histogram: { from: 0, to: 10, counts: [4, 2] }, top: [] } }),
    );
    expect(bins).toEqual([
      { label: "0 – 5", count: 4 },
      { label: "5 – 10", count: 2 },
    ]);
  });
  it("takes the most frequent values where there is no histogram", () => {
    const sample = { sampled: false, values: 6, top: [{ value: "x", count: 5 }] };
    expect(binsOf(column({ type: "string", sample }))).toEqual([{ label: "x", count: 5 }]);
    expect(binsOf(column({ sample: undefined }))).toEqual([]);
  });
});

describe("missingShare", () => {
  it("counts nulls and absent fields", () => {
    expect(missingShare(column({}))).toBe(0.4);
    expect(missingShare(column({ values: 0, nulls: 0, absent: 0 }))).toBe(0);
  });
});
