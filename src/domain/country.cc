// Countries of the world, named in the language of the dataset.
#include "domain/making.h"
#include "domain/places.h"

namespace mimus {
namespace {

AttributeDeclaration of_row(std::string_view name, std::string_view column, std::string_view summary) {
  return {.name = name, .summary = summary, .make = word_of_row(column), .needs = {"?row"}, .choices = {"country"}};
}

// Populations are texts in this entity.
void append_population(const Cell& cell, std::string& out) {
  out += std::to_string(cell.choice(0).table().ints("population")[static_cast<std::size_t>(cell.integer(0))]);
}

}  // namespace

const EntityDeclaration& country_entity() {
  static const EntityDeclaration kCountry{
      .name = "Country",
      .summary = "a country of the world, named in the language of the dataset",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"country"}},
          of_row("iso_code", "iso", "two letters (ISO 3166-1)"),
          of_row("name", "name", "its name"),
          of_row("default_language_locale", "locale", "main language and country: `es_VE`"),
          of_row("phone_code", "phone", "calling code, without `+`"),
          {.name = "population",
           .summary = "how many people live there, as a text",
           .make = texts(append_population, true),
           .needs = {"?row"},
           .choices = {"country"}},
      }};
  return kCountry;
}

}  // namespace mimus
