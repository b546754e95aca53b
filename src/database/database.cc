#include "database/database.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {

std::optional<std::size_t> TableShape::find(std::string_view column) const {
  const std::string folded = fold_case(column);
  std::optional<std::size_t> found;
  bool is_only = true;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].name == column) return c;
    if (fold_case(columns[c].name) != folded) continue;
    is_only = !found;
    found = c;
  }
  return is_only ? found : std::nullopt;
}

Result<Value> Database::ask(const std::string& sql) {
  constexpr std::size_t kMostRows = 1'000'000;
  ValueList rows;
  MIMUS_TRY(read_query(sql, [&](const std::shared_ptr<const Record>& batch) -> Status {
    if (rows.size() + batch->rows > kMostRows) {
      return fail("database.rows", "the query gives more than 1,000,000 rows, which are too many for one value",
                  "a LIMIT, or a <generate> whose source is the database");
    }
    for (std::size_t k = 0; k < batch->rows; ++k) rows.push_back(map_at(*batch, k));
    return {};
  }));
  return Value::list(std::move(rows));
}

}  // namespace mimus
