// Any bytes as a request of generate_domain: canonical JSON comes back, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "contract/canonical_json.h"
#include "contract/generate_domain.h"
#include "data/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!mimus::is_utf8(text)) return 0;
  const mimus::contract::DomainDocument document = mimus::contract::generate_domain_text(text);
  const auto answer = mimus::parse_json(document.json, "fuzz.json");
  if (!answer || mimus::contract::canonical_json(*answer) != document.json) std::abort();
  return 0;
}
