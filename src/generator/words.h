// WordList of made-up people, places and companies: small sets of our own for the United States and Germany, the most
// frequent first. Constant.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "random/draws.h"

namespace mimus {

using WordList = std::span<const std::string_view>;

struct City {
  std::string_view name;
  std::string_view area_code;    // of its telephones
  std::string_view postal_code;  // the start of its postal codes
  std::string_view state;        // "CA", "BY"
};

struct CountryWords {
  std::string_view code;        // ISO 3166: "US"
  std::string_view name;        // in its own language
  std::string_view phone_code;  // without '+'
  WordList male, female, family;
  WordList titles;  // of academics
  WordList noble_male, noble_female;
  WordList streets;
  std::span<const City> cities;
  std::span<const std::string_view> states;
  WordList sectors;
  WordList jobs;
  WordList webmail, top_level;
};

// The words of a country, by its code (any case); those of the United States where there are none.
[[nodiscard]] const CountryWords& words_of(std::string_view dataset);
[[nodiscard]] bool has_words(std::string_view dataset);
// The calling code of a country, without '+'; "1" when it is not known.
[[nodiscard]] std::string_view phone_code_of(std::string_view country);

// The parts of company names.
[[nodiscard]] WordList company_starts();
[[nodiscard]] WordList company_ends();

// Each as likely.
[[nodiscard]] inline std::string_view pick(WordList words, Draws& draws) { return words[draws.below(words.size())]; }
// The first more often than the last, as the frequency of names is: the lesser of two uniform picks.
[[nodiscard]] inline std::string_view pick_skewed(WordList words, Draws& draws) {
  const std::uint64_t draw = draws.next();
  const std::uint64_t a = bounded(draw << 32U, words.size());
  const std::uint64_t b = bounded(draw & 0xFFFFFFFF00000000U, words.size());
  return words[a < b ? a : b];
}

}  // namespace mimus
