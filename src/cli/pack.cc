// Makes a data pack from a folder of CSV files.
#include "base/file.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "plan/own_tables.h"

namespace mimus::cli {

int make_pack(const PackArguments& arguments) {
  const auto tables = read_own_tables(arguments.folder, arguments.folder);
  if (!tables) return report(tables.error());
  if (tables->empty()) {
    return report({.code = "pack.file",
                   .message = "'" + arguments.folder + "' has no CSV files",
                   .hint = "a table is kind.csv or kind.KEY.csv, as in given_female.DE.csv"});
  }
  const auto bytes = encode_pack(*tables);
  if (!bytes) return report(bytes.error());
  if (const auto written = write_file(arguments.out, *bytes); !written) return report(written.error());
  std::fprintf(stderr, "%zu tables, %zu bytes in %s\n", tables->size(), bytes->size(), arguments.out.c_str());
  return kOk;
}

}  // namespace mimus::cli
