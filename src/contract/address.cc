// Addresses: the country's cities in turn, the largest first, each with its own state and postal codes.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "contract/constraints.h"
#include "contract/identity.h"
#include "contract/message_text.h"

namespace mimus::contract {
namespace {

struct Place {
  std::string city;
  std::string state;   // its code
  std::string postal;  // a mask: '#' is a digit to draw
};

struct Addresses {
  Identifiers identifiers{"datamimic:address:v1"};
  std::string seed;
  std::string locale;
  std::string country;
  std::vector<std::string> streets;
  std::vector<Place> places;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// A code of the mask can begin like this.
bool begins(std::string_view mask, std::string_view prefix) {
  return mask.size() >= prefix.size() &&
         std::ranges::equal(mask.substr(0, prefix.size()), prefix,
                            [](char mark, char c) { return mark == '#' ? is_digit(c) : mark == c; });
}

// Digits stand where the mask has digits, letters where it has letters.
bool fits(std::string_view mask, std::string_view prefix) {
  return mask.size() >= prefix.size() &&
         std::ranges::equal(mask.substr(0, prefix.size()), prefix, [](char mark, char c) {
           return mark == '#' || is_digit(mark) ? is_digit(c) : is_letter(mark) ? is_letter(c) : mark == c;
         });
}

std::string prefix_of(const DomainRequest& request) {
  const Value* prefix = find(request.constraints, "postal_code_prefix");
  if (prefix == nullptr) return {};
  if (const std::string* text = prefix->as_text()) return capitals(*text);
  return prefix->as_float() != nullptr ? std::to_string(whole_number(*prefix)) : text_of(*prefix);
}

std::vector<Place> places_of(const Dataset& dataset) {
  const PackTable cities = dataset.table("city");
  std::vector<Place> out;
  out.reserve(cities.rows());
  for (std::size_t row = 0; row < cities.rows(); ++row) {
    out.push_back({.city = std::string(cities.texts("name")[row]),
                   .state = std::string(cities.texts("state")[row]),
                   .postal = std::string(cities.texts("postal")[row])});
  }
  return out;
}

// The places whose codes can begin with the prefix; where there are none, those whose codes have its form, with the
// prefix in the place of their own first characters.
Answer<std::vector<Place>> places_with(const DomainRequest& request, const std::string& prefix) {
  std::vector<Place> all = places_of(request.dataset);
  const auto has = [&](auto test) {
    return std::ranges::any_of(all, [&](const Place& place) { return test(place.postal, prefix); });
  };
  const bool known = has(begins);
  if (!known && !has(fits)) {
    return std::unexpected(invalid_constraint(
        "postal_code_prefix",
        fmt::format("no postal code of '{}' begins with '{}'", request.dataset.code(), shortened(prefix)),
        fmt::format("Postal codes look like '{}', where '#' is a digit", all.front().postal)));
  }
  std::erase_if(
      all, [&](const Place& place) { return !(known ? begins(place.postal, prefix) : fits(place.postal, prefix)); });
  for (Place& place : all) place.postal.replace(0, prefix.size(), prefix);
  return all;
}

ValueMap make_address(const Addresses& addresses, std::uint64_t item, PythonRandom& random) {
  const Place& place = addresses.places[item % addresses.places.size()];
  const std::string& street = any_of(addresses.streets, random);
  const std::string line = fmt::format("{} {}", random.between(10, 199), street);
  std::string postal = place.postal;
  for (char& mark : postal) {
    if (mark == '#') mark = static_cast<char>('0' + random.below(10));
  }
  const std::string id = addresses.identifiers.of(addresses.seed, item);
  return {
      {"id", Value(id)},
      {"human_id", Value(short_id("ADR", id))},
      {"line1", Value(line)},
      {"city", Value(place.city)},
      {"state", Value(place.state)},
      {"postal_code", Value(postal)},
      {"country", Value(addresses.country)},
      {"locale", Value(addresses.locale)},
      {"formatted", Value(fmt::format("{}, {}, {} {}, {}", line, place.city, place.state, postal, addresses.country))}};
}

Answer<ItemMaker> make(const DomainRequest& request) {
  const std::string& country = request.dataset.code();
  if (const std::string wanted = text_or(request, "country", country); wanted != country) {
    return std::unexpected(invalid_constraint(
        "country", fmt::format("the country '{}' is not that of the locale '{}'", wanted, request.locale),
        fmt::format("Provide '{}', or a locale of the country", country)));
  }
  auto addresses = std::make_shared<Addresses>();
  MIMUS_ASSIGN(addresses->places, places_with(request, prefix_of(request)));
  addresses->seed = request.seed;
  addresses->locale = request.locale;
  addresses->country = country;
  addresses->streets = words_of(request.dataset.table("street"));
  return [addresses = std::shared_ptr<const Addresses>(std::move(addresses))](
             std::uint64_t item, PythonRandom& random) { return make_address(*addresses, item, random); };
}

}  // namespace

const DomainDeclaration& address_domain() {
  static const DomainDeclaration kAddress{
      .name = "address",
      .constraints = R"({
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "postal_code_prefix": {"type": ["string", "integer"]}})",
      .item = R"({
        "id": {"type": "string", "format": "uuid"},
        "human_id": {"type": "string", "pattern": "^ADR-[0-9A-F]{8}$"},
        "line1": {"type": "string", "minLength": 1},
        "city": {"type": "string", "minLength": 1},
        "state": {"type": "string", "minLength": 1},
        "postal_code": {"type": "string", "minLength": 1},
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "locale": {"type": "string"},
        "formatted": {"type": "string", "minLength": 1}})",
      .make = make,
  };
  return kAddress;
}

}  // namespace mimus::contract
