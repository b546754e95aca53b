// Samples of entities for tests.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "domain/entity.h"
#include "domain/making.h"

namespace mimus {

inline constexpr std::int64_t kNow = 1'767'225'600'000'000;  // 2026-01-01

inline std::vector<std::string> datasets() {
  std::vector<std::string> out;
  const PackTexts codes = Pack::built_in().table("dataset").texts("code");
  for (std::size_t row = 0; row < codes.size(); ++row) out.emplace_back(codes[row]);
  return out;
}

inline Result<std::shared_ptr<const Entity>> entity_of(std::string_view text, const std::string& dataset = "US") {
  EntityEnvironment environment{.pack = &Pack::built_in(), .now = {kNow}};
  environment.dataset = dataset;
  return Entity::make(parse_call(text).value(), std::move(environment));
}

// 300, or as many as MIMUS_TEST_RECORDS says.
inline std::size_t sample_rows() {
  const char* text = std::getenv("MIMUS_TEST_RECORDS");
  return text == nullptr ? 300 : std::strtoull(text, nullptr, 10);
}

// The rows of an entity's batch, by the names of attributes.
class Sample {
 public:
  Sample(std::string_view text, const std::string& dataset, std::size_t rows = sample_rows(), std::uint64_t first = 0)
      : rows_(rows), batch_(entity_of(text, dataset).value()) {
    batch_.start({.first = first, .count = rows}, Stream(42, "sample"));
  }
  [[nodiscard]] const Column& column(std::string_view name) { return batch_.column(*batch_.entity().find(name)); }
  [[nodiscard]] std::string text(std::string_view name, std::size_t row) {
    return std::string(ColumnTexts(column(name))[row]);
  }
  [[nodiscard]] EntityBatch& batch() { return batch_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  std::size_t rows_;
  EntityBatch batch_;
};

inline const ValueList& list_at(const Column& column, std::size_t row) { return *column.values[row].as_list(); }
inline double number_at(const Column& column, std::size_t row) { return *value_at(column, row).as_float(); }
// The value of a map's entry; null when it has none of that name.
inline Value entry(const Value& map, std::string_view name) {
  const Value* found = find_entry(map, name);
  return found == nullptr ? Value() : *found;
}

}  // namespace mimus
