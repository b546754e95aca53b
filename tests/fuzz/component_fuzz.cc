// Any text as an attribute with a language of its own: literals, calls of generators, patterns, date formats. The first
// byte chooses which. What is accepted must also work.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/date_format.h"
#include "data/column.h"
#include "descriptor/literal.h"
#include "generator/generator.h"

namespace {

// Values of some rows, from a generator that was accepted.
void generate(const mimus::Generator& generator) {
  const mimus::Stream stream(42, "fuzz");
  mimus::Column column;
  mimus::Rows rows;
  rows.count = 7;
  generator.generate(rows, stream, column);
}

void make_generators(std::string_view text) {
  const auto call = mimus::parse_call(text);
  if (!call) return;
  const auto generator = mimus::make_generator(*call, {});
  if (generator) generate(**generator);
}

void make_patterns(std::string_view text) {
  const auto generator = mimus::make_pattern(text);
  if (generator) generate(**generator);
}

void format_dates(std::string_view text) {
  const auto format = mimus::DateFormat::compile(text);
  if (!format) return;
  std::string out;
  format->append(out, mimus::Timestamp{1'700'000'000'123'456});
  static_cast<void>(format->parse(out));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      static_cast<void>(mimus::parse_literals(text));
      break;
    case 1:
      static_cast<void>(mimus::parse_calls(text));
      break;
    case 2:
      make_generators(text);
      break;
    case 3:
      make_patterns(text);
      break;
    default:
      format_dates(text);
  }
  return 0;
}
