// Numbers of bank accounts and banks: IBAN (ISO 13616), BIC (ISO 9362).
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check_digit.h"
#include "generator/identifiers.h"
#include "generator/text.h"

namespace mimus {
namespace {

struct IbanForm {
  std::string_view country, bban;
};
// The IBAN registry (SWIFT): n digits, a capitals, c digits and capitals.
constexpr IbanForm kForms[] = {
    {"AD", "8n12c"},   {"AE", "19n"},      {"AL", "8n16c"},    {"AT", "16n"},     {"AZ", "4a20c"},    {"BA", "16n"},
    {"BE", "12n"},     {"BG", "4a6n8c"},   {"BH", "4a14c"},    {"BR", "23n1a1c"}, {"CH", "5n12c"},    {"CR", "18n"},
    {"CY", "8n16c"},   {"CZ", "20n"},      {"DE", "18n"},      {"DK", "14n"},     {"DO", "4c20n"},    {"EE", "16n"},
    {"EG", "25n"},     {"ES", "20n"},      {"FI", "14n"},      {"FO", "14n"},     {"FR", "10n11c2n"}, {"GB", "4a14n"},
    {"GE", "2a16n"},   {"GI", "4a15c"},    {"GL", "14n"},      {"GR", "7n16c"},   {"GT", "4c20c"},    {"HR", "17n"},
    {"HU", "24n"},     {"IE", "4a14n"},    {"IL", "19n"},      {"IS", "22n"},     {"IT", "1a10n12c"}, {"JO", "4a4n18c"},
    {"KW", "4a22c"},   {"KZ", "3n13c"},    {"LB", "4n20c"},    {"LI", "5n12c"},   {"LT", "16n"},      {"LU", "3n13c"},
    {"LV", "4a13c"},   {"MC", "10n11c2n"}, {"MD", "2c18c"},    {"ME", "18n"},     {"MK", "3n10c2n"},  {"MR", "23n"},
    {"MT", "4a5n18c"}, {"NL", "4a10n"},    {"NO", "11n"},      {"PK", "4a16c"},   {"PL", "24n"},      {"PS", "4a21c"},
    {"PT", "21n"},     {"QA", "4a21c"},    {"RO", "4a16c"},    {"RS", "18n"},     {"SA", "2n18c"},    {"SE", "20n"},
    {"SI", "15n"},     {"SK", "20n"},      {"SM", "1a10n12c"}, {"TN", "20n"},     {"TR", "6n16c"},    {"UA", "6n19c"},
    {"VG", "4a16n"},   {"XK", "16n"}};

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Where put_checks() overwrites what was drawn.
bool is_check(std::string_view country, std::size_t place, std::size_t size) {
  constexpr std::string_view kLastTwo[] = {"BE", "PT", "SI", "BA", "ME", "RS", "MK", "XK", "FR", "MC"};
  if (std::ranges::find(kLastTwo, country) != std::end(kLastTwo)) return place + 2 >= size;
  if (country == "ES") return place == 8 || place == 9;
  if (country == "HR") return place == 6 || place + 1 == size;
  return (country == "FI" || country == "NO") && place + 1 == size;
}

// The same characters by the digits of a number: none is drawn that does not stay.
std::string filled_by_number(std::string_view form, Draws& draws, std::string_view country) {
  std::string kinds;
  std::size_t count = 0;
  for (const char c : form) {
    if (c >= '0' && c <= '9') {
      count = count * 10 + static_cast<std::size_t>(c - '0');
    } else {
      kinds.append(std::exchange(count, 0), c);
    }
  }
  std::string out;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (is_check(country, k, kinds.size())) {
      out += '0';
    } else if (kinds[k] == 'a') {
      append_letters(out, draws, 1);
    } else {
      append_from(out, draws, 1, kAlphanumeric.substr(0, kinds[k] == 'n' ? 10 : 36));
    }
  }
  return out;
}

// Random characters of a form.
std::string filled(std::string_view form, Draws& draws) {
  std::string out;
  std::size_t count = 0;
  for (const char c : form) {
    if (c >= '0' && c <= '9') {
      count = count * 10 + static_cast<std::size_t>(c - '0');
      continue;
    }
    if (c == 'n') append_digits(out, draws, count);
    if (c == 'a') append_letters(out, draws, count);
    if (c == 'c') append_from(out, draws, count, kAlphanumeric);
    count = 0;
  }
  return out;
}

void put_two(std::string& bban, int value) {
  bban[bban.size() - 2] = static_cast<char>('0' + value / 10);
  bban[bban.size() - 1] = static_cast<char>('0' + value % 10);
}

// The digit that a Spanish account number has for ten digits.
char spanish_digit(std::string_view ten) {
  constexpr int kWeights[] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
  const int check = 11 - weighted_sum(ten, kWeights) % 11;
  return check == 11 ? '0' : check == 10 ? '1' : static_cast<char>('0' + check);
}

// France and Monaco: the key over bank, branch and account, whose letters count 1 to 9 and again from 2.
int french_key(std::string_view bban) {
  int rest = 0;
  for (const char c : bban.substr(0, 21)) {
    const int letter = c - 'A';
    const int value = c <= '9' ? c - '0' : letter < 18 ? letter % 9 + 1 : letter - 16;
    rest = (rest * 10 + value) % 97;
  }
  return 97 - rest * 100 % 97;
}

bool put_checks(std::string& bban, std::string_view country) {
  const std::string_view text = bban;
  const std::string_view head = text.substr(0, text.size() - 2);
  if (country == "BE") {
    const int rest = modulo_97(head);
    put_two(bban, rest == 0 ? 97 : rest);
  } else if (country == "PT" || country == "SI" || country == "BA" || country == "ME" || country == "RS" ||
             country == "MK" || country == "XK") {
    put_two(bban, check_digits_97(head));
  } else if (country == "FR" || country == "MC") {
    put_two(bban, french_key(bban));
  } else if (country == "FI") {
    bban.back() = luhn_digit(text.substr(0, text.size() - 1));
  } else if (country == "NO") {
    constexpr int kWeights[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    const int check = (11 - weighted_sum(text, kWeights) % 11) % 11;
    if (check == 10) return false;
    bban.back() = static_cast<char>('0' + check);
  } else if (country == "ES") {
    bban[8] = spanish_digit("00" + std::string(text.substr(0, 8)));
    bban[9] = spanish_digit(text.substr(10));
  } else if (country == "HR") {
    bban[6] = mod_11_10_digit(text.substr(0, 6));
    bban.back() = mod_11_10_digit(text.substr(7, 9));
  }
  return true;
}

constexpr std::string_view kAnyCountry = "";

constexpr ParameterDeclaration kIbanParameters[] = {
    {"country", ParameterType::String, "", "two letters, as DE; 68 countries", "whose; otherwise that of any country",
     true},
    {"spaces", ParameterType::Bool, "False", "", "groups of four characters, as on paper"},
};
constexpr ParameterDeclaration kBicParameters[] = {
    {"country", ParameterType::String, "", "two letters, as DE", "whose; otherwise that of any country", true},
    {"length", ParameterType::Int, "11", "8, 11", "with or without the three characters of a branch"},
};
constexpr std::string_view kIbanExamples[] = {"IBANGenerator", "IBANGenerator(country='DE')",
                                              "IBANGenerator('FR', spaces=True)"};
constexpr std::string_view kBicExamples[] = {"BICGenerator", "BICGenerator(country='DE', length=8)"};

Result<std::string> country_of(const Arguments& arguments) {
  const std::string country = upper_ascii(arguments.text_or("country", kAnyCountry));
  if (country.empty() || !iban_form(country).empty()) return country;
  std::string all;
  for (const IbanForm& form : kForms) all += (all.empty() ? "" : ", ") + std::string(form.country);
  return fail("generator.argument", "country '" + country.substr(0, 40) + "' has no IBAN", "there are: " + all);
}

std::string_view some_country(Draws& draws) { return kForms[draws.below(std::size(kForms))].country; }

void append_shown_iban(std::string& out, Draws& draws, std::string_view country, bool spaces) {
  if (!spaces) return append_iban(out, draws, country);
  std::string iban;
  append_iban(iban, draws, country);
  for (std::size_t k = 0; k < iban.size(); k += 4) out.append(k > 0 ? " " : "").append(iban.substr(k, 4));
}

std::vector<NumberedForm> iban_forms(std::string_view country, bool spaces) {
  std::vector<NumberedForm> out;
  for (const IbanForm& form : kForms) {
    if (!country.empty() && form.country != country) continue;
    // Norway's check is 10 for one of ten numbers at most.
    out.push_back(
        {[&form, spaces](Draws& draws, std::string& text) { append_shown_iban(text, draws, form.country, spaces); },
         form.country == "NO" ? 9U : 10U});
  }
  return out;
}

}  // namespace

std::string_view iban_form(std::string_view country) {
  const auto* known = std::ranges::find(kForms, country, &IbanForm::country);
  return known == std::end(kForms) ? std::string_view() : known->bban;
}

std::vector<std::string_view> iban_countries() {
  std::vector<std::string_view> out;
  for (const IbanForm& form : kForms) out.push_back(form.country);
  return out;
}

void append_bban(std::string& out, Draws& draws, std::string_view country, std::string_view bank) {
  const std::string_view form = iban_form(country);
  // Italian numbers begin with a check letter.
  const std::size_t first = form.starts_with("1a") ? 1 : 0;
  std::string bban;
  do {
    bban = draws.is_numbered() ? filled_by_number(form, draws, country) : filled(form, draws);
    if (first + bank.size() <= bban.size()) std::ranges::copy(bank, bban.begin() + static_cast<std::ptrdiff_t>(first));
  } while (!put_checks(bban, country) && !draws.reject());
  out += bban;
}

void append_iban(std::string& out, Draws& draws, std::string_view country) {
  std::string bban;
  append_bban(bban, draws, country);
  out += country;
  append_padded(out, static_cast<std::uint64_t>(check_digits_97(bban + std::string(country))), 2);
  out += bban;
}

void append_bic(std::string& out, Draws& draws, std::string_view country, std::size_t length) {
  append_letters(out, draws, 4);
  out += country;
  append_from(out, draws, 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789");
  append_from(out, draws, 1, "ABCDEFGHIJKLMNPQRSTUVWXYZ123456789");
  if (length == 11) append_from(out, draws, 3, kAlphanumeric);
}

extern const GeneratorDeclaration kIbanGenerator{
    .name = "IBANGenerator",
    .summary = "the international number of a bank account, with its check digits",
    .result = Type::String,
    .parameters = kIbanParameters,
    .examples = kIbanExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(const std::string country, country_of(arguments));
      const bool spaces = arguments.boolean("spaces");
      return make_text_of_forms(
          [country, spaces](Draws& draws, std::string& out) {
            append_shown_iban(out, draws, country.empty() ? some_country(draws) : std::string_view(country), spaces);
          },
          [country, spaces] { return iban_forms(country, spaces); }, true);
    },
};

extern const GeneratorDeclaration kBicGenerator{
    .name = "BICGenerator",
    .summary = "the code of a bank (SWIFT)",
    .result = Type::String,
    .parameters = kBicParameters,
    .examples = kBicExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string country = upper_ascii(arguments.text_or("country", kAnyCountry));
      const std::int64_t length = arguments.integer("length");
      const bool letters = std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!country.empty() && (country.size() != 2 || !letters)) {
        return fail("generator.argument", "country must be two letters, but is '" + country.substr(0, 40) + "'");
      }
      if (length != 8 && length != 11) {
        return fail("generator.argument", "length must be 8 or 11, but is " + std::to_string(length));
      }
      return make_text_of_form(
          [country, length](Draws& draws, std::string& out) {
            const std::string_view own = country.empty() ? some_country(draws) : std::string_view(country);
            append_bic(out, draws, own, static_cast<std::size_t>(length));
          },
          true);
    },
};

}  // namespace mimus
