// What the objects of a JSON source have in common, and columns of such objects.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/column.h"
#include "source/row_index.h"

namespace mimus {

// Kinds of values, as bits.
inline constexpr std::uint8_t kJsonNull = 1;
inline constexpr std::uint8_t kJsonBool = 2;
inline constexpr std::uint8_t kJsonInt = 4;
inline constexpr std::uint8_t kJsonBig = 8;
inline constexpr std::uint8_t kJsonFloat = 16;
inline constexpr std::uint8_t kJsonText = 32;

// All objects have these names in this order, with simple values of these kinds; or they differ.
struct JsonShape {
  bool is_uniform = true;
  std::uint64_t rows = 0;
  std::vector<std::string> names;
  std::vector<std::uint8_t> kinds;
};

// Looks at one object. `shape` grows; nothing is said about it when there is a mistake.
[[nodiscard]] std::optional<RowProblem> add_to_shape(std::string_view object, JsonShape& shape);
// Of the objects of two texts, one behind the other.
void join_shapes(JsonShape& shape, const JsonShape& next);

// Columns of objects of a uniform shape, filled object by object. One owner.
class JsonColumns {
 public:
  // The shape is borrowed. `rows`: how many are expected.
  JsonColumns(const JsonShape& shape, std::size_t rows);
  // False when the object has another shape.
  [[nodiscard]] bool add(std::string_view object);
  [[nodiscard]] std::vector<std::shared_ptr<Column>> finish();

 private:
  class Filler;

  const JsonShape& shape_;
  std::vector<std::shared_ptr<Column>> columns_;
  std::vector<std::vector<std::size_t>> ends_;  // of the texts of a column in its arena
  std::size_t rows_ = 0;
};

}  // namespace mimus
