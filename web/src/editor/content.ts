// What the bytes of a file are to the editor. Nothing is ever run or shown as markup: SVG and HTML are text.
export type LineEnd = "\n" | "\r\n";

export type FileContent =
  | { kind: "text"; text: string; lineEnd: LineEnd }
  | { kind: "excerpt"; text: string; why: "size" | "encoding" } // shown, not edited: too large, or no UTF-8
  | { kind: "picture"; blob: Blob }
  | { kind: "binary" };

const kPictures: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
};

export function extensionOf(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const point = last.lastIndexOf(".");
  return point > 0 ? last.slice(point + 1).toLowerCase() : "";
}

export function isPicture(name: string): boolean {
  return extensionOf(name) in kPictures;
}

function isBinaryType(mediaType: string): boolean {
  return /^(image\/(?!svg)|audio\/|video\/|font\/)|zip|gzip|pdf|sqlite|spreadsheetml|parquet/.test(mediaType);
}

// Undefined when the bytes are no UTF-8. A byte order mark stays a character of the text, so that it is saved again.
function utf8(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

export function decodeFile(
  name: string,
  mediaType: string,
  bytes: Uint8Array<ArrayBuffer>,
  isCut: boolean,
): FileContent {
  const picture = kPictures[extensionOf(name)];
  if (picture && !isCut) return { kind: "picture", blob: new Blob([bytes], { type: picture }) };
  if (isBinaryType(mediaType) || bytes.includes(0)) return { kind: "binary" };
  const text = utf8(bytes, isCut);
  if (text === undefined) {
    return { kind: "excerpt", text: normalized(new TextDecoder("windows-1252").decode(bytes)), why: "encoding" };
  }
  if (isCut) return { kind: "excerpt", text: normalized(text), why: "size" };
  return splitLineEnds(text);
}

function normalized(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

// A text of CRLF lines is edited with LF and saved with CRLF. One that mixes both keeps its characters as they are.
export function splitLineEnds(text: string): { kind: "text"; text: string; lineEnd: LineEnd } {
  const pairs = text.match(/\r\n/g)?.length ?? 0;
  const singles = (text.match(/\n/g)?.length ?? 0) - pairs;
  const isCrlf = pairs > 0 && singles === 0;
  return { kind: "text", text: isCrlf ? text.replace(/\r\n/g, "\n") : text, lineEnd: isCrlf ? "\r\n" : "\n" };
}

export function encodeText(text: string, lineEnd: LineEnd): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(lineEnd === "\r\n" ? text.replace(/\n/g, "\r\n") : text) as Uint8Array<ArrayBuffer>;
}
