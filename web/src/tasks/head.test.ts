import { expect, test } from "vitest";
import { csvRecords, parseCsv } from "./csv_head";
import { firstElements, readHead } from "./head";
import { prettyJson, prettyXml } from "./pretty";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a head that is not the whole ends with a line, and never within a character", () => {
  const head = readHead("a.txt", bytes("one\ntwo ä").subarray(0, 9), false);
  expect(head.text).toBe("one\n");
  expect(readHead("a.txt", bytes("one\ntwo ä").subarray(0, 9), true).text).toBe("one\ntwo ");
});

test("bytes that are no text are told so, old encodings are shown", () => {
  expect(readHead("a.csv", new Uint8Array([1, 0, 2]), true).isBinary).toBe(true);
  expect(readHead("a.gz", new Uint8Array([0x1f, 0x8b, 8, 3, 0xff, 0xfe]), true).isBinary).toBe(true);
  expect(readHead("a.txt", new Uint8Array([0x67, 0xfc, 0x6e]), true).text).toBe("gün");
  expect(readHead("a.txt", new Uint8Array([0xff, 0xfe, 0x41, 0]), true).text).toBe("A");
});

test("CSV becomes a table, whatever its delimiter", () => {
  expect(parseCsv("a;b;a\n1;2;3\n")).toEqual({
    columns: ["a", "b", "a (2)"],
    rows: [{ a: "1", b: "2", "a (2)": "3" }],
  });
  expect(parseCsv('"x,y"|b\n"1|""\n2"|')).toEqual({ columns: ["x,y", "b"], rows: [{ "x,y": '1|"\n2', b: "" }] });
  expect(csvRecords('a,b\r\n1,"cut', ",")).toEqual([["a", "b"]]);
});

test("JSON that is cut off shows its complete elements", () => {
  expect(firstElements('[\n{"a": "]"}, {"a": [1, 2]}, {"a": ')).toEqual([{ a: "]" }, { a: [1, 2] }]);
  expect(readHead("a.json", bytes('[{"a": 1},\n{"b": 2},\n{"c'), false).table).toEqual({
    columns: ["a", "b"],
    rows: [{ a: 1 }, { b: 2 }],
  });
  expect(readHead("a.ndjson", bytes('{"a": 1}\n{"a": 2}\n{"a'), false).table?.rows).toHaveLength(2);
  expect(readHead("a.json", bytes("[1, 2]"), true).table).toBeUndefined();
});

test("pretty JSON says the same", () => {
  const value = { a: [1, { b: 'x: {y}, \\" [' }], c: {}, d: [], e: null };
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(prettyJson('[{"a": 1}, {"b')).toBe('[\n  {\n    "a": 1\n  },\n  {\n    "b');
  expect(prettyJson('{"a":1}\n{"a":2}\n')).toBe('{\n  "a": 1\n}\n{\n  "a": 2\n}');
});

test("pretty XML keeps texts, comments and what is cut off", () => {
  expect(prettyXml('<?xml version="1.0"?><l><i a="1"><b>x &lt; y</b><c/></i><!-- <z> --><i><b')).toBe(
    [
      '<?xml version="1.0"?>',
      "<l>",
      '  <i a="1">',
      "    <b>x &lt; y</b>",
      "    <c/>",
      "  </i>",
      "  <!-- <z> -->",
      "  <i>",
      "    <b",
      "",
    ].join("\n"),
  );
});
