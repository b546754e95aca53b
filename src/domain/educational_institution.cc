// Schools, colleges and universities: level, name, size and programs are of the type.
#include <algorithm>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"
#include "generator/words.h"

namespace mimus {
namespace {

struct Range {
  std::int64_t least, most;
};

// Needs: the class of the type, level.
Range students_of(std::string_view kind, std::string_view level) {
  if (kind == "University") return {5000, 40'000};
  if (kind == "College") return {1000, 15'000};
  if (kind != "School") return {100, 5000};
  if (level == "Elementary") return {200, 800};
  if (level == "Middle") return {300, 1000};
  return level == "High" ? Range{500, 2500} : Range{200, 1500};
}

// The level that the type names, else one of its class.
void append_level(const Cell& cell, std::string& out) {
  for (const std::string_view level : {"Elementary", "Middle", "High"}) {
    if (cell.text(0).contains(std::string(level) + " School")) {
      out += level;
      return;
    }
  }
  out += pick_of_group(cell, 0, "class", cell.text(1));
}

void append_name(const Cell& cell, std::string& out) {
  out += filled(pick_of_group(cell, 0, "class", cell.text(0)),
                {{"{city}", cell.text(1)}, {"{state}", cell.text(2)}, {"{level}", cell.text(3)}});
}

std::int64_t founding_year(const Cell& cell) {
  const std::string_view kind = cell.text(0);
  const Range ages = kind == "University" ? Range{20, 300} : kind == "College" ? Range{15, 150} : Range{5, 200};
  return civil_from(cell.now()).year - between(cell, ages.least, ages.most);
}

std::int64_t students(const Cell& cell) {
  const Range range = students_of(cell.text(0), cell.text(1));
  return between(cell, range.least, range.most);
}

// One for 10 to 25 students.
std::int64_t staff(const Cell& cell) {
  const double each = 10 + 15 * cell.draws.fraction();
  return std::max<std::int64_t>(5, static_cast<std::int64_t>(static_cast<double>(cell.integer(0)) / each));
}

// Needs: name, the class, type.
void append_domain(const Cell& cell, std::string& out) {
  std::string plain;
  append_plain(plain, cell.text(0));
  out += plain.empty() ? "school" : plain;
  const bool is_higher = cell.text(1) == "University" || cell.text(1) == "College";
  out += is_higher ? ".edu" : cell.text(2).starts_with("Public") ? ".k12.us" : ".org";
}

AttributeDeclaration of_type(std::string_view name, std::string_view column, std::string_view summary) {
  return {
      .name = name, .summary = summary, .make = word_of_row(column), .needs = {"?type"}, .choices = {"school_type"}};
}

std::vector<AttributeDeclaration> institution_attributes() {
  return {
      {.name = "?type", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"school_type"}},
      of_type("?class", "class", ""),
      {.name = "institution_id", .summary = "`EDU-` and eight hexadecimal digits", .make = hex_id("EDU-")},
      {.name = "name",
       .summary = "of its type and place",
       .make = texts(append_name),
       .needs = {"?class", "address.city", "address.?state_name", "level"},
       .choices = {"school_pattern"}},
      of_type("type", "name", "`Public High School`"),
      {.name = "level",
       .summary = "`High`, `Undergraduate`",
       .make = texts(append_level),
       .needs = {"type", "?class"},
       .choices = {"school_level"}},
      {.name = "founding_year",
       .summary = "5 to 300 years ago, by its type",
       .type = Type::Int64,
       .make = integers(founding_year),
       .needs = {"?class"}},
      {.name = "student_count",
       .summary = "by type and level",
       .type = Type::Int64,
       .make = integers(students),
       .needs = {"?class", "level"}},
      {.name = "staff_count",
       .summary = "one for 10 to 25 students",
       .type = Type::Int64,
       .make = integers(staff),
       .needs = {"student_count"}},
      {.name = "?domain", .summary = "", .make = texts(append_domain), .needs = {"name", "?class", "type"}},
      website_of("?domain", "from the name"),
      {.name = "email",
       .summary = "at its web site",
       .make = texts([](const Cell& cell, std::string& out) { out.append("info@").append(cell.text(0)); }),
       .needs = {"?domain"}},
      {.name = "phone",
       .summary = "a telephone number of the city",
       .make = same_as_need(),
       .needs = {"address.phone"}},
      {.name = "programs",
       .summary = "a list of three to ten, of its type",
       .type = Type::Dynamic,
       .make = values([](const Cell& cell) {
         return some_words(cell, 0, rows_of_group(cell.choice(0).table(), "class", cell.text(0)), 3, 10);
       }),
       .needs = {"?class"},
       .choices = {"school_program"}},
      some_words_of("accreditations", "school_accreditation", 1, 3, "a list of one to three"),
      some_words_of("facilities", "school_facility", 5, 15, "a list of five to fifteen"),
      {.name = "address", .summary = "where it is", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& educational_institution_entity() {
  static const EntityDeclaration kInstitution{
      .name = "EducationalInstitution",
      .summary = "a school, college or university; level, name, size and programs are of its type",
      .parameters = {kDatasetParameter},
      .attributes = institution_attributes()};
  return kInstitution;
}

}  // namespace mimus
