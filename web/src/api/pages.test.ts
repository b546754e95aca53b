import { describe, expect, it } from "vitest";
import { nextCursor } from "./pages";

describe("nextCursor", () => {
  it("finds the cursor of the next page", () => {
    expect(nextCursor('</api/platform/v1/users?limit=2&cursor=a%2Bb>; rel="next"')).toBe("a+b");
    expect(nextCursor('</x?cursor=1>; rel="prev", </x?cursor=2>; rel=next')).toBe("2");
  });
  it("is absent on the last page", () => {
    expect(nextCursor(null)).toBeUndefined();
    expect(nextCursor('</x?cursor=1>; rel="prev"')).toBeUndefined();
    expect(nextCursor('</x>; rel="next"')).toBeUndefined();
  });
});
