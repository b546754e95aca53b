// Histories of patients: visits in their order, for what the patient has and for what comes and goes.
#include <algorithm>
#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

struct Reason {
  std::string name, code, specialty;
};

Reason row_of(const PackTable& table, std::size_t row) {
  return {std::string(table.texts("name")[row]), std::string(table.texts("code")[row]),
          std::string(table.texts("specialty")[row])};
}

// One of the patient's conditions, half of the times where there are some; else what comes and goes.
Reason reason(const Cell& cell, const ValueList& conditions) {
  const PackTable& known = cell.choice(0).table();
  if (!conditions.empty() && cell.draws.below(2) == 0) {
    const std::string& name = *conditions[cell.draws.below(conditions.size())].as_text();
    for (std::size_t row = 0; row < known.rows(); ++row) {
      if (known.texts("name")[row] == name) return row_of(known, row);
    }
  }
  return row_of(cell.choice(1).table(), cell.choice(1).pick(cell.draws.next()));
}

Value medication(const Cell& cell, const std::string& code) {
  const PackTable& table = cell.choice(2).table();
  const std::vector<std::size_t> rows = rows_of_group(table, "code", code);
  const bool is_for_it = table.texts("code")[rows.front()] == code;
  if (!is_for_it || cell.draws.chance(0.3)) return {};
  return text_value(table.texts("name")[pick_row(cell.draws, table, rows)]);
}

// Needs: conditions, weight in kilograms. From three years ago on; the weight changes little from one to the next.
Value visits(const Cell& cell) {
  const Value conditions = cell.value(0);
  const std::int64_t today = midnight(cell.now()) / kDay;
  const std::int64_t count = 1 + static_cast<std::int64_t>(conditions.as_list()->size()) + between(cell, 0, 6);
  std::vector<std::int64_t> days;
  for (std::int64_t k = 0; k < count; ++k) days.push_back(today - between(cell, 0, 3 * 365));
  std::ranges::sort(days);
  double kilograms = cell.number(1);
  ValueList out;
  for (const std::int64_t day : days) {
    Reason why = reason(cell, *conditions.as_list());
    kilograms += decimal_between(cell.draws, -1, 1, 1);
    Value taken = medication(cell, why.code);
    const std::int64_t upper = between(cell, 105, 150);
    out.push_back(Value::map(
        {{"date", Value(Date{day})},
         {"reason", Value(std::move(why.name))},
         {"diagnosis_code", Value(std::move(why.code))},
         {"specialty", Value(std::move(why.specialty))},
         {"blood_pressure", Value(std::to_string(upper) + "/" + std::to_string(upper - between(cell, 35, 55)))},
         {"weight_kg", Value(static_cast<double>(std::llround(kilograms * 10)) / 10)},
         {"medication", std::move(taken)},
         {"cost", Value(decimal_between(cell.draws, 30, 450, 2))}}));
  }
  return Value::list(std::move(out));
}

std::vector<AttributeDeclaration> history_attributes() {
  return {
      {.name = "patient", .summary = "whose it is", .type = Type::Struct, .entity = "Patient"},
      {.name = "visits",
       .summary = "a list of maps by date: date, reason, diagnosis_code (ICD-10), specialty, blood_pressure, "
                  "weight_kg, medication, cost",
       .type = Type::Dynamic,
       .make = values(visits),
       .needs = {"patient.conditions", "patient.weight_kg"},
       .choices = {"medical_condition", "visit_reason", "medication"}},
      {.name = "visit_count",
       .summary = "how many there are",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return static_cast<std::int64_t>(cell.value(0).as_list()->size()); }),
       .needs = {"visits"}},
  };
}

}  // namespace

const EntityDeclaration& patient_history_entity() {
  static const EntityDeclaration kHistory{
      .name = "PatientHistory",
      .summary = "a patient and the visits of three years, for the patient's conditions and for others",
      .parameters = {kDatasetParameter},
      .attributes = history_attributes()};
  return kHistory;
}

}  // namespace mimus
