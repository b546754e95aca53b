// Cities with their states, postal codes and telephone areas; the large ones more often.
#include "domain/making.h"
#include "domain/places.h"

namespace mimus {

std::string country_name(const Entity& entity) {
  const PackTable countries = entity.dataset().table("country");
  const PackTexts codes = countries.texts("iso");
  std::string found = "United States";
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] == entity.dataset().code()) return std::string(countries.texts("name")[row]);
    if (codes[row] == "US") found = countries.texts("name")[row];
  }
  return found;
}

std::string country_code(const Entity& entity) { return entity.dataset().code(); }

// The first of the table is the country's own.
std::string main_currency(const Entity& entity) {
  return std::string(entity.dataset().table("currency").texts("code")[0]);
}

const EntityDeclaration& city_entity() {
  static const EntityDeclaration kCity{
      .name = "City",
      .summary = "a city with its state, postal code and telephone area; the large ones more often",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"city"}},
          {.name = "name",
           .summary = "the city's name",
           .make = word_of_row("name"),
           .needs = {"?row"},
           .choices = {"city"}},
          {.name = "?postal", .summary = "", .make = word_of_row("postal"), .needs = {"?row"}, .choices = {"city"}},
          {.name = "postal_code",
           .summary = "one of the city's postal codes",
           .make = texts([](const Cell& cell, std::string& out) { append_number(out, cell.draws, cell.text(0)); }),
           .needs = {"?postal"}},
          {.name = "area_code",
           .summary = "the area code of its telephones, without a leading zero",
           .make = word_of_row("area"),
           .needs = {"?row"},
           .choices = {"city"}},
          {.name = "?phone", .summary = "", .make = word_of_row("phone"), .needs = {"?row"}, .choices = {"city"}},
          {.name = "state",
           .summary = "the code of its state or region: `TX`, `BY`",
           .make = word_of_row("state"),
           .needs = {"?row"},
           .choices = {"city"}},
          {.name = "state_name",
           .summary = "the name of its state or region",
           .make = word_of_row("state_name"),
           .needs = {"?row"},
           .choices = {"city"},
           .listed = false},
          {.name = "language",
           .summary = "the main language of the country: `en`",
           .make = constant([](const Entity& entity) {
             return entity.dataset().is_known() ? entity.dataset().language() : std::string("en");
           })},
          {.name = "population",
           .summary = "how many people live there; 0 where it is not known",
           .type = Type::Int64,
           .make = integer_of_row("population"),
           .needs = {"?row"},
           .choices = {"city"}},
          {.name = "name_extension", .summary = "an empty text", .make = constant([](const Entity&) {
                                                                   return std::string();
                                                                 })},
          {.name = "latitude",
           .summary = "degrees north",
           .type = Type::Float64,
           .make = number_of_row("latitude"),
           .needs = {"?row"},
           .choices = {"city"},
           .listed = false},
          {.name = "longitude",
           .summary = "degrees east",
           .type = Type::Float64,
           .make = number_of_row("longitude"),
           .needs = {"?row"},
           .choices = {"city"},
           .listed = false},
          {.name = "country", .summary = "the country's name in its main language", .make = constant(country_name)},
          {.name = "country_code", .summary = "the dataset: `US`", .make = constant(country_code)},
      }};
  return kCity;
}

}  // namespace mimus
