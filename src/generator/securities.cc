// Identifiers of securities and companies: ISIN (ISO 6166), LEI (ISO 17442).
#include <array>

#include "base/check_digit.h"
#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Luhn over the digits of the text, letters as 10 … 35.
char isin_digit(std::string_view text) {
  std::string digits;
  for (const char c : text) digits += c <= '9' ? std::string(1, c) : std::to_string(c - 'A' + 10);
  return luhn_digit(digits);
}

constexpr ParameterDeclaration kIsinParameters[] = {
    {"country", ParameterType::String, "", "two letters, as DE", "whose; otherwise that of one of ten countries", true},
};
constexpr std::string_view kIsinExamples[] = {"ISINGenerator", "ISINGenerator(country='DE')"};
constexpr std::string_view kLeiExamples[] = {"LEIGenerator"};

}  // namespace

extern const GeneratorDeclaration kIsinGenerator{
    .name = "ISINGenerator",
    .summary = "the number of a security, with its check digit",
    .result = Type::String,
    .parameters = kIsinParameters,
    .examples = kIsinExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string country = upper_ascii(arguments.text_or("country", ""));
      if (!country.empty() &&
          (country.size() != 2 || country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z')) {
        return fail("generator.argument", "country must be two letters, but is '" + country.substr(0, 40) + "'");
      }
      return make_text_of_form(
          [country](Draws& draws, std::string& out) {
            constexpr std::array<std::string_view, 10> kCountries{"US", "DE", "GB", "FR", "JP",
                                                                  "CH", "NL", "CA", "IT", "ES"};
            std::string text = country.empty() ? std::string(kCountries[draws.below(kCountries.size())]) : country;
            append_from(text, draws, 9, kAlphanumeric);
            out += text + isin_digit(text);
          },
          true);
    },
};

extern const GeneratorDeclaration kLeiGenerator{
    .name = "LEIGenerator",
    .summary = "the identifier of a company on financial markets, with its check digits",
    .result = Type::String,
    .parameters = {},
    .examples = kLeiExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form(
          [](Draws& draws, std::string& out) {
            std::string text;
            append_digits(text, draws, 4);
            text += "00";
            append_from(text, draws, 12, kAlphanumeric);
            out += text;
            append_padded(out, static_cast<std::uint64_t>(check_digits_97(text)), 2);
          },
          true);
    },
};

}  // namespace mimus
