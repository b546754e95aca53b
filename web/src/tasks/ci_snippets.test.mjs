import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import yaml from "js-yaml";
import { expect, test } from "vitest";
import { snippet } from "./ci_snippets";

const kHostile = `it's $(touch hurt) \`touch hurt\` \${{ secrets.OTHER }} ''' "\\n.xml`;

// Answers as the server does, and keeps what it was sent.
const kCurl = `#!/bin/sh
while [ $# -gt 0 ]; do
  if [ "$1" = -d ]; then printf '%s' "$2" > sent; fi
  last=$1
  shift
done
case "$last" in
  */tasks) echo '{"task_id": "t-1", "status": "PENDING", "parameters": {"status": "NOT"}}' ;;
  */tasks/t-1) echo "{\\"task_id\\": \\"t-1\\", \\"status\\": \\"$END\\", \\"parameters\\": {\\"status\\": \\"NOT\\"}}" ;;
  */log) echo 'the log' ;;
  */archive) : > archive ;;
esac
`;

function run(shell, script, end) {
  const place = mkdtempSync(join(tmpdir(), "ci-"));
  for (const [name, text] of Object.entries({ curl: kCurl, sleep: "#!/bin/sh\n", script })) {
    writeFileSync(join(place, name), text);
    chmodSync(join(place, name), 0o755);
  }
  const env = { PATH: place + ":" + process.env.PATH, MIMUS_TOKEN: "secret", END: end };
  const { status, stderr } = spawnSync(shell, ["script"], { cwd: place, env, encoding: "utf8" });
  const sent = JSON.parse(readFileSync(join(place, "sent"), "utf8"));
  return { status, stderr, sent, got: existsSync(join(place, "archive")), hurt: existsSync(join(place, "hurt")) };
}

// The script in each snippet, as the tool would read it.
function scriptOf(tool, text) {
  switch (tool) {
    case "github":
      return yaml.load(text).jobs["test-data"].steps[0].run.replaceAll("${{ '${{' }}", "${{");
    case "gitlab":
      return yaml.load(text)["test-data"].script[0];
    case "jenkins":
      return text.match(/sh '''((?:[^\\]|\\.)*?)'''/s)[1].replaceAll(/\\(.)/gs, "$1");
    default:
      return text;
  }
}

const kTools = [
  ["curl", "bash"],
  ["github", "bash"],
  ["gitlab", "sh"],
  ["jenkins", "sh"],
];

test.each(kTools)("%s: the script takes any name, and its exit code is that of the run", (tool, shell) => {
  const text = snippet(tool, { origin: "https://h", project: "p", entry: kHostile });
  if (tool === "github") expect(text).not.toContain("${{ secrets.OTHER");
  const script = scriptOf(tool, text);
  const good = run(shell, script, "SUCCEEDED");
  expect(good).toEqual({ status: 0, stderr: "", sent: { entry: kHostile }, got: true, hurt: false });
  const bad = run(shell, script, "FAILED");
  expect([bad.status, bad.stderr, bad.got]).toEqual([1, "the log\n", false]);
});
