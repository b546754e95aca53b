#include "generator/locale.h"

#include <algorithm>
#include <iterator>

#include "generator/text.h"

namespace mimus {
namespace {

struct Language {
  std::string_view name, country;
};
constexpr Language kLanguages[] = {
    {"ar", "AA"}, {"az", "AZ"}, {"bg", "BG"}, {"bn", "BD"}, {"bs", "BA"}, {"cs", "CZ"}, {"da", "DK"},  {"de", "DE"},
    {"el", "GR"}, {"en", "US"}, {"es", "ES"}, {"et", "EE"}, {"fa", "IR"}, {"fi", "FI"}, {"fil", "PH"}, {"fr", "FR"},
    {"ga", "IE"}, {"he", "IL"}, {"hi", "IN"}, {"hr", "HR"}, {"hu", "HU"}, {"hy", "AM"}, {"id", "ID"},  {"it", "IT"},
    {"ja", "JP"}, {"ka", "GE"}, {"ko", "KR"}, {"lb", "LU"}, {"lt", "LT"}, {"lv", "LV"}, {"mt", "MT"},  {"nl", "NL"},
    {"no", "NO"}, {"pl", "PL"}, {"pt", "PT"}, {"ro", "RO"}, {"ru", "RU"}, {"sk", "SK"}, {"sl", "SI"},  {"sv", "SE"},
    {"th", "TH"}, {"tr", "TR"}, {"uk", "UA"}, {"vi", "VN"}, {"zh", "CN"}, {"la", ""},   {"sw", ""},    {"tl", "PH"},
    {"sq", "AL"}, {"ne", "NP"}, {"ta", "IN"}, {"uz", "UZ"}, {"zu", "ZA"}, {"yo", "NG"}, {"gu", "IN"},  {"or", "IN"},
    {"tw", "GH"}, {"dk", "DK"}};

bool are_letters(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

Result<std::string> normal_locale(std::string_view text) {
  if (text.empty()) return "en_US";
  std::string out(text);
  std::ranges::replace(out, '-', '_');
  const auto underscore = out.find('_');
  const std::string language = lower_ascii(out.substr(0, underscore));
  const auto* known = std::ranges::find(kLanguages, language, &Language::name);
  const std::string country = underscore == std::string::npos ? "" : upper_ascii(out.substr(underscore + 1));
  const bool is_bare = underscore == std::string::npos;
  if (known == std::end(kLanguages) || (!is_bare && (country.size() != 2 || !are_letters(country)))) {
    return fail("generator.argument", "invalid locale '" + std::string(text.substr(0, 40)) + "'",
                "a language, or a language and a country: de, de_DE");
  }
  if (!is_bare) return language + "_" + country;
  return known->country.empty() ? language : language + "_" + std::string(known->country);
}

std::string country_of_locale(std::string_view locale) {
  const auto normal = normal_locale(locale);
  if (normal) {
    const auto underscore = normal->find('_');
    return underscore == std::string::npos ? std::string() : normal->substr(underscore + 1);
  }
  return upper_ascii(locale);
}

}  // namespace mimus
