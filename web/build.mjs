// Builds the page and writes what the program takes up of it.
//
//   node web/build.mjs FOLDER     FOLDER/dist: the page; FOLDER/page_files.cc: its files as assembler's data
//
// Every file of the page is also kept compressed (brotli, gzip), as NAME.br and NAME.gz, where that makes it smaller.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const folder = resolve(process.argv[2]);
const dist = join(folder, "dist");

await build({
  configFile: join(import.meta.dirname, "vite.config.mts"),
  logLevel: "warn",
  build: { outDir: dist, emptyOutDir: true },
});

function compressed(bytes) {
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return { ".br": brotli, ".gz": gzipSync(bytes, { level: 9 }) };
}

// The document is not compressed: the server writes a nonce into each answer.
const files = [{ name: "index.html", path: join(dist, "index.html") }];
// Those that are not named by their content are the server's own (icon.svg).
const isNamedByContent = (name) => /-[\w-]{8}\.\w+$/.test(name) || name === "licences.md";
for (const name of readdirSync(join(dist, "assets")).filter(isNamedByContent).sort()) {
  const path = join(dist, "assets", name);
  const bytes = readFileSync(path);
  files.push({ name, path });
  for (const [ending, smaller] of Object.entries(compressed(bytes))) {
    if (smaller.length >= bytes.length) continue;
    writeFileSync(path + ending, smaller);
    files.push({ name: name + ending, path: path + ending });
  }
}

const declarations = files.map(
  ({ path }, index) => `asm(R"asm(
  .section .rodata
  .global mimus_page_file_${index}, mimus_page_file_${index}_end
  .balign 8
mimus_page_file_${index}:
  .incbin "${path}"
mimus_page_file_${index}_end:
  .byte 0
  .previous
)asm");
extern "C" const char mimus_page_file_${index}[];
extern "C" const char mimus_page_file_${index}_end[];
`,
);
const entries = files.map(
  ({ name }, index) =>
    `      Asset{"${name}", {mimus_page_file_${index}, ` +
    `static_cast<std::size_t>(mimus_page_file_${index}_end - mimus_page_file_${index})}},\n`,
);
writeFileSync(
  join(folder, "page_files.cc"),
  `// Made by web/build.mjs.
#include "server/page_files.h"

#include <array>
#include <cstddef>

${declarations.join("")}
namespace mimus::server {

std::span<const Asset> page_files() {
  static const std::array<Asset, ${files.length}> kFiles{{
${entries.join("")}  }};
  return kFiles;
}

}  // namespace mimus::server
`,
);
