// Any bytes as an XML source: rows or a finding, never a crash.
#include <cstdint>

#include "source/fuzz_file.h"
#include "source/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto rows = mimus::parse_xml_rows(text, false, "fuzz.xml");
  if (!rows) {
    if (rows.error().code.empty()) std::abort();
    return 0;
  }
  if ((*rows)->length() == 0) std::abort();
  (void)mimus::all_rows_text(**rows);
  return 0;
}
