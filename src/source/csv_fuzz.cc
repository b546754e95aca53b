// Any bytes as CSV, with any separator: every cell lies in the text or in the memory of unquoted cells.
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>

#include "source/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto separator = static_cast<char>(data[0]);
  if (separator == '"' || separator == '\n' || separator == '\r') return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::deque<std::string> unquoted;
  mimus::CsvReader reader(text, separator, unquoted);
  std::size_t bytes = 0;
  std::size_t line = 0;
  while (reader.next_row()) {
    if (reader.line() <= line) std::abort();
    line = reader.line();
    std::string_view cell;
    while (reader.next_cell(cell)) {
      for (const char c : cell) bytes += static_cast<unsigned char>(c) != 0 ? 1U : 0U;
    }
  }
  if (bytes > text.size()) std::abort();
  return 0;
}
