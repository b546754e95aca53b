// Police officers: the unit is of the department, the service follows the age.
#include <algorithm>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

AttributeDeclaration of_unit(std::string_view name, std::string_view column, std::string_view summary) {
  return {
      .name = name, .summary = summary, .make = word_of_row(column), .needs = {"?unit"}, .choices = {"police_unit"}};
}

// From the age of 21 on, 30 years ago at most.
std::int64_t hired(const Cell& cell) {
  const std::int64_t most = std::clamp<std::int64_t>(cell.integer(0) - 21, 0, 30);
  const std::int64_t least = years_before(cell.now(), most);
  return midnight(cell.now()) - between(cell, 0, (midnight(cell.now()) - least) / kDay) * kDay;
}

std::vector<AttributeDeclaration> officer_attributes() {
  return {
      {.name = "?unit", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"police_unit"}},
      {.name = "?person", .summary = "", .type = Type::Struct, .entity = "Person(min_age=21)"},
      {.name = "?hired", .summary = "", .type = Type::Int64, .make = integers(hired), .needs = {"age"}},
      {.name = "officer_id", .summary = "`OFF-` and eight hexadecimal digits", .make = hex_id("OFF-")},
      {.name = "badge_number",
       .summary = "four digits",
       .make = texts([](const Cell& cell, std::string& out) { append_digits(out, cell.draws, 4); }, true)},
      same_as("given_name", "?person.given_name", "a given name of the gender"),
      same_as("family_name", "?person.family_name", "a family name"),
      same_as("full_name", "?person.full_name", "given and family name"),
      same_as("gender", "?person.gender", "`female`, `male`"),
      same_as("birthdate", "?person.birthdate", "date and time of birth", Type::DateTime),
      same_as("age", "?person.age", "completed years, 21 at least", Type::Int64),
      {.name = "rank", .summary = "`Sergeant`", .make = any_word("name"), .choices = {"police_rank"}},
      of_unit("department", "department", "`Operations`"),
      of_unit("unit", "name", "`Patrol`: one of the department"),
      {.name = "hire_date",
       .summary = "a text: a day from the age of 21 on",
       .make = texts([](const Cell& cell, std::string& out) { append_day(out, cell.integer(0)); }, true),
       .needs = {"?hired"}},
      {.name = "years_of_service",
       .summary = "since then",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return (midnight(cell.now()) - cell.integer(0)) / kDay / 365; }),
       .needs = {"?hired"}},
      some_words_of("certifications", "police_certification", 1, 4, "a list of one to four"),
      some_words_of("languages", "police_language", 1, 3, "a list of one to three"),
      {.name = "shift", .summary = "`Rotating Shift`", .make = any_word("name"), .choices = {"police_shift"}},
      same_as("email", "?person.email", "an address from the name"),
      same_as("phone", "?person.phone", "a telephone number of the address' city"),
      {.name = "address", .summary = "where the officer lives", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& police_officer_entity() {
  static const EntityDeclaration kOfficer{
      .name = "PoliceOfficer",
      .summary = "a police officer; the unit is of the department, the service follows the age",
      .parameters = {kDatasetParameter},
      .attributes = officer_attributes()};
  return kOfficer;
}

}  // namespace mimus
