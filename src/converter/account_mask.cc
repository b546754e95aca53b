// Numbers of accounts and cards, replaced by a secret key: country, bank or network stay, and the check digits are
// right.
#include "base/check_digit.h"
#include "converter/scalar.h"
#include "converter/secret.h"

namespace mimus {
namespace {

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '-') out += c;
  }
  return out;
}

// As `compact`, with the blanks and hyphens where the text had them.
void append_spaced(std::string& out, std::string_view text, std::string_view compact) {
  std::size_t next = 0;
  for (const char c : text) out += c == ' ' || c == '-' ? c : compact[next++];
}

// Digits by digits and capitals by capitals, drawn from the key's digest of the whole text.
void replace(std::string& text, std::size_t from, std::string_view key, std::string_view whole) {
  KeyedDraws draws(key, whole);
  for (std::size_t k = from; k < text.size(); ++k) {
    if (text[k] >= '0' && text[k] <= '9') text[k] = static_cast<char>('0' + draws.below(10));
    if (text[k] >= 'A' && text[k] <= 'Z') text[k] = static_cast<char>('A' + draws.below(26));
  }
}

class IbanMask final : public TextConverter {
 public:
  IbanMask(std::string key, std::size_t keep) : TextConverter("IBANMask"), key_(std::move(key)), keep_(keep) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::string iban = without_blanks(text);
    bool valid = iban.size() > 8 && iban.size() <= 34;
    for (const char c : iban) valid = valid && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
    if (!valid || modulo_97(iban.substr(4) + iban.substr(0, 4)) != 1) {
      return refuse_value(name(), "an IBAN with its check digits", Value(std::string(text)));
    }
    const std::string whole = iban;
    replace(iban, 4 + keep_, key_, whole);
    const int check = check_digits_97(iban.substr(4) + iban.substr(0, 2));
    iban[2] = static_cast<char>('0' + check / 10);
    iban[3] = static_cast<char>('0' + check % 10);
    append_spaced(out, text, iban);
    return {};
  }

 private:
  std::string key_;
  std::size_t keep_;
};

class CardMask final : public TextConverter {
 public:
  CardMask(std::string key, std::size_t keep) : TextConverter("CardMask"), key_(std::move(key)), keep_(keep) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::string digits = without_blanks(text);
    const bool valid =
        digits.size() >= 12 && digits.size() <= 19 && digits.find_first_not_of("0123456789") == std::string::npos;
    if (!valid || luhn_digit(std::string_view(digits).substr(0, digits.size() - 1)) != digits.back()) {
      return refuse_value(name(), "the number of a card with its check digit", Value(std::string(text)));
    }
    const std::string whole = digits;
    digits.pop_back();
    replace(digits, keep_, key_, whole);
    digits += luhn_digit(digits);
    append_spaced(out, text, digits);
    return {};
  }

 private:
  std::string key_;
  std::size_t keep_;
};

constexpr ParameterDeclaration kIbanParameters[] = {
    {"key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true},
    {"keep", ParameterType::Int, "0", "0 to 30", "how many characters after the check digits stay: the bank"},
};
constexpr ParameterDeclaration kCardParameters[] = {
    {"key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true},
    {"keep", ParameterType::Int, "6", "0 to 11", "how many digits at the start stay: the network and the bank"},
};
constexpr ConverterExample kIbanExamples[] = {
    {"IBANMask(key='k', keep=8)", "'DE89 3704 0044 0532 0130 00'", "'DE66 3704 0044 7814 8997 08'"}};
constexpr ConverterExample kCardExamples[] = {{"CardMask(key='k')", "'4111 1111 1111 1111'", "'4111 1184 3508 2779'"}};

Result<std::size_t> keep_of(const Arguments& arguments, std::int64_t most) {
  const std::int64_t keep = arguments.integer("keep");
  if (keep >= 0 && keep <= most) return static_cast<std::size_t>(keep);
  return fail("converter.argument",
              "keep must be from 0 to " + std::to_string(most) + ", but is " + std::to_string(keep));
}

}  // namespace

extern const ConverterDeclaration kIbanMask{
    .name = "IBANMask",
    .summary = "another IBAN of the same country, with right check digits; the same for the same one",
    .takes = "text",
    .gives = "text",
    .parameters = kIbanParameters,
    .examples = kIbanExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string key, key_of(arguments.text("key")));
      MIMUS_ASSIGN(const std::size_t keep, keep_of(arguments, 30));
      return std::make_unique<IbanMask>(std::move(key), keep);
    },
};

extern const ConverterDeclaration kCardMask{
    .name = "CardMask",
    .summary = "another card of the same network, with a right check digit; the same for the same one",
    .takes = "text",
    .gives = "text",
    .parameters = kCardParameters,
    .examples = kCardExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string key, key_of(arguments.text("key")));
      MIMUS_ASSIGN(const std::size_t keep, keep_of(arguments, 11));
      return std::make_unique<CardMask>(std::move(key), keep);
    },
};

}  // namespace mimus
