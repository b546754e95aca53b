// Keyed pseudonyms: the same text gets the same one everywhere, and nobody without the key can tell which
// (HMAC-SHA-256).
#include "base/hash.h"
#include "converter/scalar.h"
#include "converter/secret.h"

namespace mimus {
namespace {

class Pseudonym final : public TextConverter {
 public:
  Pseudonym(std::string key, std::string prefix, std::size_t length)
      : TextConverter("Pseudonym"), key_(std::move(key)), prefix_(std::move(prefix)), length_(length) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    out += prefix_;
    out += hex(mac_of(key_, text)).substr(0, length_);
    return {};
  }

 private:
  std::string key_, prefix_;
  std::size_t length_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true},
    {"prefix", ParameterType::String, "", "", "what stands first", true},
    {"length", ParameterType::Int, "16", "8 to 64", "number of hexadecimal digits"},
};
constexpr ConverterExample kExamples[] = {
    {"Pseudonym(key='hex:0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b', prefix='P-', length=12)", "'Ada'", "'P-c50d758fab3c'"}};

}  // namespace

extern const ConverterDeclaration kPseudonym{
    .name = "Pseudonym",
    .summary = "a pseudonym of the text by a secret key: the same for the same text",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string key, key_of(arguments.text("key")));
      const std::int64_t length = arguments.integer("length");
      if (length < 8 || length > 64) {
        return fail("converter.argument", "length must be from 8 to 64, but is " + std::to_string(length));
      }
      return std::make_unique<Pseudonym>(std::move(key), arguments.text_or("prefix", ""),
                                         static_cast<std::size_t>(length));
    },
};

}  // namespace mimus
