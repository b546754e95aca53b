// Doctors: education and experience follow the age, the hospital is of the same country.
#include <algorithm>

#include "base/check_digit.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

// Ten digits of which the last checks the others behind "80840" (the standard of the NPI: ISO 7812's Luhn).
void append_npi(const Cell& cell, std::string& out) {
  std::string digits = std::to_string(between(cell, 1, 2));
  append_digits(digits, cell.draws, 8);
  out += digits;
  out += luhn_digit("80840" + digits);
}

void append_license(const Cell& cell, std::string& out) {
  append_letters(out, cell.draws, 2);
  out += '-';
  append_digits(out, cell.draws, 6);
}

// Between 25 and now.
std::int64_t graduation_year(const Cell& cell) {
  const std::int64_t most = std::clamp<std::int64_t>(cell.integer(0) - 25, 0, 45);
  return civil_from(cell.now()).year - between(cell, 0, most);
}

void append_hours(std::string& out, std::int64_t first, std::int64_t last) {
  append_padded(out, static_cast<std::uint64_t>(first), 2);
  out += ":00 - ";
  append_padded(out, static_cast<std::uint64_t>(last), 2);
  out += ":00";
}

Value office_hours(const Cell& cell) {
  constexpr std::string_view kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  ValueMap out;
  for (std::size_t day = 0; day < std::size(kDays); ++day) {
    const bool is_weekend = day >= 5;
    std::string hours;
    if (!cell.draws.chance(is_weekend ? 0.3 : 0.9)) {
      hours = "Closed";
    } else if (is_weekend) {
      const std::int64_t first = between(cell, 8, 11);
      append_hours(hours, first, between(cell, 14, 17));
    } else {
      const std::int64_t first = between(cell, 7, 10);
      append_hours(hours, first, between(cell, 16, 19));
    }
    out.emplace_back(std::string(kDays[day]), Value(std::move(hours)));
  }
  return Value::map(std::move(out));
}

std::vector<AttributeDeclaration> doctor_attributes() {
  return {
      {.name = "doctor_id", .summary = "`DOC-` and eight hexadecimal digits", .make = hex_id("DOC-")},
      {.name = "npi_number", .summary = "ten digits with a check digit", .make = texts(append_npi, true)},
      {.name = "license_number", .summary = "`AB-123456`", .make = texts(append_license, true)},
      {.name = "?person", .summary = "", .type = Type::Struct, .entity = "Person(min_age=25)"},
      same_as("given_name", "?person.given_name", "a given name of the gender"),
      same_as("family_name", "?person.family_name", "a family name"),
      same_as("full_name", "?person.full_name", "given and family name"),
      same_as("gender", "?person.gender", "`female`, `male`"),
      same_as("birthdate", "?person.birthdate", "date and time of birth", Type::DateTime),
      same_as("age", "?person.age", "completed years, 25 at least", Type::Int64),
      {.name = "specialty", .summary = "`Cardiology`", .make = any_word("name"), .choices = {"medical_specialty"}},
      {.name = "hospital", .summary = "where the doctor works", .type = Type::Struct, .entity = "Hospital"},
      {.name = "medical_school",
       .summary = "an invented school",
       .make = any_word("name"),
       .choices = {"medical_school"}},
      {.name = "graduation_year",
       .summary = "at the age of 25 or later",
       .type = Type::Int64,
       .make = integers(graduation_year),
       .needs = {"age"}},
      {.name = "years_of_experience",
       .summary = "since then",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return civil_from(cell.now()).year - cell.integer(0); }),
       .needs = {"graduation_year"}},
      {.name = "certifications",
       .summary = "a list of one to three",
       .type = Type::Dynamic,
       .make = values([](const Cell& cell) { return some_words(cell, 0, 1, 3); }),
       .choices = {"medical_certification"}},
      {.name = "accepting_new_patients",
       .summary = "four in five do",
       .type = Type::Bool,
       .make = truths([](const Cell& cell) { return cell.draws.chance(0.8); })},
      {.name = "office_hours",
       .summary = "a map of the days of the week: `09:00 - 17:00` or `Closed`",
       .type = Type::Dynamic,
       .make = values(office_hours)},
      same_as("email", "?person.email", "an address from the name"),
      same_as("phone", "?person.phone", "a telephone number of the address' city"),
      {.name = "address", .summary = "where the doctor lives", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& doctor_entity() {
  static const EntityDeclaration kDoctor{.name = "Doctor",
                                         .summary = "a doctor; education and experience follow the age",
                                         .parameters = {kDatasetParameter},
                                         .attributes = doctor_attributes()};
  return kDoctor;
}

}  // namespace mimus
