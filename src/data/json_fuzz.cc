// Any bytes as JSON: a value or a finding, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "data/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!mimus::is_utf8(text)) return 0;
  const auto value = mimus::parse_json(text, "fuzz.json");
  if (!value && value.error().code.empty()) std::abort();
  return 0;
}
