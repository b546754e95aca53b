#include "generator/national_ids.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/check_digit.h"
#include "base/time.h"
#include "generator/locale.h"
#include "generator/text.h"

namespace mimus {
namespace {

struct Birth {
  Civil day;
  bool male = false;
};

constexpr std::int64_t kFirstBirth = -10'957;  // 1940-01-01
constexpr std::int64_t kLastBirth = 10'956;    // 1999-12-31

// Someone born from 1940 to 1999: those years need no signs for another century.
Birth born(Draws& draws) {
  return {civil_from({draws.between(kFirstBirth, kLastBirth) * kMicrosPerDay}), draws.below(2) == 0};
}

void append_day(std::string& out, const Civil& day, std::string_view order) {
  for (const char part : order) {
    if (part == 'Y') append_padded(out, static_cast<std::uint64_t>(day.year), 4);
    if (part == 'y') append_padded(out, static_cast<std::uint64_t>(day.year % 100), 2);
    if (part == 'm') append_padded(out, static_cast<std::uint64_t>(day.month), 2);
    if (part == 'd') append_padded(out, static_cast<std::uint64_t>(day.day), 2);
  }
}

// Odd for men, even for women.
char gender_digit(Draws& draws, bool male) { return static_cast<char>('0' + 2 * draws.below(5) + (male ? 1 : 0)); }

char mod_11_digit(int rest) { return rest < 2 ? '0' : static_cast<char>('0' + 11 - rest); }

std::string different_digits(Draws& draws, std::size_t count) {
  std::string pool = "0123456789";
  for (std::size_t k = 0; k < count; ++k) std::swap(pool[k], pool[k + draws.below(10 - k)]);
  return pool.substr(0, count);
}

constexpr int kCnpjWeights[] = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};

void append_base(std::string& out, Draws& draws) {
  append_digits(out, draws, 3);
  out += '-';
  append_digits(out, draws, 2);
  out += '-';
  append_digits(out, draws, 4);
}

// The gender does not show: by number, none is drawn.
Birth born_on_day(Draws& draws) {
  if (!draws.is_numbered()) return born(draws);
  return {.day = civil_from({draws.between(kFirstBirth, kLastBirth) * kMicrosPerDay})};
}

// Austria, Sozialversicherungsnummer: serial number, check digit, birthday. The check is never 10.
void append_austria(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {3, 7, 9, 0, 5, 8, 4, 2, 1, 6};
  const Birth birth = born_on_day(draws);
  for (std::uint64_t serial = draws.between(100, 999);; serial = serial == 999 ? 100 : serial + 1) {
    std::string digits;
    append_padded(digits, serial, 3);
    digits += '0';
    append_day(digits, birth.day, "dmy");
    const int check = weighted_sum(digits, kWeights) % 11;
    if (check == 10) {
      if (draws.reject()) return;
      continue;
    }
    digits[3] = static_cast<char>('0' + check);
    out += digits;
    return;
  }
}

// Switzerland, AHV number: an EAN-13 that begins with 756.
void append_switzerland(std::string& out, Draws& draws) {
  std::string digits = "756";
  append_digits(digits, draws, 9);
  digits += gs1_digit(digits);
  out += digits.substr(0, 3) + "." + digits.substr(3, 4) + "." + digits.substr(7, 4) + "." + digits.substr(11);
}

// Great Britain, national insurance number: letters that are given out, six digits, A to D.
void append_britain(std::string& out, Draws& draws) {
  append_from(out, draws, 1, "ABCEGHJKLMOPRSTWXYZ");
  append_from(out, draws, 1, "ABCEGHJKLMNPRSTWXYZ");
  append_mask(out, draws, " ## ## ## ");
  append_from(out, draws, 1, "ABCD");
}

// Canada, social insurance number: Luhn.
void append_canada(std::string& out, Draws& draws) {
  std::string digits(1, static_cast<char>('1' + draws.below(7)));
  append_digits(digits, draws, 7);
  digits += luhn_digit(digits);
  out += digits.substr(0, 3) + " " + digits.substr(3, 3) + " " + digits.substr(6);
}

// The day does not show: by number, months are drawn.
Birth born_in_month(Draws& draws) {
  if (!draws.is_numbered()) return born(draws);
  const auto month = static_cast<int>(draws.below(60 * 12));
  return {{.year = 1940 + month / 12, .month = 1 + month % 12, .day = 1}, draws.below(2) == 0};
}

// France, numéro d'inscription au répertoire: 13 digits and 97 minus their remainder by 97.
void append_france(std::string& out, Draws& draws) {
  const Birth birth = born_in_month(draws);
  std::string digits(1, birth.male ? '1' : '2');
  append_day(digits, birth.day, "ym");
  append_padded(digits, static_cast<std::uint64_t>(draws.between(1, 95)), 2);
  append_padded(digits, static_cast<std::uint64_t>(draws.between(1, 989)), 3);
  append_padded(digits, static_cast<std::uint64_t>(draws.between(1, 999)), 3);
  append_padded(digits, static_cast<std::uint64_t>(97 - modulo_97(digits)), 2);
  out += digits;
}

// Spain, documento nacional de identidad: eight digits and a letter.
void append_spain(std::string& out, Draws& draws) {
  const std::uint64_t number = draws.below(100'000'000);
  append_padded(out, number, 8);
  out += "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23];
}

// Italy, codice fiscale (decree of 23 December 1976): name, birth, a place, a check letter.
void append_italy(std::string& out, Draws& draws) {
  constexpr std::string_view kConsonants = "BCDFGLMNPRSTVZ";
  constexpr int kOdd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  const Birth birth = born(draws);
  std::string code;
  append_from(code, draws, 6, kConsonants);
  append_day(code, birth.day, "y");
  code += "ABCDEHLMPRST"[birth.day.month - 1];
  append_padded(code, static_cast<std::uint64_t>(birth.day.day + (birth.male ? 0 : 40)), 2);
  append_from(code, draws, 1, "ABCDEFGHIL");
  append_padded(code, static_cast<std::uint64_t>(draws.between(100, 999)), 3);
  int sum = 0;
  for (std::size_t k = 0; k < code.size(); ++k) {
    const int value = code[k] <= '9' ? code[k] - '0' : code[k] - 'A';
    sum += k % 2 == 0 ? kOdd[value] : value;
  }
  out += code + static_cast<char>('A' + sum % 26);
}

// The Netherlands, burgerservicenummer: weights 9 … 2 and -1, a multiple of 11.
void append_netherlands(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 8, 7, 6, 5, 4, 3, 2};
  for (std::uint64_t number = static_cast<std::uint64_t>(draws.between(10'000'000, 99'999'999));; ++number) {
    std::string digits;
    append_padded(digits, number % 100'000'000, 8);
    const int check = weighted_sum(digits, kWeights) % 11;
    if (check == 10) {
      if (draws.reject()) return;
      continue;
    }
    out += digits + static_cast<char>('0' + check);
    return;
  }
}

// Belgium, rijksregisternummer: birthday, serial number, 97 minus the remainder by 97.
void append_belgium(std::string& out, Draws& draws) {
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "ymd");
  append_padded(digits, static_cast<std::uint64_t>(2 * draws.between(1, 498) - (birth.male ? 1 : 0)), 3);
  append_padded(digits, static_cast<std::uint64_t>(97 - modulo_97(digits)), 2);
  out += digits;
}

// Poland, PESEL.
void append_poland(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "ymd");
  append_digits(digits, draws, 3);
  digits += gender_digit(draws, birth.male);
  out += digits + static_cast<char>('0' + (10 - weighted_sum(digits, kWeights) % 10) % 10);
}

// Sweden, personnummer: Luhn over ten digits.
void append_sweden(std::string& out, Draws& draws) {
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "ymd");
  append_digits(digits, draws, 2);
  digits += gender_digit(draws, birth.male);
  digits += luhn_digit(digits);
  out += digits.substr(0, 6) + "-" + digits.substr(6);
}

// Norway, fødselsnummer: two check digits modulo 11.
void append_norway(std::string& out, Draws& draws) {
  constexpr int kFirst[] = {3, 7, 6, 1, 8, 9, 4, 5, 2};
  constexpr int kSecond[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  const Birth birth = born(draws);
  for (std::uint64_t serial = static_cast<std::uint64_t>(draws.between(0, 249));; serial = (serial + 1) % 250) {
    std::string digits;
    append_day(digits, birth.day, "dmy");
    append_padded(digits, 2 * serial + (birth.male ? 1 : 0), 3);
    const int first = (11 - weighted_sum(digits, kFirst) % 11) % 11;
    digits += static_cast<char>('0' + first);
    const int second = (11 - weighted_sum(digits, kSecond) % 11) % 11;
    if (first == 10 || second == 10) {
      if (draws.reject()) return;
      continue;
    }
    out += digits + static_cast<char>('0' + second);
    return;
  }
}

// Finland, henkilötunnus: birthday, century, serial number, a check character modulo 31.
void append_finland(std::string& out, Draws& draws) {
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "dmy");
  append_padded(digits, static_cast<std::uint64_t>(2 * draws.between(1, 449) + (birth.male ? 1 : 0)), 3);
  const std::uint64_t number = std::stoull(digits);
  out += digits.substr(0, 6) + "-" + digits.substr(6) + "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31];
}

// Denmark, CPR number; since 2007 without a check digit.
void append_denmark(std::string& out, Draws& draws) {
  const Birth birth = born(draws);
  append_day(out, birth.day, "dmy");
  out += '-';
  append_from(out, draws, 1, "0123");
  append_digits(out, draws, 2);
  out += gender_digit(draws, birth.male);
}

// Czechia and Slovakia, rodné číslo: ten digits, a multiple of 11; 50 more months for women. Serial numbers whose check
// would be 10 are left out, as they are since 1985.
void append_czechia(std::string& out, Draws& draws) {
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "y");
  append_padded(digits, static_cast<std::uint64_t>(birth.day.month + (birth.male ? 0 : 50)), 2);
  append_day(digits, birth.day, "d");
  std::uint64_t serial = draws.below(1000);
  const std::uint64_t day = std::stoull(digits) * 1000;
  while ((day + serial) % 11 == 10) {
    if (draws.reject()) return;
    serial = (serial + 1) % 1000;
  }
  append_padded(digits, serial, 3);
  digits += static_cast<char>('0' + (day + serial) % 11);
  out += digits.substr(0, 6) + "/" + digits.substr(6);
}

// Croatia, osobni identifikacijski broj: ISO 7064, MOD 11,10.
void append_croatia(std::string& out, Draws& draws) {
  std::string digits;
  append_digits(digits, draws, 10);
  out += digits + mod_11_10_digit(digits);
}

// Romania, cod numeric personal.
void append_romania(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9};
  const Birth birth = born(draws);
  std::string digits(1, birth.male ? '1' : '2');
  append_day(digits, birth.day, "ymd");
  append_padded(digits, static_cast<std::uint64_t>(draws.between(1, 46)), 2);
  append_padded(digits, static_cast<std::uint64_t>(draws.between(1, 999)), 3);
  const int rest = weighted_sum(digits, kWeights) % 11;
  out += digits + (rest == 10 ? '1' : static_cast<char>('0' + rest));
}

// Bulgaria, единен граждански номер.
void append_bulgaria(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {2, 4, 8, 5, 10, 9, 7, 3, 6};
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "ymd");
  append_digits(digits, draws, 2);
  digits += static_cast<char>('0' + 2 * draws.below(5) + (birth.male ? 0 : 1));
  out += digits + static_cast<char>('0' + weighted_sum(digits, kWeights) % 11 % 10);
}

// Portugal, número de identificação fiscal of a person.
void append_portugal(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 8, 7, 6, 5, 4, 3, 2};
  std::string digits;
  append_from(digits, draws, 1, "123");
  append_digits(digits, draws, 7);
  out += digits + mod_11_digit(weighted_sum(digits, kWeights) % 11);
}

// Estonia and Lithuania: two rows of weights.
void append_baltic(std::string& out, Draws& draws) {
  constexpr int kFirst[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1};
  constexpr int kSecond[] = {3, 4, 5, 6, 7, 8, 9, 1, 2, 3};
  const Birth birth = born(draws);
  std::string digits(1, birth.male ? '3' : '4');
  append_day(digits, birth.day, "ymd");
  append_digits(digits, draws, 3);
  int check = weighted_sum(digits, kFirst) % 11;
  if (check == 10) check = weighted_sum(digits, kSecond) % 11 % 10;
  out += digits + static_cast<char>('0' + check);
}

// Türkiye, T.C. kimlik numarası.
void append_turkiye(std::string& out, Draws& draws) {
  std::string digits(1, static_cast<char>('1' + draws.below(9)));
  append_digits(digits, draws, 8);
  constexpr int kOdd[] = {7, -1, 7, -1, 7, -1, 7, -1, 7};
  digits += static_cast<char>('0' + (weighted_sum(digits, kOdd) % 10 + 10) % 10);
  constexpr int kAll[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  out += digits + static_cast<char>('0' + weighted_sum(digits, kAll) % 10);
}

// China, GB 11643-1999: ISO 7064, MOD 11-2.
void append_china(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::array<std::string_view, 6> kPlaces{"110101", "310101", "440103", "510104", "320102", "330102"};
  const Birth birth = born(draws);
  std::string digits(kPlaces[draws.below(kPlaces.size())]);
  append_day(digits, birth.day, "Ymd");
  append_digits(digits, draws, 2);
  digits += gender_digit(draws, birth.male);
  out += digits + "10X98765432"[weighted_sum(digits, kWeights) % 11];
}

// India, Aadhaar: twelve digits by Verhoeff, the first from 2.
void append_india(std::string& out, Draws& draws) {
  std::string digits(1, static_cast<char>('2' + draws.below(8)));
  append_digits(digits, draws, 10);
  digits += verhoeff_digit(digits);
  out += digits.substr(0, 4) + " " + digits.substr(4, 4) + " " + digits.substr(8);
}

// Israel: nine digits, Luhn.
void append_israel(std::string& out, Draws& draws) {
  std::string digits;
  append_digits(digits, draws, 8);
  out += digits + luhn_digit(digits);
}

// South Korea, resident registration number (before 2020).
void append_korea(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
  const Birth birth = born(draws);
  std::string digits;
  append_day(digits, birth.day, "ymd");
  digits += birth.male ? '1' : '2';
  append_padded(digits, draws.below(97), 2);  // the place
  append_digits(digits, draws, 3);
  digits += static_cast<char>('0' + (11 - weighted_sum(digits, kWeights) % 11) % 10);
  out += digits.substr(0, 6) + "-" + digits.substr(6);
}

// Russia, СНИЛС.
void append_russia(std::string& out, Draws& draws) {
  constexpr int kWeights[] = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  std::string digits(1, static_cast<char>('1' + draws.below(9)));
  append_digits(digits, draws, 8);
  const int check = weighted_sum(digits, kWeights) % 101 % 100;
  append_padded(digits, static_cast<std::uint64_t>(check), 2);
  out += digits.substr(0, 3) + "-" + digits.substr(3, 3) + "-" + digits.substr(6, 3) + " " + digits.substr(9);
}

struct Country {
  std::string_view code;
  WriteId write;
  unsigned kept = 10;  // of ten numbers, by their last draw (NumberedForm)
};
constexpr Country kCountries[] = {
    {"AT", append_austria, 9}, {"BE", append_belgium},
    {"BG", append_bulgaria},   {"CH", append_switzerland},
    {"CA", append_canada},     {"CN", append_china},
    {"CZ", append_czechia, 9}, {"DK", append_denmark},
    {"EE", append_baltic},     {"ES", append_spain},
    {"FI", append_finland},    {"FR", append_france},
    {"GB", append_britain},    {"HR", append_croatia},
    {"IL", append_israel},     {"IN", append_india},
    {"IT", append_italy},      {"KR", append_korea},
    {"LT", append_baltic},     {"NL", append_netherlands, 9},
    {"NO", append_norway, 6},  {"PL", append_poland},
    {"PT", append_portugal},   {"RO", append_romania},
    {"RU", append_russia},     {"SE", append_sweden},
    {"SK", append_czechia, 9}, {"TR", append_turkiye},
    {"US", append_us_ssn},     {"BR", [](std::string& out, Draws& draws) { append_cpf(out, draws, false); }},
};

}  // namespace

void append_cpf(std::string& out, Draws& draws, bool formatted) {
  constexpr int kWeights[] = {11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
  std::string digits = different_digits(draws, 9);
  digits += mod_11_digit(weighted_sum(digits, std::span(kWeights).subspan(1)) % 11);
  digits += mod_11_digit(weighted_sum(digits, kWeights) % 11);
  if (!formatted) {
    out += digits;
    return;
  }
  out += digits.substr(0, 3) + "." + digits.substr(3, 3) + "." + digits.substr(6, 3) + "-" + digits.substr(9);
}

void append_cnpj(std::string& out, Draws& draws, bool formatted) {
  std::string digits = different_digits(draws, 8) + "0001";
  digits += mod_11_digit(weighted_sum(digits, std::span(kCnpjWeights).subspan(1)) % 11);
  digits += mod_11_digit(weighted_sum(digits, kCnpjWeights) % 11);
  if (!formatted) {
    out += digits;
    return;
  }
  out += digits.substr(0, 2) + "." + digits.substr(2, 3) + "." + digits.substr(5, 3) + "/" + digits.substr(8, 4) + "-" +
         digits.substr(12);
}

void append_us_ssn(std::string& out, Draws& draws) {
  // 666 is not given out.
  std::uint64_t area = 1 + draws.below(draws.is_numbered() ? 898 : 899);
  if (draws.is_numbered() ? area >= 666 : area == 666) ++area;
  append_padded(out, area, 3);
  out += '-';
  append_padded(out, 1 + draws.below(99), 2);
  out += '-';
  append_padded(out, 1 + draws.below(9999), 4);
}

PersonId person_id_of(std::string_view locale) {
  const std::string country = country_of_locale(locale);
  const auto* known = std::ranges::find(kCountries, country, &Country::code);
  return known == std::end(kCountries) ? PersonId{append_base} : PersonId{known->write, known->kept};
}

}  // namespace mimus
