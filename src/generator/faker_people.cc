// Faker: people, addresses, companies, jobs, telephones.
#include <array>

#include "generator/faker.h"
#include "generator/national_ids.h"
#include "generator/phone_plan.h"

namespace mimus {
namespace {

using Scope = FakerScope;

constexpr std::array<std::string_view, 4> kSuffixes{"Jr.", "MD", "DDS", "PhD"};
constexpr std::array<std::string_view, 12> kLanguages{"English", "German", "French",  "Spanish", "Italian", "Dutch",
                                                      "Polish",  "Greek",  "Turkish", "Arabic",  "Hindi",   "Japanese"};
constexpr std::array<std::string_view, 20> kCountryNames{
    "Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada",  "Denmark", "Egypt",       "Finland", "France",
    "Germany",   "India",     "Ireland", "Italy",   "Japan",  "Morocco", "Norway",  "Switzerland", "Sweden",  "Spain"};
constexpr std::array<std::string_view, 20> kCountryCodes{"AR", "AU", "AT", "BE", "BR", "CA", "DK", "EG", "FI", "FR",
                                                         "DE", "IN", "IE", "IT", "JP", "MA", "NO", "CH", "SE", "ES"};
constexpr std::array<std::string_view, 8> kAdjectives{"Adaptive", "Balanced", "Customizable", "Distributed",
                                                      "Enhanced", "Focused",  "Integrated",   "Robust"};
constexpr std::array<std::string_view, 8> kMiddles{"asynchronous", "dynamic", "global",   "holistic",
                                                   "modular",      "optimal", "scalable", "stable"};
constexpr std::array<std::string_view, 8> kThings{"approach",  "array",    "framework", "hub",
                                                  "interface", "paradigm", "portal",    "solution"};
constexpr std::array<std::string_view, 8> kVerbs{"deliver", "drive",       "enable", "exploit",
                                                 "grow",    "orchestrate", "scale",  "unleash"};
constexpr std::array<std::string_view, 8> kNouns{"channels", "communities", "markets", "metrics",
                                                 "networks", "platforms",   "schemas", "solutions"};
constexpr std::array<std::string_view, 5> kCompanySuffixes{"Inc", "LLC", "Ltd", "Group", "PLC"};
constexpr std::array<std::string_view, 5> kGermanCompanySuffixes{"GmbH", "AG", "KG", "e.V.", "GmbH & Co. KG"};
constexpr std::array<std::string_view, 8> kStreetSuffixes{"Street", "Avenue", "Road", "Lane",
                                                          "Drive",  "Court",  "Way",  "Plaza"};
constexpr std::array<std::string_view, 5> kCityPrefixes{"North", "East", "West", "South", "New"};
constexpr std::array<std::string_view, 6> kCitySuffixes{"town", "ton", "land", "ville", "burgh", "side"};

template <std::size_t N>
std::string_view one(const std::array<std::string_view, N>& words, Draws& draws) {
  return words[draws.below(N)];
}

bool is_german(const Scope& scope) { return scope.words->dataset().language() == "de"; }

// A row of the country's cities, the large ones more often.
std::size_t some_city(const Scope& scope, Draws& draws) { return scope.words->list(WordKind::City).pick(draws.next()); }
std::string_view city_text(const Scope& scope, std::string_view column, std::size_t row) {
  const PackTexts texts = scope.words->list(WordKind::City).table().texts(column);
  return row < texts.size() ? texts[row] : std::string_view();
}

void male(const Scope& scope, Draws& draws, std::string& out) { out += scope.words->draw(WordKind::GivenMale, draws); }
void female(const Scope& scope, Draws& draws, std::string& out) {
  out += scope.words->draw(WordKind::GivenFemale, draws);
}
void given(const Scope& scope, Draws& draws, std::string& out) {
  (draws.below(2) == 0 ? male : female)(scope, draws, out);
}
void male_family(const Scope& scope, Draws& draws, std::string& out) {
  out += scope.words->draw(WordKind::FamilyMale, draws);
}
void female_family(const Scope& scope, Draws& draws, std::string& out) {
  out += scope.words->draw(WordKind::FamilyFemale, draws);
}
void family(const Scope& scope, Draws& draws, std::string& out) {
  (draws.below(2) == 0 ? male_family : female_family)(scope, draws, out);
}
void male_name(const Scope& scope, Draws& draws, std::string& out) {
  male(scope, draws, out);
  out += ' ';
  male_family(scope, draws, out);
}
void female_name(const Scope& scope, Draws& draws, std::string& out) {
  female(scope, draws, out);
  out += ' ';
  female_family(scope, draws, out);
}
void male_prefix(const Scope& scope, Draws&, std::string& out) { out += is_german(scope) ? "Herr" : "Mr."; }
void female_prefix(const Scope& scope, Draws& draws, std::string& out) {
  constexpr std::array<std::string_view, 3> kPrefixes{"Mrs.", "Ms.", "Miss"};
  out += is_german(scope) ? "Frau" : one(kPrefixes, draws);
}
void prefix(const Scope& scope, Draws& draws, std::string& out) {
  (draws.below(2) == 0 ? male_prefix : female_prefix)(scope, draws, out);
}
void suffix(const Scope& scope, Draws& draws, std::string& out) {
  if (!is_german(scope)) out += one(kSuffixes, draws);
}
void job(const Scope& scope, Draws& draws, std::string& out) { out += pick(scope.words->jobs(), draws); }

void building(const Scope& scope, Draws& draws, std::string& out) {
  append_padded(out, 1 + draws.below(is_german(scope) ? 180 : 9999), 1);
}
void street(const Scope& scope, Draws& draws, std::string& out) { out += scope.words->draw(WordKind::Street, draws); }
void append_postcode(const Scope& scope, Draws& draws, std::string& out, std::size_t place) {
  for (const char c : city_text(scope, "postal", place)) {
    out += c == '#' ? static_cast<char>('0' + draws.below(10)) : c;
  }
}
void postcode(const Scope& scope, Draws& draws, std::string& out) {
  append_postcode(scope, draws, out, some_city(scope, draws));
}
void long_postcode(const Scope& scope, Draws& draws, std::string& out) {
  postcode(scope, draws, out);
  out += '-';
  append_digits(out, draws, 4);
}
void city(const Scope& scope, Draws& draws, std::string& out) {
  out += city_text(scope, "name", some_city(scope, draws));
}
void state(const Scope& scope, Draws& draws, std::string& out) {
  out += city_text(scope, "state_name", some_city(scope, draws));
}
void secondary(const Scope&, Draws& draws, std::string& out) {
  append_mask(out, draws, draws.below(2) == 0 ? "Apt. %##" : "Suite %##");
}

// A number that the country's plan allows, of a city: the area first, as people there write it.
void phone(const Scope& scope, Draws& draws, std::string& out) {
  const std::size_t place = some_city(scope, draws);
  const std::string_view area = city_text(scope, "area", place);
  const std::string number = national_number(city_text(scope, "phone", place), draws);
  const std::string_view local = std::string_view(number).substr(std::min(area.size(), number.size()));
  const std::string_view code = scope.words->calling_code();
  if (code == "49") {
    out.append("+49(0)").append(area).append(" ").append(local);
    return;
  }
  if (code != "1" || local.size() != 7) {
    out.append("+").append(code).append(" ").append(area).append(" ").append(local);
    return;
  }
  switch (draws.below(3)) {
    case 0:
      out.append("(").append(area).append(")");
      break;
    case 1:
      out.append("+1-").append(area).append("-");
      break;
    default:
      out.append(area).append("-");
  }
  out.append(local.substr(0, 3)).append("-").append(local.substr(3));
}

constexpr FakerMethod kMethods[] = {
    {"name", append_full_name},
    {"name_male", male_name},
    {"name_female", female_name},
    {"name_nonbinary", append_full_name},
    {"first_name", given},
    {"first_name_male", male},
    {"first_name_female", female},
    {"first_name_nonbinary", given},
    {"last_name", family},
    {"last_name_male", male_family},
    {"last_name_female", female_family},
    {"last_name_nonbinary", family},
    {"prefix", prefix},
    {"prefix_male", male_prefix},
    {"prefix_female", female_prefix},
    {"prefix_nonbinary", [](const Scope& scope, Draws&, std::string& out) { out += is_german(scope) ? "" : "Mx."; }},
    {"suffix", suffix},
    {"suffix_male", suffix},
    {"suffix_female", suffix},
    {"suffix_nonbinary", suffix},
    {"language_name", [](const Scope&, Draws& draws, std::string& out) { out += one(kLanguages, draws); }},
    {"job", job},
    {"job_male", job},
    {"job_female", job},
    {"company", append_company},
    {"company_suffix",
     [](const Scope& scope, Draws& draws, std::string& out) {
       out += is_german(scope) ? one(kGermanCompanySuffixes, draws) : one(kCompanySuffixes, draws);
     }},
    {"catch_phrase",
     [](const Scope&, Draws& draws, std::string& out) {
       out.append(one(kAdjectives, draws))
           .append(" ")
           .append(one(kMiddles, draws))
           .append(" ")
           .append(one(kThings, draws));
     }},
    {"bs",
     [](const Scope&, Draws& draws, std::string& out) {
       out.append(one(kVerbs, draws)).append(" ").append(one(kMiddles, draws)).append(" ").append(one(kNouns, draws));
     }},
    {"phone_number", phone},
    {"basic_phone_number",
     [](const Scope& scope, Draws& draws, std::string& out) {
       const std::size_t place = some_city(scope, draws);
       const std::size_t area = city_text(scope, "area", place).size();
       const std::string number = national_number(city_text(scope, "phone", place), draws);
       out.append(number.substr(0, area)).append(area > 0 ? "-" : "").append(number.substr(area));
     }},
    {"country_calling_code",
     [](const Scope& scope, Draws& draws, std::string& out) {
       const PackTexts codes = scope.words->dataset().table("country").texts("phone");
       std::string_view code;
       while (code.empty()) code = codes[draws.below(codes.size())];
       out.append("+").append(code);
     }},
    {"msisdn",
     [](const Scope& scope, Draws& draws, std::string& out) {
       out.append(scope.words->calling_code());
       out += national_number(scope.words->draw(WordKind::Mobile, draws), draws);
     }},
    {"ssn", [](const Scope& scope, Draws& draws, std::string& out) { person_id_of(scope.locale).write(out, draws); }},
    {"address", append_address},
    {"street_address", append_street_address},
    {"street_name", street},
    {"street_suffix", [](const Scope&, Draws& draws, std::string& out) { out += one(kStreetSuffixes, draws); }},
    {"building_number", building},
    {"secondary_address", secondary},
    {"city", city},
    {"city_prefix", [](const Scope&, Draws& draws, std::string& out) { out += one(kCityPrefixes, draws); }},
    {"city_suffix", [](const Scope&, Draws& draws, std::string& out) { out += one(kCitySuffixes, draws); }},
    {"state", state},
    {"administrative_unit", state},
    {"state_abbr", [](const Scope& scope, Draws& draws,
                      std::string& out) { out += city_text(scope, "state", some_city(scope, draws)); }},
    {"postcode", postcode},
    {"postalcode", postcode},
    {"zipcode", postcode},
    {"postcode_in_state", postcode},
    {"postalcode_in_state", postcode},
    {"zipcode_in_state", postcode},
    {"postalcode_plus4", long_postcode},
    {"zipcode_plus4", long_postcode},
    {"country", [](const Scope&, Draws& draws, std::string& out) { out += one(kCountryNames, draws); }},
    {"country_code", [](const Scope&, Draws& draws, std::string& out) { out += one(kCountryCodes, draws); }},
    {"current_country", [](const Scope& scope, Draws&, std::string& out) { out += scope.words->country_name(); }},
    {"current_country_code",
     [](const Scope& scope, Draws&, std::string& out) { out += scope.words->dataset().code(); }},
    {"bank_country", [](const Scope& scope, Draws&, std::string& out) { out += is_german(scope) ? "DE" : "GB"; }},
    {"military_apo",
     [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "PSC ####, Box ####"); }},
    {"military_dpo",
     [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "Unit #### Box ####"); }},
    {"military_ship",
     [](const Scope&, Draws& draws, std::string& out) {
       constexpr std::array<std::string_view, 4> kShips{"USS", "USNS", "USNV", "USCGC"};
       out += one(kShips, draws);
     }},
    {"military_state",
     [](const Scope&, Draws& draws, std::string& out) {
       constexpr std::array<std::string_view, 3> kStates{"AE", "AA", "AP"};
       out += one(kStates, draws);
     }},
};

}  // namespace

std::span<const FakerMethod> faker_people() { return kMethods; }

void append_full_name(const FakerScope& scope, Draws& draws, std::string& out) {
  (draws.below(2) == 0 ? male_name : female_name)(scope, draws, out);
}

void append_company(const FakerScope& scope, Draws& draws, std::string& out) {
  const bool german = is_german(scope);
  family(scope, draws, out);
  switch (draws.below(3)) {
    case 0:
      out += ' ';
      out += german ? one(kGermanCompanySuffixes, draws) : one(kCompanySuffixes, draws);
      return;
    case 1:
      out += german ? " & " : "-";
      family(scope, draws, out);
      if (german) out += " KG";
      return;
    default:
      out += ", ";
      family(scope, draws, out);
      out += german ? " und " : " and ";
      family(scope, draws, out);
  }
}

void append_street_address(const FakerScope& scope, Draws& draws, std::string& out) {
  if (is_german(scope)) {
    street(scope, draws, out);
    out += ' ';
    building(scope, draws, out);
    return;
  }
  building(scope, draws, out);
  out += ' ';
  street(scope, draws, out);
  if (draws.below(2) == 0) return;
  out += ' ';
  secondary(scope, draws, out);
}

void append_address(const FakerScope& scope, Draws& draws, std::string& out) {
  append_street_address(scope, draws, out);
  out += '\n';
  const std::size_t place = some_city(scope, draws);
  std::string code;
  append_postcode(scope, draws, code, place);
  const std::string_view name = city_text(scope, "name", place);
  if (scope.words->calling_code() != "1") {
    out.append(code).append(" ").append(name);
  } else {
    out.append(name).append(", ").append(city_text(scope, "state", place)).append(" ").append(code);
  }
}

}  // namespace mimus
