import { describe, expect, it } from "vitest";
import type { FileMetadata } from "../api/types";
import { filesBelow, foldersAround, nameProblem, treeOf, visibleRows } from "./file_tree";

const file = (name: string) => ({ name }) as FileMetadata;
const paths = (names: string[], open: string[]) =>
  visibleRows(treeOf(names.map(file)), (path) => open.includes(path)).map((row) => row.node.path);

describe("treeOf", () => {
  it("puts folders first and sorts numbers as numbers", () => {
    expect(paths(["b10.xml", "b2.xml", "z/a.csv", "a.xml"], ["z"])).toEqual([
      "z",
      "z/a.csv",
      "a.xml",
      "b2.xml",
      "b10.xml",
    ]);
  });
  it("hides what is in closed folders, and counts depth and place", () => {
    const rows = visibleRows(treeOf(["a/b/c.xml", "a/d.xml"].map(file)), (path) => path === "a");
    expect(rows.map((row) => [row.node.path, row.depth, row.position, row.siblings])).toEqual([
      ["a", 1, 1, 1],
      ["a/b", 2, 1, 2],
      ["a/d.xml", 2, 2, 2],
    ]);
  });
  it("shows folders without files", () => {
    expect(treeOf([file("a.xml")], ["x/y"]).children.map((child) => child.path)).toEqual(["x", "a.xml"]);
  });
  it("is not led astray by names of the language's own objects", () => {
    expect(paths(["__proto__/constructor", "__proto__/a"], ["__proto__"])).toEqual([
      "__proto__",
      "__proto__/a",
      "__proto__/constructor",
    ]);
  });
});

describe("paths", () => {
  it("knows the folders around a file, and the files below a folder", () => {
    expect(foldersAround("a/b/c.xml")).toEqual(["a", "a/b"]);
    expect(filesBelow(["a/b", "ab", "a/c/d"].map(file), "a").map((one) => one.name)).toEqual(["a/b", "a/c/d"]);
  });
  it("finds names that cannot be", () => {
    expect(nameProblem(" ")).toBe("empty");
    expect(nameProblem("a//b")).toBe("segment");
    expect(nameProblem("../a")).toBe("segment");
    expect(nameProblem("a b/ü.xml")).toBeNull();
  });
});
