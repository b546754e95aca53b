import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlArchive, curlArtifact, shellWord } from "./commands";

function wordsOf(line) {
  const script = `curl() { printf '%s\\n' "$@"; }; MIMUS_TOKEN=secret; ${line}`;
  return execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
}

test("a shell reads a word as it was, whatever is in it", () => {
  for (const text of ["it's", "$(touch /tmp/x)`id`", '"; rm', "a b\\", "-o"]) {
    expect(wordsOf("curl " + shellWord(text))).toEqual([text]);
  }
});

test("the line for one artifact names its file and its address in the External API", () => {
  const line = curlArtifact("http://h:1", {
    name: "a/it's.csv",
    url: "/api/platform/v1/projects/p/tasks/t/artifacts/a/it%27s.csv",
  });
  expect(wordsOf(line)).toEqual([
    "-fsS",
    "--create-dirs",
    "-H",
    "Authorization: Bearer secret",
    "-o",
    "./a/it's.csv",
    "http://h:1/api/v2/projects/p/tasks/t/artifacts/a/it%27s.csv",
  ]);
});

test("the line for all of them fetches the archive", () => {
  expect(wordsOf(curlArchive("http://h:1", "p", "t")).at(-1)).toBe("http://h:1/api/v2/projects/p/tasks/t/archive");
});
