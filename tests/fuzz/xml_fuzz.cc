// Any bytes as a descriptor: parsed or refused, with a place that lies inside of the bytes.
#include <cstddef>
#include <cstdint>
#include <string>

#include "descriptor/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  auto document = mimus::parse_xml(std::move(bytes), "datamimic.xml");
  if (document) {
    if (document->root.name.empty()) __builtin_trap();
    return 0;
  }
  if (document.error().empty()) __builtin_trap();
  for (const mimus::Diagnostic& finding : document.error()) {
    if (finding.code.empty() || mimus::render(finding).empty()) __builtin_trap();
  }
  return 0;
}
