// Medical procedures: specialty and structure follow the category; cost, duration and recovery the kind.
#include <cmath>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

std::string_view kind_of(bool is_surgical, bool is_diagnostic) {
  return is_surgical ? "surgical" : is_diagnostic ? "diagnostic" : "general";
}

// A chance that depends on whether it is an operation.
std::function<void(Making&)> chance_by_surgery(double surgical, double other) {
  return truths([=](const Cell& cell) { return cell.draws.chance(cell.truth(0) ? surgical : other); });
}

void append_name(const Cell& cell, std::string& out) {
  out.append(cell.text(0)).append(" of the ").append(cell.pick(0)).append(" ").append(cell.text(1));
}

void append_description(const Cell& cell, std::string& out) {
  const std::string_view kind = kind_of(cell.truth(0), cell.truth(1));
  const bool is_checkup = kind == "general" && cell.truth(2);
  const std::string category = small_letters(cell.text(5));
  out += filled(pick_of_group(cell, 0, "which", is_checkup ? "preventive" : kind),
                {{"{action}", cell.text(3)},
                 {"{structure}", cell.text(4)},
                 {"{category}", category},
                 {"{purpose}", pick_of_group(cell, 1, "which", is_checkup ? "preventive" : kind)}});
  if (cell.truth(6)) out.append(" ").append(cell.pick(2));
}

// By the kind, anesthesia and time, within a fifth; in hundredths.
std::int64_t cost(const Cell& cell) {
  Draws& draws = cell.draws;
  double sum = cell.truth(0) ? 1000 + 4000 * draws.fraction() : 100 + 900 * draws.fraction();
  if (cell.truth(1)) sum += 500 + 1000 * draws.fraction();
  sum += static_cast<double>(cell.integer(2)) / 60 * (200 + 300 * draws.fraction());
  return std::llround(sum * (0.8 + 0.4 * draws.fraction()) * 100);
}

AttributeDeclaration truth_by_surgery(std::string_view name, double surgical, double other, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .type = Type::Bool,
          .make = chance_by_surgery(surgical, other),
          .needs = {"is_surgical"}};
}

AttributeDeclaration number_by_surgery(std::string_view name, std::pair<std::int64_t, std::int64_t> surgical,
                                       std::pair<std::int64_t, std::int64_t> other, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .type = Type::Int64,
          .make = integers([=](const Cell& cell) {
            const auto [least, most] = cell.truth(0) ? surgical : other;
            return between(cell, least, most);
          }),
          .needs = {"is_surgical"}};
}

AttributeDeclaration of_category(std::string_view name, std::string_view column, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .make = word_of_row(column),
          .needs = {"?category"},
          .choices = {"procedure_category"}};
}

std::vector<AttributeDeclaration> procedure_attributes() {
  return {
      {.name = "?category", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"procedure_category"}},
      {.name = "?action",
       .summary = "",
       .make = texts([](const Cell& cell, std::string& out) {
         out += pick_of_group(cell, 0, "which", kind_of(cell.truth(0), cell.truth(1)));
       }),
       .needs = {"is_surgical", "is_diagnostic"},
       .choices = {"procedure_action"}},
      {.name = "?structure",
       .summary = "",
       .make =
           texts([](const Cell& cell, std::string& out) { out += pick_of_group(cell, 0, "category", cell.text(0)); }),
       .needs = {"category"},
       .choices = {"procedure_structure"}},
      {.name = "procedure_id", .summary = "`PROC-` and eight hexadecimal digits", .make = hex_id("PROC-")},
      {.name = "procedure_code",
       .summary = "`P12345`",
       .make = texts([](const Cell& cell, std::string& out) { append_number(out, cell.draws, "P#####"); }, true)},
      {.name = "cpt_code",
       .summary = "five digits, the first not 0",
       .make = texts([](const Cell& cell, std::string& out) { out += std::to_string(between(cell, 10'000, 99'999)); },
                     true)},
      {.name = "name",
       .summary = "`Repair of the Left Knee`",
       .make = texts(append_name),
       .needs = {"?action", "?structure"},
       .choices = {"procedure_location"}},
      {.name = "description",
       .summary = "one or two sentences",
       .make = texts(append_description),
       .needs = {"is_surgical", "is_diagnostic", "is_preventive", "?action", "?structure", "category",
                 "requires_anesthesia"},
       .choices = {"procedure_description", "procedure_purpose", "anesthesia_note"}},
      of_category("category", "name", "`Cardiovascular`"),
      of_category("specialty", "specialty", "that of the category"),
      number_by_surgery("duration_minutes", {30, 240}, {10, 120}, "longer for operations"),
      {.name = "cost",
       .summary = "by kind, anesthesia and duration",
       .type = Type::Float64,
       .make = decimals(2, cost),
       .needs = {"is_surgical", "requires_anesthesia", "duration_minutes"}},
      truth_by_surgery("requires_anesthesia", 0.9, 0.2, "most operations do"),
      {.name = "is_surgical",
       .summary = "whether it is an operation",
       .type = Type::Bool,
       .make = truths([](const Cell& cell) { return cell.draws.chance(0.3); })},
      truth_by_surgery("is_diagnostic", 0.2, 0.7, "whether it is to find something out"),
      truth_by_surgery("is_preventive", 0.05, 0.3, "whether it comes before any illness"),
      number_by_surgery("recovery_time_days", {1, 30}, {0, 3}, "longer for operations"),
  };
}

}  // namespace

const EntityDeclaration& medical_procedure_entity() {
  static const EntityDeclaration kProcedure{
      .name = "MedicalProcedure",
      .summary = "a medical procedure; specialty follows the category, cost and recovery the kind",
      .parameters = {kDatasetParameter},
      .attributes = procedure_attributes()};
  return kProcedure;
}

}  // namespace mimus
