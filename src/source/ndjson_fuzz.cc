// Any bytes as a JSON file, of lines or an array: read by an index it has the rows of the loaded file, or both have a
// mistake.
#include <cstdint>

#include "base/text.h"
#include "source/fuzz_file.h"

namespace {

void compare(const mimus::fs::path& file, std::size_t size, bool lines, std::uint8_t seed) {
  const auto open = lines ? mimus::open_json_lines : mimus::open_json;
  mimus::FileOptions options{.encoding = "utf-8"};
  const auto loaded = open(file, options, "fuzz.json");
  options.load_bytes = 0;
  options.index = {.threads = 1 + seed % 3, .piece_bytes = 1 + size / (1 + seed / 3U % 8), .entry_bytes = 8};
  const auto indexed = open(file, options, "fuzz.json");
  if (loaded && !loaded->is_list) return;  // one object is not read by an index
  if (loaded.has_value() != indexed.has_value()) std::abort();
  if (!loaded) return;
  if (loaded->rows->length() != indexed->rows->length()) std::abort();
  if (mimus::all_rows_text(*loaded->rows) != mimus::all_rows_text(*indexed->rows)) std::abort();
  if (!indexed->rows->status()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!mimus::is_utf8(text)) return 0;
  const mimus::FuzzFile file(text);
  compare(file.path(), size, true, data[0]);
  compare(file.path(), size, false, data[0]);
  return 0;
}
