// Any bytes as a CSV file: read by an index, with small pieces, it has the rows of the loaded file.
#include <cstdint>

#include "source/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto separator = static_cast<char>(data[0]);
  if (separator == '"' || separator == '\n' || separator == '\r') return 0;
  const mimus::FuzzFile file(text);
  // One encoding for both: what the bytes look like depends on which of them are looked at.
  mimus::FileOptions options{.separator = separator, .encoding = "windows-1252"};
  const auto loaded = mimus::open_csv(file.path(), options, "fuzz.csv");
  options.load_bytes = 0;
  options.index = {.threads = 1 + data[1] % 3, .piece_bytes = 1 + size / (1 + data[1] / 3U % 8), .entry_bytes = 8};
  const auto indexed = mimus::open_csv(file.path(), options, "fuzz.csv");
  if (!loaded || !indexed) std::abort();
  if (loaded->rows->names() != indexed->rows->names() || loaded->rows->length() != indexed->rows->length())
    std::abort();
  if (mimus::all_rows_text(*loaded->rows) != mimus::all_rows_text(*indexed->rows)) std::abort();
  if (!indexed->rows->status()) std::abort();
  return 0;
}
