// Value-added-tax and tax numbers of companies, with the check digits that the member states publish (European
// Commission, "VIES: VAT number structures"), and of some others.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/check_digit.h"
#include "generator/national_ids.h"
#include "generator/text.h"

namespace mimus {
namespace {

// Appends the number without the country's code; false: what was drawn has no check digit.
using Write = bool (*)(std::string& out, Draws& draws);

std::string digits_of(Draws& draws, std::size_t count, char first_least = '0') {
  std::string out(1, static_cast<char>(first_least + static_cast<int>(draws.below(
                                                         static_cast<std::uint64_t>('9' - first_least + 1)))));
  append_digits(out, draws, count - 1);
  return out;
}

char digit_text(int value) { return static_cast<char>('0' + value); }

// Weights, modulo 11; 10 is not given out.
bool append_mod_11(std::string& out, const std::string& digits, std::span<const int> weights) {
  const int check = weighted_sum(digits, weights) % 11;
  if (check == 10) return false;
  out += digits + digit_text(check);
  return true;
}
// The same, with 11 minus the remainder.
bool append_from_11(std::string& out, const std::string& digits, std::span<const int> weights, bool ten_is_zero) {
  int check = 11 - weighted_sum(digits, weights) % 11;
  if (check == 11) check = 0;
  if (check == 10) {
    if (!ten_is_zero) return false;
    check = 0;
  }
  out += digits + digit_text(check);
  return true;
}

bool austria(std::string& out, Draws& draws) {
  constexpr std::array<int, 7> kWeights{1, 2, 1, 2, 1, 2, 1};
  const std::string digits = digits_of(draws, 7);
  int sum = 4;
  for (std::size_t k = 0; k < 7; ++k) {
    const int product = (digits[k] - '0') * kWeights[k];
    sum += product / 10 + product % 10;
  }
  out += "U" + digits + digit_text((10 - sum % 10) % 10);
  return true;
}
bool belgium(std::string& out, Draws& draws) {
  const std::string digits = "0" + digits_of(draws, 7, '2');
  out += digits;
  append_padded(out, static_cast<std::uint64_t>(97 - modulo_97(digits)), 2);
  return true;
}
bool bulgaria(std::string& out, Draws& draws) {
  constexpr int kFirst[] = {1, 2, 3, 4, 5, 6, 7, 8};
  constexpr int kSecond[] = {3, 4, 5, 6, 7, 8, 9, 10};
  const std::string digits = digits_of(draws, 8);
  int check = weighted_sum(digits, kFirst) % 11;
  if (check == 10) check = weighted_sum(digits, kSecond) % 11 % 10;
  out += digits + digit_text(check);
  return true;
}
bool cyprus(std::string& out, Draws& draws) {
  constexpr int kOdd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  std::string digits = "1";
  append_digits(digits, draws, 7);
  if (digits[1] == '2') return false;  // numbers from 12 on are not given out
  int sum = 0;
  for (std::size_t k = 0; k < 8; ++k) sum += k % 2 == 0 ? kOdd[digits[k] - '0'] : digits[k] - '0';
  out += digits + static_cast<char>('A' + sum % 26);
  return true;
}
bool czechia(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2};
  const std::string digits = std::string(1, digit_text(static_cast<int>(draws.below(9)))) + digits_of(draws, 6);
  const int rest = 11 - weighted_sum(digits, kWeights) % 11;
  out += digits + digit_text(rest == 10 ? 0 : rest == 11 ? 1 : rest);
  return true;
}
bool germany(std::string& out, Draws& draws) {
  const std::string digits = digits_of(draws, 8, '1');
  out += digits + mod_11_10_digit(digits);
  return true;
}
bool denmark(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {2, 7, 6, 5, 4, 3, 2};
  return append_from_11(out, digits_of(draws, 7, '1'), kWeights, false);
}
bool estonia(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {3, 7, 1, 3, 7, 1, 3, 7};
  const std::string digits = "10" + digits_of(draws, 6);
  out += digits + digit_text((10 - weighted_sum(digits, kWeights) % 10) % 10);
  return true;
}
bool greece(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {256, 128, 64, 32, 16, 8, 4, 2};
  const std::string digits = digits_of(draws, 8);
  out += digits + digit_text(weighted_sum(digits, kWeights) % 11 % 10);
  return true;
}
bool spain(std::string& out, Draws& draws) {
  std::string number;
  append_from(number, draws, 1, "ABEH");  // companies whose check is a digit
  const std::string digits = digits_of(draws, 7);
  out += number + digits + luhn_digit(digits);
  return true;
}
bool finland(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2};
  return append_from_11(out, digits_of(draws, 7), kWeights, false);
}
bool france(std::string& out, Draws& draws) {
  std::string siren = digits_of(draws, 8);
  siren += luhn_digit(siren);
  append_padded(out, static_cast<std::uint64_t>((12 + 3 * modulo_97(siren)) % 97), 2);
  out += siren;
  return true;
}
bool britain(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2};
  const std::string digits = digits_of(draws, 7, '1');
  out += digits;
  append_padded(out, static_cast<std::uint64_t>(97 - weighted_sum(digits, kWeights) % 97), 2);
  return true;
}
bool croatia(std::string& out, Draws& draws) {
  const std::string digits = digits_of(draws, 10);
  out += digits + mod_11_10_digit(digits);
  return true;
}
bool hungary(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 7, 3, 1, 9, 7, 3};
  const std::string digits = digits_of(draws, 7, '1');
  out += digits + digit_text((10 - weighted_sum(digits, kWeights) % 10) % 10);
  return true;
}
bool ireland(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2};
  const std::string digits = digits_of(draws, 7);
  out += digits + "WABCDEFGHIJKLMNOPQRSTUV"[weighted_sum(digits, kWeights) % 23];
  return true;
}
bool italy(std::string& out, Draws& draws) {
  std::string digits = digits_of(draws, 7);
  append_padded(digits, 1 + draws.below(100), 3);
  out += digits + luhn_digit(digits);
  return true;
}
bool lithuania(std::string& out, Draws& draws) {
  constexpr int kFirst[] = {1, 2, 3, 4, 5, 6, 7, 8};
  constexpr int kSecond[] = {3, 4, 5, 6, 7, 8, 9, 1};
  const std::string digits = digits_of(draws, 7) + "1";
  int check = weighted_sum(digits, kFirst) % 11;
  if (check == 10) check = weighted_sum(digits, kSecond) % 11 % 10;
  out += digits + digit_text(check);
  return true;
}
bool luxembourg(std::string& out, Draws& draws) {
  const std::string digits = digits_of(draws, 6, '1');
  out += digits;
  append_padded(out, std::stoull(digits) % 89, 2);
  return true;
}
bool latvia(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 1, 4, 8, 3, 10, 2, 5, 7, 6};
  const std::string digits = digits_of(draws, 10, '4');
  const int rest = 3 - weighted_sum(digits, kWeights) % 11;
  if (rest == -1) return false;
  out += digits + digit_text(rest < -1 ? rest + 11 : rest);
  return true;
}
bool malta(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {3, 4, 6, 7, 8, 9};
  const std::string digits = digits_of(draws, 6, '1');
  out += digits;
  append_padded(out, static_cast<std::uint64_t>(37 - weighted_sum(digits, kWeights) % 37), 2);
  return true;
}
bool netherlands(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 8, 7, 6, 5, 4, 3, 2};
  if (!append_mod_11(out, digits_of(draws, 8), kWeights)) return false;
  out += "B01";
  return true;
}
bool poland(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
  return append_mod_11(out, digits_of(draws, 9, '1'), kWeights);
}
bool portugal(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 8, 7, 6, 5, 4, 3, 2};
  return append_from_11(out, "5" + digits_of(draws, 7), kWeights, true);
}
bool romania(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {7, 5, 3, 2, 1, 7, 5, 3, 2};
  const std::string digits = digits_of(draws, 9, '1');
  out += digits + digit_text(weighted_sum(digits, kWeights) * 10 % 11 % 10);
  return true;
}
bool sweden(std::string& out, Draws& draws) {
  const std::string digits = digits_of(draws, 9, '1');
  out += digits + luhn_digit(digits) + "01";
  return true;
}
bool slovenia(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2};
  const std::string digits = digits_of(draws, 7, '1');
  const int check = 11 - weighted_sum(digits, kWeights) % 11;
  if (check == 11) return false;
  out += digits + digit_text(check % 10);
  return true;
}
bool slovakia(std::string& out, Draws& draws) {
  // Ten digits, a multiple of 11; the third is 2, 3, 4, 7, 8 or 9.
  std::string digits = digits_of(draws, 2, '1');
  append_from(digits, draws, 1, "234789");
  append_digits(digits, draws, 6);
  const std::uint64_t rest = std::stoull(digits) * 10 % 11;
  if (rest == 1) return false;
  out += digits + digit_text(static_cast<int>((11 - rest) % 11));
  return true;
}
bool switzerland(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {5, 4, 3, 2, 7, 6, 5, 4};
  std::string number;
  if (!append_from_11(number, digits_of(draws, 8, '1'), kWeights, false)) return false;
  out += "E-" + number.substr(0, 3) + "." + number.substr(3, 3) + "." + number.substr(6) + " MWST";
  return true;
}
bool norway(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {3, 2, 7, 6, 5, 4, 3, 2};
  if (!append_from_11(out, digits_of(draws, 8, '8'), kWeights, false)) return false;
  out += " MVA";
  return true;
}
bool brazil(std::string& out, Draws& draws) {
  append_cnpj(out, draws, true);
  return true;
}
bool australia(std::string& out, Draws& draws) {
  // ABN: the first two digits make the weighted sum, of one less in front, a multiple of 89.
  constexpr int kWeights[] = {3, 5, 7, 9, 11, 13, 15, 17, 19};
  const std::string digits = digits_of(draws, 9);
  append_padded(out, static_cast<std::uint64_t>(11 + 88 - weighted_sum(digits, kWeights) % 89), 2);
  out += digits;
  return true;
}
bool united_states(std::string& out, Draws& draws) {
  constexpr std::array<std::string_view, 12> kPrefixes{"10", "12", "20", "26", "27", "35",
                                                       "45", "46", "47", "81", "82", "83"};
  out += kPrefixes[draws.below(kPrefixes.size())];
  out += '-';
  append_digits(out, draws, 7);
  return true;
}

struct Country {
  std::string_view code, prefix;
  Write write;
  unsigned kept = 10;  // of ten numbers, by their last draw (NumberedForm)
};
constexpr Country kCountries[] = {
    {"AT", "AT", austria},        {"AU", "", australia},        {"BE", "BE", belgium},     {"BG", "BG", bulgaria},
    {"BR", "", brazil},           {"CH", "CH", switzerland, 9}, {"CY", "CY", cyprus, 9},   {"CZ", "CZ", czechia},
    {"DE", "DE", germany},        {"DK", "DK", denmark, 9},     {"EE", "EE", estonia},     {"ES", "ES", spain},
    {"FI", "FI", finland, 9},     {"FR", "FR", france},         {"GB", "GB", britain},     {"GR", "EL", greece},
    {"HR", "HR", croatia},        {"HU", "HU", hungary},        {"IE", "IE", ireland},     {"IT", "IT", italy},
    {"LT", "LT", lithuania},      {"LU", "LU", luxembourg},     {"LV", "LV", latvia, 9},   {"MT", "MT", malta},
    {"NL", "NL", netherlands, 9}, {"NO", "NO", norway, 9},      {"PL", "PL", poland, 9},   {"PT", "PT", portugal},
    {"RO", "RO", romania},        {"SE", "SE", sweden},         {"SI", "SI", slovenia, 9}, {"SK", "SK", slovakia, 9},
    {"US", "", united_states}};

void append_vat(std::string& out, Draws& draws, const Country& country) {
  std::string number;
  while (!country.write(number, draws)) {
    if (draws.reject()) return;
    number.clear();
  }
  out.append(country.prefix).append(number);
}

std::vector<NumberedForm> vat_forms(const Country* only) {
  std::vector<NumberedForm> out;
  for (const Country& country : kCountries) {
    if (only != nullptr && &country != only) continue;
    out.push_back({[&country](Draws& draws, std::string& text) { append_vat(text, draws, country); }, country.kept});
  }
  return out;
}

constexpr ParameterDeclaration kParameters[] = {
    {"country", ParameterType::String, "", "two letters, as DE; 33 countries", "whose; otherwise that of any country",
     true},
};
constexpr std::string_view kExamples[] = {"VATNumberGenerator", "VATNumberGenerator(country='DE')",
                                          "VATNumberGenerator('FR')"};

}  // namespace

extern const GeneratorDeclaration kVatNumberGenerator{
    .name = "VATNumberGenerator",
    .summary = "the tax number of a company, with its check digits",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string code = upper_ascii(arguments.text_or("country", ""));
      const auto* known = std::ranges::find(kCountries, code == "EL" ? "GR" : std::string_view(code), &Country::code);
      if (!code.empty() && known == std::end(kCountries)) {
        std::string all;
        for (const Country& country : kCountries) all += (all.empty() ? "" : ", ") + std::string(country.code);
        return fail("generator.argument", "no tax numbers of country '" + code.substr(0, 40) + "'",
                    "there are: " + all);
      }
      const Country* only = code.empty() ? nullptr : known;
      return make_text_of_forms(
          [country = only](Draws& draws, std::string& out) {
            append_vat(out, draws, country == nullptr ? kCountries[draws.below(std::size(kCountries))] : *country);
          },
          [only] { return vat_forms(only); });
    },
};

}  // namespace mimus
