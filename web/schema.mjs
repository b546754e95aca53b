// Types of the session API for the page, from the document that the program itself serves.
//
//   node web/schema.mjs PROGRAM            writes web/src/api/schema.d.ts
//   node web/schema.mjs PROGRAM --check    exits 1 when that file is not what would be written
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const [program, mode] = process.argv.slice(2);
const target = join(import.meta.dirname, "src", "api", "schema.d.ts");
const folder = mkdtempSync(join(tmpdir(), "schema-"));

async function servedDocument() {
  const server = spawn(program, ["serve", "--data", join(folder, "data"), "--listen", "127.0.0.1:0"]);
  try {
    const url = await new Promise((found, failed) => {
      let said = "";
      server.stderr.on("data", (bytes) => {
        said += bytes;
        const address = said.match(/listening on (http:\/\/[^/]+)\//);
        if (address) found(address[1]);
      });
      server.on("exit", () => failed(new Error("the server ended: " + said)));
      server.on("error", failed);
    });
    return await (await fetch(url + "/api/platform/v1/openapi.json")).json();
  } finally {
    server.kill("SIGKILL");
  }
}

const text =
  "// Made by scripts/pages of the session API's OpenAPI document.\n\n" +
  astToString(await openapiTS(await servedDocument()));
rmSync(folder, { recursive: true, force: true });
if (mode === "--check") {
  if (readFileSync(target, "utf8") !== text) {
    console.error("web/src/api/schema.d.ts is not what the server's document says: run scripts/pages");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
