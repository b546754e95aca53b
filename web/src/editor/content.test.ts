import { describe, expect, it } from "vitest";
import { decodeFile, encodeText, splitLineEnds } from "./content";
import { nextCursor } from "./files";

const bytesOf = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

describe("decodeFile", () => {
  it("keeps the bytes of a text through reading and saving", () => {
    for (const text of ["a\r\nb\r\n", "a\nb", "a\r\nb\n", "\ufeffa;b\r\n", "a\rb", ""]) {
      const content = decodeFile("a.csv", "text/csv", bytesOf(text), false);
      if (content.kind !== "text") throw new Error(content.kind);
      expect(encodeText(content.text, content.lineEnd)).toEqual(bytesOf(text));
    }
  });
  it("shows SVG and HTML as text, pictures as pictures, NUL bytes not at all", () => {
    expect(decodeFile("a.svg", "image/svg+xml", bytesOf("<svg/>"), false).kind).toBe("text");
    expect(decodeFile("a.html", "text/html", bytesOf("<p>"), false).kind).toBe("text");
    expect(decodeFile("a.png", "image/png", bytesOf("x"), false).kind).toBe("picture");
    expect(decodeFile("a.txt", "text/plain", new Uint8Array([65, 0, 66]), false).kind).toBe("binary");
  });
  it("does not let a text be edited that is no UTF-8", () => {
    const content = decodeFile("a.csv", "text/csv", new Uint8Array([0x4d, 0xfc, 0x6c]), false);
    expect(content).toEqual({ kind: "excerpt", text: "Mül", why: "encoding" });
  });
  it("takes a cut in a character's middle for no mistake", () => {
    const content = decodeFile("a.csv", "text/csv", bytesOf("aü").slice(0, 2), true);
    expect(content).toEqual({ kind: "excerpt", text: "a", why: "size" });
  });
});

describe("splitLineEnds", () => {
  it("edits CRLF texts with LF alone", () => {
    expect(splitLineEnds("a\r\nb")).toEqual({ kind: "text", text: "a\nb", lineEnd: "\r\n" });
  });
});

describe("nextCursor", () => {
  it("reads the cursor of the next page", () => {
    expect(nextCursor('</api/files?limit=10&cursor=a%2Fb>; rel="next"')).toBe("a/b");
    expect(nextCursor(null)).toBeUndefined();
  });
});
