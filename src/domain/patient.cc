// Patients: conditions follow age and sex, medications the conditions, the body's weight its height.
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "domain/making.h"
#include "domain/person.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

// The group of an age in the tables of counts: child, young adult, adult, old.
std::size_t age_group(std::int64_t age) { return age < 18 ? 0 : age < 40 ? 1 : age < 65 ? 2 : 3; }

std::size_t condition_count(const Cell& cell, std::int64_t age) {
  static constexpr double kShares[4][5] = {{0.8, 0.15, 0.04, 0.01, 0},
                                           {0.6, 0.25, 0.1, 0.04, 0.01},
                                           {0.4, 0.3, 0.15, 0.1, 0.05},
                                           {0.2, 0.3, 0.25, 0.15, 0.1}};
  return weighted(cell.draws, kShares[age_group(age)]);
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, small, small); }

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::any_of(words, [&](const std::string& one) { return equal_ignoring_case(one, word); });
}

// How often a condition is had at that age and sex, compared with others.
double condition_weight(const PackTable& conditions, const PackTable& ages, std::size_t row, std::int64_t age,
                        std::string_view gender) {
  const std::string_view sex = conditions.texts("sex")[row];
  if (!sex.empty() && sex != gender) return 0;
  double weight = conditions.floats("weight")[row];
  const PackTexts codes = ages.texts("code");
  for (std::size_t rule = 0; rule < codes.size(); ++rule) {
    const bool is_in = ages.ints("age_min")[rule] <= age && age <= ages.ints("age_max")[rule];
    if (is_in && codes[rule] == conditions.texts("code")[row]) weight *= ages.floats("multiplier")[rule];
  }
  return weight;
}

// By the demographics, without those that are excluded, sorted; no list when there are none.
std::optional<Value> conditions_of_population(const Cell& cell) {
  const EntityEnvironment& environment = cell.making().environment();
  if (environment.population == nullptr) return std::nullopt;
  const Value drawn = sampled_conditions(cell, cell.integer(0), cell.text(1));
  std::set<std::string> names;
  for (const Value& name : *drawn.as_list()) {
    if (!has_word(environment.conditions_exclude, *name.as_text())) names.insert(*name.as_text());
  }
  if (names.empty()) return std::nullopt;
  names.insert(environment.conditions_include.begin(), environment.conditions_include.end());
  ValueList out;
  for (const std::string& name : names) out.emplace_back(name);
  return Value::list(std::move(out));
}

// The names of conditions; those that the descriptor includes are among them as often as others, or alone.
Value conditions_of(const Cell& cell) {
  if (auto sampled = conditions_of_population(cell)) return std::move(*sampled);
  const EntityEnvironment& environment = cell.making().environment();
  const PackTable& table = cell.choice(0).table();
  const PackTexts names = table.texts("name");
  std::size_t count = condition_count(cell, cell.integer(0));
  std::vector<std::size_t> rows;
  std::vector<double> weights;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (has_word(environment.conditions_exclude, names[row])) continue;
    const double weight = condition_weight(table, cell.choice(1).table(), row, cell.integer(0), cell.text(1));
    if (weight <= 0) continue;
    rows.push_back(row);
    weights.push_back(weight);
  }
  ValueList out;
  for (const std::string& name : environment.conditions_include) out.emplace_back(name);
  count -= std::min(count, out.size());
  for (const std::size_t row : distinct_rows(cell.draws, std::move(rows), std::move(weights), count)) {
    if (!has_word(environment.conditions_include, names[row])) out.push_back(text_value(names[row]));
  }
  return Value::list(std::move(out));
}

std::string_view code_of(const PackTable& conditions, std::string_view name) {
  for (std::size_t row = 0; row < conditions.rows(); ++row) {
    if (conditions.texts("name")[row] == name) return conditions.texts("code")[row];
  }
  return {};
}

void add_medication(const Cell& cell, std::string_view code, std::vector<std::string>& out) {
  const PackTable& table = cell.choice(1).table();
  const std::vector<std::size_t> rows = rows_of_group(table, "code", code);
  const std::string_view name = table.texts("name")[pick_row(cell.draws, table, rows)];
  if (std::ranges::find(out, name) == out.end()) out.emplace_back(name);
}

// What is taken for the conditions, mostly, and what many take without one: the more, the older.
Value medications_of(const Cell& cell) {
  std::vector<std::string> names;
  const Value conditions = cell.value(1);
  for (const Value& condition : *conditions.as_list()) {
    if (cell.draws.chance(0.85)) add_medication(cell, code_of(cell.choice(0).table(), *condition.as_text()), names);
  }
  static constexpr double kMore[4] = {0.1, 0.2, 0.3, 0.45};
  while (names.size() < 6 && cell.draws.chance(kMore[age_group(cell.integer(0))])) add_medication(cell, "", names);
  ValueList out;
  for (std::string& name : names) out.emplace_back(std::move(name));
  return Value::list(std::move(out));
}

Value allergies_of(const Cell& cell) {
  const std::size_t count = weighted(cell.draws, {0.5, 0.2, 0.15, 0.1, 0.03, 0.02});
  return some_words(cell, 0, static_cast<std::int64_t>(count), static_cast<std::int64_t>(count));
}

// In tenths of a centimetre: of children by their age, of adults by sex.
std::int64_t height(const Cell& cell) {
  const std::int64_t age = cell.integer(0);
  const bool is_male = cell.text(1) == "male";
  if (age >= 18) return is_male ? between(cell, 1600, 1900) : between(cell, 1500, 1750);
  const std::int64_t grown = age * (is_male ? 50 : 48);
  return between(cell, 900 + grown, 1100 + grown) * (age < 2 ? 7 : 10) / 10;
}

// In tenths of a kilogram, from a body mass index of the usual range.
std::int64_t weight(const Cell& cell) {
  const bool is_child = cell.integer(0) < 18;
  const double index = is_child ? 16 + 8 * cell.draws.fraction() : 18.5 + 11.4 * cell.draws.fraction();
  const double metres = cell.number(1) / 100;
  const double scatter = 0.9 + 0.2 * cell.draws.fraction();
  return std::llround(index * metres * metres * scatter * 10);
}

std::int64_t body_mass_index(const Cell& cell) {
  const double metres = cell.number(0) / 100;
  return std::llround(cell.number(1) / (metres * metres) * 10);
}

// Someone else of the country; half of them of the same family name.
Value emergency_contact(const Cell& cell) {
  const std::string_view family = cell.draws.below(2) == 0 ? cell.text(0) : cell.text(1);
  return Value::map({{"name", Value(std::string(cell.text(2)) + " " + std::string(family))},
                     {"relationship", text_value(cell.pick(0))},
                     {"phone", text_value(cell.text(3))}});
}

// In the form of the United States' numbers, of areas that are in use.
void append_ssn(const Cell& cell, std::string& out) {
  std::int64_t area = between(cell, 1, 898);
  area += area >= 666 ? 1 : 0;
  append_padded(out, static_cast<std::uint64_t>(area), 3);
  out += '-';
  append_padded(out, static_cast<std::uint64_t>(between(cell, 1, 99)), 2);
  out += '-';
  append_padded(out, static_cast<std::uint64_t>(between(cell, 1, 9999)), 4);
}

void append_policy_number(const Cell& cell, std::string& out) {
  append_letters(out, cell.draws, 3);
  out += '-';
  append_digits(out, cell.draws, 8);
}

std::vector<AttributeDeclaration> patient_attributes() {
  return {
      {.name = "patient_id", .summary = "`PAT-` and eight hexadecimal digits", .make = hex_id("PAT-")},
      {.name = "medical_record_number", .summary = "`MRN-` and eight hexadecimal digits", .make = hex_id("MRN-")},
      {.name = "person_data", .summary = "the person", .type = Type::Struct, .entity = "Person", .listed = false},
      {.name = "?contact", .summary = "", .type = Type::Struct, .entity = "Person"},
      {.name = "ssn", .summary = "`123-45-6789`", .make = texts(append_ssn, true)},
      same_as("given_name", "person_data.given_name", "a given name of the gender"),
      same_as("family_name", "person_data.family_name", "a family name"),
      same_as("full_name", "person_data.full_name", "given and family name"),
      same_as("gender", "person_data.gender", "`female`, `male`"),
      same_as("birthdate", "person_data.birthdate", "date and time of birth", Type::DateTime),
      same_as("age", "person_data.age", "completed years", Type::Int64),
      {.name = "blood_type", .summary = "`O+`, `AB-`", .make = any_word("name"), .choices = {"blood_type"}},
      {.name = "height_cm",
       .summary = "by age and sex",
       .type = Type::Float64,
       .make = decimals(1, height),
       .needs = {"age", "gender"}},
      {.name = "weight_kg",
       .summary = "by height",
       .type = Type::Float64,
       .make = decimals(1, weight),
       .needs = {"age", "height_cm"}},
      {.name = "bmi",
       .summary = "the body mass index of both",
       .type = Type::Float64,
       .make = decimals(1, body_mass_index),
       .needs = {"height_cm", "weight_kg"}},
      {.name = "allergies",
       .summary = "a list of none to five",
       .type = Type::Dynamic,
       .make = values(allergies_of),
       .choices = {"allergy"}},
      {.name = "medications",
       .summary = "a list: for the conditions, and what is taken without one",
       .type = Type::Dynamic,
       .make = values(medications_of),
       .needs = {"age", "conditions"},
       .choices = {"medical_condition", "medication"}},
      {.name = "conditions",
       .summary = "a list of none to four, as frequent as at the age and sex",
       .type = Type::Dynamic,
       .make = values(conditions_of),
       .needs = {"age", "gender"},
       .choices = {"medical_condition", "condition_age"}},
      {.name = "emergency_contact",
       .summary = "a map: name, relationship, phone",
       .type = Type::Dynamic,
       .make = values(emergency_contact),
       .needs = {"family_name", "?contact.family_name", "?contact.given_name", "?contact.phone"},
       .choices = {"relationship"}},
      {.name = "insurance_provider",
       .summary = "an invented insurer",
       .make = any_word("name"),
       .choices = {"health_insurer"}},
      {.name = "insurance_policy_number", .summary = "`ABC-12345678`", .make = texts(append_policy_number, true)},
      {.name = "transaction_profile", .summary = "null", .type = Type::Null, .make = no_value()},
  };
}

}  // namespace

const EntityDeclaration& patient_entity() {
  static const EntityDeclaration kPatient{
      .name = "Patient",
      .summary = "a patient; conditions follow age and sex, medications the conditions",
      .parameters = {kDatasetParameter},
      .attributes = patient_attributes()};
  return kPatient;
}

}  // namespace mimus
