// Employees: the e-mail address is at the company's domain, the salary that of the job, the service follows the age.
#include <algorithm>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"
#include "generator/words.h"

namespace mimus {
namespace {

AttributeDeclaration of_job(std::string_view name, std::string_view column, std::string_view summary) {
  return {.name = name, .summary = summary, .make = word_of_row(column), .needs = {"?job"}, .choices = {"job"}};
}

// given.family@company; what has no Latin letters is left out.
void append_email(const Cell& cell, std::string& out) {
  std::string given;
  std::string family;
  append_plain(given, cell.text(0));
  append_plain(family, cell.text(1));
  if (!given.empty() && !family.empty()) given += '.';
  given += family;
  out.append(given.empty() ? "office" : given).append("@").append(cell.text(2));
}

// From the age of 18 on, 40 years ago at most; the last years more often.
std::int64_t hired(const Cell& cell) {
  const std::int64_t years = std::clamp<std::int64_t>(cell.integer(0) - 18, 0, 40);
  const std::int64_t days = (midnight(cell.now()) - years_before(cell.now(), years)) / kDay;
  const double u = cell.draws.fraction();
  return midnight(cell.now()) - static_cast<std::int64_t>(u * u * static_cast<double>(days)) * kDay;
}

// In whole hundreds; hundredths.
std::int64_t salary(const Cell& cell) {
  const PackTable& jobs = cell.choice(0).table();
  const auto row = static_cast<std::size_t>(cell.integer(0));
  const std::int64_t least = jobs.ints("salary_min")[row];
  const double part = cell.text(1) == "PART_TIME" ? 0.55 : cell.text(1) == "INTERN" ? 0.35 : 1;
  const double u = (cell.draws.fraction() + cell.draws.fraction()) / 2;
  const double whole = static_cast<double>(least) + static_cast<double>(jobs.ints("salary_max")[row] - least) * u;
  return static_cast<std::int64_t>(whole * part / 100) * 10'000;
}

std::vector<AttributeDeclaration> employee_attributes() {
  return {
      {.name = "?job", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"job"}},
      {.name = "?person", .summary = "", .type = Type::Struct, .entity = "Person(min_age=18, max_age=66)"},
      {.name = "?hired", .summary = "", .type = Type::Int64, .make = integers(hired), .needs = {"age"}},
      {.name = "employee_id", .summary = "`EMP-` and eight hexadecimal digits", .make = hex_id("EMP-")},
      same_as("given_name", "?person.given_name", "a given name of the gender"),
      same_as("family_name", "?person.family_name", "a family name"),
      same_as("full_name", "?person.full_name", "given and family name"),
      same_as("gender", "?person.gender", "`female`, `male`"),
      same_as("birthdate", "?person.birthdate", "date and time of birth", Type::DateTime),
      same_as("age", "?person.age", "completed years", Type::Int64),
      {.name = "company", .summary = "the employer", .type = Type::Struct, .entity = "Company"},
      of_job("job_title", "name", "`Accountant`"),
      of_job("department", "department", "that of the job"),
      {.name = "employment_type",
       .summary = "`FULL_TIME`, `PART_TIME`",
       .make = any_word("name"),
       .choices = {"employment_type"}},
      {.name = "hire_date",
       .summary = "a date from the age of 18 on",
       .type = Type::Dynamic,
       .make = values([](const Cell& cell) { return Value(Date{cell.integer(0) / kMicrosPerDay}); }),
       .needs = {"?hired"}},
      {.name = "salary",
       .summary = "a year's, usual for the job",
       .type = Type::Float64,
       .make = decimals(2, salary),
       .needs = {"?job", "employment_type"},
       .choices = {"job"}},
      {.name = "currency", .summary = "the country's (ISO 4217)", .make = constant(main_currency)},
      {.name = "email",
       .summary = "at the company's domain",
       .make = texts(append_email),
       .needs = {"?person.?given_latin", "?person.?family_latin", "company.?domain"}},
      same_as("phone", "company.office_phone", "a telephone number of the company"),
      same_as("mobile_phone", "?person.mobile_phone", "a number of a mobile telephone"),
      {.name = "address", .summary = "where the employee lives", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& employee_entity() {
  static const EntityDeclaration kEmployee{
      .name = "Employee",
      .summary = "someone with a job: the e-mail address is the company's, the salary that of the job",
      .parameters = {kDatasetParameter},
      .attributes = employee_attributes()};
  return kEmployee;
}

}  // namespace mimus
