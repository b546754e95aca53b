// Hospitals: name, size, departments and services follow the type, the name the city.
#include <cmath>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"
#include "generator/words.h"

namespace mimus {
namespace {

void append_hospital_name(const Cell& cell, std::string& out) {
  out += filled(pick_of_group(cell, 0, "type", cell.text(0)), {{"{city}", cell.text(1)}, {"{state}", cell.text(2)}});
}

struct Range {
  std::int64_t least;
  std::int64_t most;
};

Range departments_of(std::string_view type) {
  if (type == "Specialty") return {5, 10};
  return type == "Community" ? Range{8, 15} : Range{10, 20};
}
Range services_of(std::string_view type) {
  if (type == "Specialty") return {10, 20};
  return type == "Community" ? Range{15, 25} : Range{20, 40};
}
Range accreditations_of(std::string_view type) {
  if (type == "Specialty") return {2, 4};
  return type == "Community" ? Range{1, 3} : Range{3, 5};
}
Range beds_of(std::string_view type) {
  if (type == "Specialty") return {50, 200};
  if (type == "Community") return {100, 300};
  return type == "Teaching" ? Range{300, 1000} : Range{100, 500};
}

// A list of words of the type.
std::function<void(Making&)> words_of_type(Range (*range)(std::string_view)) {
  return values([range](const Cell& cell) {
    const auto [least, most] = range(cell.text(0));
    return some_words(cell, 0, rows_of_group(cell.choice(0).table(), "group", cell.text(0)), least, most);
  });
}

std::int64_t staff(const Cell& cell) {
  return static_cast<std::int64_t>(static_cast<double>(cell.integer(0)) * (2 + 2 * cell.draws.fraction()));
}

std::int64_t founding_year(const Cell& cell) { return civil_from(cell.now()).year - between(cell, 5, 150); }

bool has_emergency(const Cell& cell) { return cell.draws.chance(cell.text(0) == "Specialty" ? 0.3 : 0.9); }

bool is_teaching(const Cell& cell) {
  const std::string_view type = cell.text(0);
  return type == "Teaching" || cell.draws.chance(type == "General" ? 0.3 : 0.1);
}

// The name without what most names have, by its Latin letters; "hospital" where nothing is left.
void append_domain(const Cell& cell, std::string& out) {
  constexpr std::string_view kUsual[] = {"Hospital", "Medical", "Center", "General", "Regional", "Community"};
  std::string name(cell.text(0));
  for (const std::string_view word : kUsual) name = replaced(name, word, "");
  std::string plain;
  append_plain(plain, name);
  out += plain.empty() ? "hospital" : plain;
  out += '.';
  append_plain(out, cell.making().entity().dataset().code());
}

AttributeDeclaration list_of_type(std::string_view name, std::string_view table, Range (*range)(std::string_view),
                                  std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .type = Type::Dynamic,
          .make = words_of_type(range),
          .needs = {"type"},
          .choices = {table}};
}

std::vector<AttributeDeclaration> hospital_attributes() {
  return {
      {.name = "hospital_id", .summary = "`HOSP-` and eight hexadecimal digits", .make = hex_id("HOSP-")},
      {.name = "name",
       .summary = "of its type and city",
       .make = texts(append_hospital_name),
       .needs = {"type", "address.city", "address.?state_name"},
       .choices = {"hospital_pattern"}},
      {.name = "type", .summary = "`General`, `Teaching`", .make = any_word("name"), .choices = {"hospital_type"}},
      list_of_type("departments", "hospital_department", departments_of, "a list, sorted; of its type"),
      list_of_type("services", "hospital_service", services_of, "a list, sorted"),
      {.name = "bed_count",
       .summary = "by its type",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) {
         const auto [least, most] = beds_of(cell.text(0));
         return between(cell, least, most);
       }),
       .needs = {"type"}},
      {.name = "staff_count",
       .summary = "two to four a bed",
       .type = Type::Int64,
       .make = integers(staff),
       .needs = {"bed_count"}},
      {.name = "founding_year", .summary = "5 to 150 years ago", .type = Type::Int64, .make = integers(founding_year)},
      list_of_type("accreditation", "hospital_accreditation", accreditations_of, "a list, sorted"),
      {.name = "emergency_services",
       .summary = "most have them",
       .type = Type::Bool,
       .make = truths(has_emergency),
       .needs = {"type"}},
      {.name = "teaching_status",
       .summary = "whether doctors are taught there",
       .type = Type::Bool,
       .make = truths(is_teaching),
       .needs = {"type"}},
      {.name = "?domain", .summary = "", .make = texts(append_domain), .needs = {"name"}},
      website_of("?domain", "from the name"),
      {.name = "phone",
       .summary = "a telephone number of the city",
       .make = same_as_need(),
       .needs = {"address.phone"}},
      {.name = "email",
       .summary = "at its web site",
       .make = texts([](const Cell& cell, std::string& out) { out.append("info@").append(cell.text(0)); }),
       .needs = {"?domain"}},
      {.name = "address", .summary = "where it is", .type = Type::Struct, .entity = "Address", .listed = false},
  };
}

}  // namespace

const EntityDeclaration& hospital_entity() {
  static const EntityDeclaration kHospital{
      .name = "Hospital",
      .summary = "a hospital; name, size, departments and services follow its type",
      .parameters = {kDatasetParameter},
      .attributes = hospital_attributes()};
  return kHospital;
}

}  // namespace mimus
