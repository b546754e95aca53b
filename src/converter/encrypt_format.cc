// Format-preserving encryption (FF1): characters of an alphabet become others of it; all others stay where they are.
// The same key gives the same text, and FormatDecrypt the one before.
#include <algorithm>

#include "base/text.h"
#include "converter/ff1.h"
#include "converter/scalar.h"
#include "converter/secret.h"

namespace mimus {
namespace {

constexpr std::string_view kDigits = "0123456789";

class FormatEncrypt final : public TextConverter {
 public:
  FormatEncrypt(std::string_view name, Ff1 cipher, std::string alphabet, bool forward)
      : TextConverter(name, true), cipher_(std::move(cipher)), alphabet_(std::move(alphabet)), forward_(forward) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::vector<std::uint16_t> numerals;
    for (const char c : text) {
      if (const auto at = alphabet_.find(c); at != std::string::npos) {
        numerals.push_back(static_cast<std::uint16_t>(at));
      }
    }
    if (!cipher_.takes_length(numerals.size())) {
      return refuse_value(name(), "a text whose characters of the alphabet could be a million texts, and not over 256",
                          Value(std::string(text)));
    }
    MIMUS_TRY(forward_ ? cipher_.encrypt(numerals) : cipher_.decrypt(numerals));
    std::size_t next = 0;
    for (const char c : text) out += alphabet_.contains(c) ? alphabet_[numerals[next++]] : c;
    return {};
  }

 private:
  Ff1 cipher_;
  std::string alphabet_;
  bool forward_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true},
    {"tweak", ParameterType::String, "", "at most 256 bytes", "other texts for other uses of the key", true},
    {"alphabet", ParameterType::String, "0123456789", "2 or more different characters of ASCII",
     "the characters that are encrypted"},
};
constexpr ConverterExample kEncryptExamples[] = {
    {"FormatEncrypt(key='hex:2B7E151628AED2A6ABF7158809CF4F3C')", "'0123-456789'", "'2433-477484'"}};
constexpr ConverterExample kDecryptExamples[] = {
    {"FormatDecrypt(key='hex:2B7E151628AED2A6ABF7158809CF4F3C')", "'2433-477484'", "'0123-456789'"}};

Result<std::unique_ptr<Converter>> make(std::string_view name, const Arguments& arguments, bool forward) {
  std::string alphabet = arguments.text("alphabet");
  std::string sorted = alphabet;
  std::ranges::sort(sorted);
  const bool ascii = std::ranges::all_of(alphabet, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (alphabet.size() < 2 || !ascii || std::ranges::adjacent_find(sorted) != sorted.end()) {
    std::string shown;
    append_repr(shown, std::string_view(alphabet).substr(0, 80));
    return fail("converter.argument", "alphabet must be 2 or more different characters of ASCII, but is " + shown);
  }
  MIMUS_ASSIGN(std::string key, key_of(arguments.text("key")));
  MIMUS_ASSIGN(Ff1 cipher,
               Ff1::make(std::move(key), arguments.text_or("tweak", ""), static_cast<std::uint32_t>(alphabet.size())));
  return std::make_unique<FormatEncrypt>(name, std::move(cipher), std::move(alphabet), forward);
}
static_assert(kParameters[2].fallback == kDigits);

}  // namespace

extern const ConverterDeclaration kFormatEncrypt{
    .name = "FormatEncrypt",
    .summary = "the text with its digits encrypted, in the same form (FF1, NIST SP 800-38G)",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kEncryptExamples,
    .make = [](const Arguments& arguments,
               const ConverterEnvironment&) { return make("FormatEncrypt", arguments, true); },
};

extern const ConverterDeclaration kFormatDecrypt{
    .name = "FormatDecrypt",
    .summary = "the text before FormatEncrypt",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kDecryptExamples,
    .make = [](const Arguments& arguments,
               const ConverterEnvironment&) { return make("FormatDecrypt", arguments, false); },
};

}  // namespace mimus
