// Devices of hospitals: what they were used for and how they were kept, up to now.
#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

std::string day_text(std::int64_t micros) {
  std::string out;
  append_day(out, micros);
  return out;
}

// A day so many days from now: of both, the earlier one first.
std::function<void(Making&)> day_from_now(std::int64_t first, std::int64_t last) {
  return texts(
      [first, last](const Cell& cell, std::string& out) {
        append_day(out, midnight(cell.now()) + between(cell, first, last) * kDay);
      },
      true);
}

void append_model(const Cell& cell, std::string& out) {
  append_letters(out, cell.draws, 2);
  append_digits(out, cell.draws, 4);
}

void append_serial(const Cell& cell, std::string& out) {
  out.append("MFG-").append(cell.text(0).substr(0, 4));
  out += '-';
  append_code(out, cell.draws, 8);
}

std::string decimal_text(Draws& draws, double first, double last, int decimals) {
  std::string out = std::to_string(decimal_between(draws, first, last, decimals));
  out.resize(out.find('.') + 1 + static_cast<std::size_t>(decimals));
  return out;
}

std::string range_text(const Cell& cell, std::int64_t first, std::int64_t middle, std::int64_t last) {
  const std::int64_t from = between(cell, first, middle);
  return std::to_string(from) + "-" + std::to_string(between(cell, middle, last));
}

// One of the texts.
std::string one_of(const Cell& cell, std::initializer_list<std::string_view> texts) {
  return std::string(texts.begin()[cell.draws.below(texts.size())]);
}

void add(ValueMap& out, std::string_view name, std::string text) {
  out.emplace_back(std::string(name), Value(std::move(text)));
}

void add_of_type(const Cell& cell, std::string_view type, ValueMap& out) {
  if (type.contains("Ventilator")) {
    add(out, "flow_rate_lpm", range_text(cell, 1, 10, 120));
    add(out, "pressure_range_cmh2o", range_text(cell, 0, 10, 60));
    add(out, "modes", one_of(cell, {"AC, SIMV, CPAP", "CPAP, BiPAP", "AC, SIMV, PSV, CPAP"}));
  } else if (type.contains("MRI")) {
    add(out, "field_strength_tesla", one_of(cell, {"1.5", "3.0", "7.0"}));
    add(out, "bore_diameter_cm", std::to_string(between(cell, 60, 70)));
    add(out, "gradient_strength_mtm", std::to_string(between(cell, 30, 80)));
  } else if (type.contains("X-Ray")) {
    add(out, "max_voltage_kv", std::to_string(between(cell, 100, 150)));
    add(out, "max_current_ma", std::to_string(between(cell, 200, 800)));
    add(out, "detector_type", one_of(cell, {"Flat panel", "Computed radiography", "Image intensifier"}));
  } else if (type.contains("Ultrasound")) {
    add(out, "probe_types", one_of(cell, {"Linear, Convex", "Convex, Phased array", "Linear, Convex, Endocavity"}));
    add(out, "imaging_modes", one_of(cell, {"B-mode, M-mode", "B-mode, Doppler", "B-mode, M-mode, Doppler, 3D"}));
    add(out, "frequency_range_mhz", range_text(cell, 1, 5, 18));
  }
}

Value specifications(const Cell& cell) {
  ValueMap out;
  add(out, "power_supply", one_of(cell, {"AC", "Battery", "AC/Battery"}));
  add(out, "weight_kg", decimal_text(cell.draws, 0.5, 200, 1));
  std::string size = std::to_string(between(cell, 10, 200));
  for (int side = 0; side < 2; ++side) size.append("x").append(std::to_string(between(cell, 10, 200)));
  add(out, "dimensions_cm", std::move(size));
  add_of_type(cell, cell.text(0), out);
  return Value::map(std::move(out));
}

Value note(const Cell& cell, std::size_t choice, double empty) {
  return text_value(cell.draws.chance(empty) ? std::string_view() : cell.pick(choice));
}

Value usage_entry(const Cell& cell, std::int64_t day) {
  return Value::map({{"date", Value(day_text(day))},
                     {"user", text_value(cell.text(0))},
                     {"duration_minutes", Value(std::to_string(between(cell, 15, 240)))},
                     {"purpose", text_value(cell.pick(0))},
                     {"notes", note(cell, 1, 0.2)}});
}

Value parts_replaced(const Cell& cell) {
  if (cell.draws.chance(0.4)) return Value::list({});
  return some_words(cell, 1, 1, 3);
}

Value maintenance_entry(const Cell& cell, std::int64_t day) {
  double cost = decimal_between(cell.draws, 100, 500, 2);
  if (cell.draws.chance(0.6)) cost += decimal_between(cell.draws, 200, 2000, 2);
  return Value::map({{"date", Value(day_text(day))},
                     {"technician", text_value(cell.text(0))},
                     {"type", text_value(cell.pick(0))},
                     {"parts_replaced", parts_replaced(cell)},
                     {"cost", Value(static_cast<double>(static_cast<std::int64_t>(cost * 100 + 0.5)) / 100)},
                     {"duration_hours", Value(decimal_between(cell.draws, 0.5, 8, 1))},
                     {"result", text_value(cell.pick(2))},
                     {"notes", note(cell, 3, 0.1)}});
}

struct Steps {
  std::int64_t entries_least, entries_most;
  std::int64_t start_first, start_last;  // days ago
  std::int64_t step_least, step_most;    // days
};

// Entries one after the other, none of them in the future.
std::function<void(Making&)> entries(Steps steps, Value (*entry)(const Cell&, std::int64_t day)) {
  return values([steps, entry](const Cell& cell) {
    const std::int64_t count = between(cell, steps.entries_least, steps.entries_most);
    std::int64_t day = midnight(cell.now()) - between(cell, steps.start_first, steps.start_last) * kDay;
    ValueList out;
    for (std::int64_t k = 0; k < count && day <= cell.now().micros; ++k) {
      out.push_back(entry(cell, day));
      day += between(cell, steps.step_least, steps.step_most) * kDay;
    }
    return Value::list(std::move(out));
  });
}

std::vector<AttributeDeclaration> device_attributes() {
  return {
      {.name = "dataset", .summary = "the country of the data", .make = constant(country_code), .listed = false},
      {.name = "?user", .summary = "", .type = Type::Struct, .entity = "Person"},
      {.name = "?technician", .summary = "", .type = Type::Struct, .entity = "Person"},
      {.name = "device_id",
       .summary = "`DEV-` and eight digits",
       .make = texts(
           [](const Cell& cell, std::string& out) {
             out += "DEV-";
             append_digits(out, cell.draws, 8);
           },
           true)},
      word_of("device_type", "device_type", "`Ventilator`"),
      word_of("manufacturer", "device_manufacturer", "an invented manufacturer"),
      {.name = "model_number", .summary = "`AB1234`", .make = texts(append_model, true)},
      {.name = "serial_number",
       .summary = "`MFG-2021-7Q2ZK01B`",
       .make = texts(append_serial, true),
       .needs = {"manufacture_date"}},
      {.name = "manufacture_date", .summary = "one to ten years ago", .make = day_from_now(-3650, -365)},
      {.name = "expiration_date", .summary = "in one to five years", .make = day_from_now(365, 1825)},
      {.name = "last_maintenance_date", .summary = "within the last 180 days", .make = day_from_now(-180, 0)},
      {.name = "next_maintenance_date", .summary = "within the next 180 days", .make = day_from_now(1, 180)},
      word_of("status", "device_status", "`Active`"),
      word_of("location", "device_location", "a place in a hospital"),
      {.name = "assigned_to", .summary = "a person's name", .make = same_as_need(), .needs = {"?user.name"}},
      {.name = "specifications",
       .summary = "a map of texts, by the device's type",
       .type = Type::Dynamic,
       .make = values(specifications),
       .needs = {"device_type"}},
      {.name = "usage_logs",
       .summary = "a list of maps: date, user, duration_minutes, purpose, notes",
       .type = Type::Dynamic,
       .make = entries({3, 10, 365, 730, 5, 60}, usage_entry),
       .needs = {"assigned_to"},
       .choices = {"device_purpose", "device_note"}},
      {.name = "maintenance_history",
       .summary = "a list of maps: date, technician, type, parts_replaced, cost, duration_hours, result, notes",
       .type = Type::Dynamic,
       .make = entries({2, 8, 365, 1095, 30, 180}, maintenance_entry),
       .needs = {"?technician.name"},
       .choices = {"maintenance_type", "maintenance_part", "maintenance_result", "maintenance_note"}},
  };
}

}  // namespace

const EntityDeclaration& medical_device_entity() {
  static const EntityDeclaration kDevice{
      .name = "MedicalDevice",
      .summary = "a device of a hospital with its specifications, its use and its maintenance",
      .parameters = {kDatasetParameter},
      .attributes = device_attributes()};
  return kDevice;
}

}  // namespace mimus
