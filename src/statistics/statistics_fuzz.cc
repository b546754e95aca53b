// Any text as a document of statistics: one that is taken is written and read again alike, and does not differ from
// itself.
#include <cstdint>
#include <cstdlib>

#include "statistics/drift.h"
#include "statistics/statistics.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto products = mimus::statistics::parse_statistics(text, "fuzz");
  if (!products) return 0;
  const std::string written = mimus::statistics::statistics_json(*products);
  const auto again = mimus::statistics::parse_statistics(written, "fuzz");
  if (!again || mimus::statistics::statistics_json(*again) != written) std::abort();
  if (!mimus::statistics::diff_statistics(written, written)) std::abort();
  return 0;
}
