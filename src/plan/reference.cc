// Binding of <reference>: values of a column of records that are there already.
#include <algorithm>
#include <numeric>
#include <utility>

#include "base/text.h"
#include "plan/databases.h"
#include "plan/level_binder.h"
#include "plan/sources.h"

namespace mimus {
namespace {

// The values of one column, in the order of the rows; rows without the field are left out.
std::vector<Value> values_of(const Source& source, const std::string& key) {
  constexpr std::uint64_t kBatch = 2048;
  std::vector<Value> out;
  std::vector<std::uint64_t> rows;
  for (std::uint64_t first = 0; first < source.length(); first += kBatch) {
    rows.resize(std::min(kBatch, source.length() - first));
    std::iota(rows.begin(), rows.end(), first);
    Record record;
    for (const std::string& name : source.names()) record.fields.push_back({name, {}});
    source.read(rows, record);
    const auto field = std::ranges::find(record.fields, key, &Field::name);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      if (source.has_base()) {
        const Value row = value_at(record.base, k);
        const Value* value = row.as_map() == nullptr ? nullptr : find(*row.as_map(), key);
        if (value != nullptr) out.push_back(*value);
      } else if (field != record.fields.end() && field->column.is_present(k)) {
        out.push_back(value_at(field->column, k));
      }
    }
  }
  return out;
}

Result<OpenedSource> open_column(const NamedDatabase& database, const Reference& reference, const SetupScope& scope) {
  MIMUS_ASSIGN(auto rows,
               open_table(database, {.table = reference.source_type, .column = reference.source_key}, scope));
  return OpenedSource{std::move(rows), true};
}

}  // namespace

void LevelBinder::bind_reference(const Reference& reference, LevelPlan& level) {
  const std::string label = "<reference> '" + reference.name.text + "'";
  const NamedDatabase* database = find_database(reference.source.text, scope_);
  if (database == nullptr && !scope_.shared.memstores.contains(reference.source.text)) {
    std::vector<std::string_view> known;
    for (const auto& [id, other] : scope_.shared.databases.by_id) known.push_back(id);
    for (const auto& [id, store] : scope_.shared.memstores) known.push_back(id);
    return report({.code = "reference.source",
                   .message = "the source of " + label + " must be a database or a memstore, but is '" +
                              reference.source.text + "'",
                   .hint = suggest(reference.source.text, known)},
                  reference.source.at);
  }
  auto opened = database == nullptr
                    ? open_source(reference.source, reference.source_type.text, {}, RowReader::Other, scope_)
                    : open_column(*database, reference, scope_);
  if (!opened) return report(std::move(opened).error(), reference.source.at);
  const Source& source = *opened->rows;
  // Of a table there is the one column, as the database writes it.
  const std::vector<Value> values =
      values_of(source, database == nullptr ? reference.source_key.text : source.names().front());
  if (auto status = source.status(); !status) return report(std::move(status).error(), reference.at);
  if (values.empty() && source.length() > 0) {
    const std::vector<std::string_view> known(source.names().begin(), source.names().end());
    return report({.code = "reference.key",
                   .message = "no record of type '" + reference.source_type.text + "' in '" + reference.source.text +
                              "' has the field '" + reference.source_key.text + "' that " + label + " takes",
                   .hint = suggest(reference.source_key.text, known)},
                  reference.source_key.at);
  }
  if (values.empty()) {
    return report({.code = "reference.empty",
                   .message = "no data found for " + label + ": '" + reference.source.text +
                              "' has no records of type '" + reference.source_type.text + "'"},
                  reference.source_type.at);
  }
  const auto place = place_of(reference.name, level);
  if (!place) return;
  dicts_.erase({place->shape, place->field});
  assigned_.insert({place->shape, place->field});
  level.steps.emplace_back(ReferencePlan{.place = *place,
                                         .values = column_of(values),
                                         // In a branch there is no list in which a value could come twice.
                                         .unique = reference.unique && open_branches_ == 0,
                                         .stream = Stream(scope_.seed(), reference.path.text()),
                                         .label = label,
                                         .at = reference.at});
}

}  // namespace mimus
