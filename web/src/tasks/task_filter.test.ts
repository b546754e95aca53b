import { expect, test } from "vitest";
import { isFiltered, toQuery, withFilter } from "./task_filter";

test("the address names the filters, and only what the server knows is asked", () => {
  const search = new URLSearchParams("status=FAILED&trigger=nobody&entry=a%2Fb.xml&from=2026-01-01T00:00Z&until=x&z=1");
  expect(toQuery(search)).toEqual({ limit: 50, status: "FAILED", entry: "a/b.xml", from: "2026-01-01T00:00:00.000Z" });
});

test("another filter begins at the first page, an empty one is none", () => {
  const search = new URLSearchParams("status=FAILED&cursor=abc");
  expect(withFilter(search, "entry", "a.xml").toString()).toBe("status=FAILED&entry=a.xml");
  expect(withFilter(search, "status", "").toString()).toBe("");
  expect(isFiltered(new URLSearchParams("cursor=abc"))).toBe(false);
});
