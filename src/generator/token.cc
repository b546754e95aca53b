// Tokens of random bytes: in hexadecimal digits, in base64 for URLs (RFC 4648, section 5, no padding), or as bytes.
#include <algorithm>

#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::int64_t kMostBytes = 1'000'000;
constexpr std::string_view kUrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The characters of `bytes` random bytes; the last one has fewer bits.
void append_url_token(std::string& out, Draws& draws, std::size_t bytes) {
  const std::size_t whole = bytes * 8 / 6;
  const std::size_t left = bytes * 8 % 6;
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < whole; ++k, bits >>= 6U) {
    if (draws.is_numbered() || k % 10 == 0) bits = draws.is_numbered() ? draws.below(64) : draws.next();
    out += kUrlAlphabet[bits & 63U];
  }
  if (left > 0) out += kUrlAlphabet[draws.below(std::uint64_t{1} << left) << (6 - left)];
}

class RandomBytes final : public Generator {
 public:
  explicit RandomBytes(std::size_t bytes) : bytes_(bytes) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::Dynamic, rows.count);
    out.values.resize(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      Draws draws(stream, rows[k]);
      Bytes token;
      std::uint64_t bits = 0;
      for (std::size_t i = 0; i < bytes_; ++i, bits >>= 8U) {
        if (i % 8 == 0) bits = draws.next();
        token.bytes += static_cast<char>(bits & 0xFFU);
      }
      out.values[k] = Value(std::move(token));
    }
  }

  // The first bytes are the number.
  [[nodiscard]] std::uint64_t domain() const override { return std::uint64_t{1} << 8 * numbered_bytes(); }
  void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const override {
    generate(rows, stream, out);
    for (std::size_t k = 0; k < rows.count; ++k) {
      Bytes token = *out.values[k].as_bytes();
      for (std::size_t i = 0; i < numbered_bytes(); ++i)
        token.bytes[i] = static_cast<char>(numbers[k] >> 8 * i & 0xFFU);
      out.values[k] = Value(std::move(token));
    }
  }

 private:
  [[nodiscard]] std::size_t numbered_bytes() const { return std::min<std::size_t>(bytes_, 7); }

  std::size_t bytes_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"token_type", ParameterType::String, "hex", "hex, urlsafe, bytes", "how the bytes are written"},
    {"entropy", ParameterType::Int, "32", "1 to 1,000,000 bytes", "how many bytes"},
};
constexpr std::string_view kExamples[] = {"TokenGenerator", "TokenGenerator(token_type='urlsafe', entropy=16)"};

}  // namespace

extern const GeneratorDeclaration kTokenGenerator{
    .name = "TokenGenerator",
    .summary = "a random token",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string type = lower_ascii(arguments.text("token_type"));
      const std::int64_t entropy = arguments.integer("entropy");
      if (entropy < 1 || entropy > kMostBytes) {
        return fail("generator.argument",
                    "entropy must be from 1 to " + std::to_string(kMostBytes) + ", but is " + std::to_string(entropy));
      }
      const auto bytes = static_cast<std::size_t>(entropy);
      if (type == "hex") {
        return make_text_of_form([bytes](Draws& draws, std::string& out) { append_hex(out, draws, 2 * bytes); }, true);
      }
      if (type == "urlsafe") {
        return make_text_of_form([bytes](Draws& draws, std::string& out) { append_url_token(out, draws, bytes); },
                                 true);
      }
      if (type == "bytes") return std::make_unique<RandomBytes>(bytes);
      return fail("generator.argument", "unsupported token type '" + type.substr(0, 40) + "'",
                  "allowed: hex, urlsafe, bytes");
    },
};

}  // namespace mimus
