import { expect, test } from "vitest";
import { environmentsOf, isTime, kNoOptions, parameterValue, toTaskOptions } from "./run_options";

test("what is not filled in is not sent", () => {
  expect(toTaskOptions("a.xml", kNoOptions)).toEqual({ entry: "a.xml", count_factor: 1 });
});

test("all that is filled in is sent", () => {
  const typed = {
    seed: "42",
    now: "2026-01-01T00:00:00Z",
    factor: "2.5",
    environment: "test",
    parameters: [
      { name: "n", value: "3" },
      { name: " ", value: "lost" },
    ],
  };
  expect(toTaskOptions("a.xml", typed)).toEqual({
    entry: "a.xml",
    seed: 42,
    now: "2026-01-01T00:00:00Z",
    count_factor: 2.5,
    environment: "test",
    parameters: { n: 3 },
  });
});

test("parameters keep texts that only look like numbers", () => {
  expect(parameterValue("1.5")).toBe(1.5);
  expect(parameterValue("true")).toBe(true);
  for (const text of ["007", "1.50", "+1", "1e5", "", "12345678901234567890"]) expect(parameterValue(text)).toBe(text);
});

test("a time has a zone", () => {
  expect(isTime("2026-01-01T00:00:00+02:00")).toBe(true);
  expect(isTime("2026-01-01")).toBe(false);
  expect(isTime("2026-01-01T00:00:00")).toBe(false);
});

test("environments are told by their files", () => {
  expect(environmentsOf(["conf/test.env.properties", "a/conf/prod.env.properties", "test.env.properties"])).toEqual([
    "test",
    "prod",
  ]);
});
