// Any bytes as a template: pieces that give the text again when their marks are put around them, or a finding.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "script/parse.h"
#include "script/placeholders.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const mimus::script::PlaceholderMarks& marks :
       {mimus::script::PlaceholderMarks{}, {.prefix = "${", .suffix = "}"}, {.prefix = "a", .suffix = "a"}}) {
    const auto pieces = mimus::script::split_placeholders(text, marks);
    if (!pieces) {
      if (pieces.error().code != "script.placeholders") std::abort();
      continue;
    }
    std::size_t length = 0;
    for (const mimus::script::TextPiece& piece : *pieces) {
      length += piece.literal.size();
      if (piece.source.empty()) continue;
      if (piece.offset > size || piece.lead > piece.source.size()) std::abort();
      if (!mimus::script::parse_expression(piece.source)) std::abort();
      length += marks.prefix.size() + marks.suffix.size();
    }
    if (length > size) std::abort();
  }
  return 0;
}
