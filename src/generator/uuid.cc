// Random UUIDs, version 4 (RFC 9562), from one block of the row's stream.
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr std::size_t kLength = 36;

void write_hex(char* out, std::uint64_t bits, int digits) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (int i = 0; i < digits; ++i) out[i] = kDigits[(bits >> (4 * (digits - 1 - i))) & 15U];
}

class RandomUuid final : public Generator {
 public:
  [[nodiscard]] bool never_repeats() const override { return true; }
  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    out.clean = true;
    std::vector<std::uint64_t> high(rows.count), low(rows.count);
    stream.fill_block(rows, 0, high.data(), low.data());
    char* p = out.make_arena(rows.count * kLength);
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0; k < rows.count; ++k, p += kLength) {
      const std::uint64_t a = (high[k] & ~std::uint64_t{0xF000}) | 0x4000U;
      const std::uint64_t b = (low[k] & ~(std::uint64_t{3} << 62U)) | std::uint64_t{2} << 62U;
      write_hex(p, a >> 32U, 8);
      p[8] = '-';
      write_hex(p + 9, a >> 16U, 4);
      p[13] = '-';
      write_hex(p + 14, a, 4);
      p[18] = '-';
      write_hex(p + 19, b >> 48U, 4);
      p[23] = '-';
      write_hex(p + 24, b, 12);
      texts[k] = {p, kLength};
    }
  }
};

constexpr std::string_view kExamples[] = {"UUIDGenerator"};

}  // namespace

extern const GeneratorDeclaration kUuidGenerator{
    .name = "UUIDGenerator",
    .summary = "a random UUID (version 4)",
    .result = Type::String,
    .parameters = {},
    .examples = kExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return std::make_unique<RandomUuid>();
    },
};

}  // namespace mimus
