#include "database/sqlite_rows.h"

#include <sqlite3.h>

#include <algorithm>

#include "base/text.h"

namespace mimus {
namespace {

std::string_view kind_label(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::Boolean:
      return "a boolean";
    case ColumnKind::DateTime:
      return "a date and time";
    case ColumnKind::Date:
      return "a date";
    case ColumnKind::Time:
      return "a time of day";
    case ColumnKind::Decimal:
      return "a number";
    case ColumnKind::Json:
      return "JSON";
    default:
      return "a value";
  }
}

std::string_view bytes_of(sqlite3_stmt* statement, int column) {
  // The pointer first: it may convert, and change the size.
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
  return {data == nullptr ? "" : data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

}  // namespace

SqliteRows::SqliteRows(sqlite3_stmt* statement, const std::vector<ColumnKind>& kinds) : statement_(statement) {
  const int count = sqlite3_column_count(statement);
  for (int column = 0; column < count; ++column) {
    const char* name = sqlite3_column_name(statement, column);
    Slot slot{.column = column, .name = name == nullptr ? "" : name};
    if (static_cast<std::size_t>(column) < kinds.size()) slot.kind = kinds[static_cast<std::size_t>(column)];
    const auto known = std::ranges::find(slots_, slot.name, &Slot::name);
    if (known == slots_.end()) {
      slots_.push_back(std::move(slot));
    } else {
      *known = std::move(slot);
    }
  }
}

Status SqliteRows::add() {
  for (Slot& slot : slots_) MIMUS_TRY(add_cell(slot));
  ++rows_;
  ++all_rows_;
  return {};
}

Status SqliteRows::add_cell(Slot& slot) {
  switch (sqlite3_column_type(statement_, slot.column)) {
    case SQLITE_NULL:
      slot.builder.add_null();
      return {};
    case SQLITE_INTEGER: {
      const std::int64_t value = sqlite3_column_int64(statement_, slot.column);
      if (slot.kind != ColumnKind::Plain && slot.kind != ColumnKind::Text) return add_meaning(slot, Value(value));
      slot.builder.add_int(value);
      return {};
    }
    case SQLITE_FLOAT: {
      const double value = sqlite3_column_double(statement_, slot.column);
      if (slot.kind == ColumnKind::Plain || slot.kind == ColumnKind::Text || slot.kind == ColumnKind::Decimal) {
        slot.builder.add_float(value);
        return {};
      }
      return add_meaning(slot, Value(value));
    }
    case SQLITE_BLOB: {
      const std::string_view bytes = bytes_of(statement_, slot.column);
      bytes_ += bytes.size();
      return add_meaning(slot, Value(Bytes{std::string(bytes)}));
    }
    default:
      return add_text(slot);
  }
}

Status SqliteRows::add_text(Slot& slot) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, slot.column));
  const std::string_view text(data == nullptr ? "" : data,
                              static_cast<std::size_t>(sqlite3_column_bytes(statement_, slot.column)));
  bytes_ += text.size();
  if (!is_utf8(text)) return not_a_value(slot, "a text that is not UTF-8");
  if (slot.kind == ColumnKind::Plain || slot.kind == ColumnKind::Text) {
    slot.builder.add_text(text);
    return {};
  }
  if (slot.kind == ColumnKind::DateTime) {
    if (const auto time = parse_sql_time(text)) {
      slot.builder.add_time(*time);
      return {};
    }
  }
  return add_meaning(slot, Value(std::string(text)));
}

Status SqliteRows::add_meaning(Slot& slot, const Value& stored) {
  auto value = meaning_of(stored, slot.kind);
  if (!value) {
    std::string shown;
    append_repr(shown, stored);
    return not_a_value(slot, shown.substr(0, 60) + ", which is not " + std::string(kind_label(slot.kind)));
  }
  slot.builder.add(std::move(*value));
  return {};
}

std::unexpected<Diagnostic> SqliteRows::not_a_value(const Slot& slot, std::string_view what) const {
  return fail("database.value",
              "row " + std::to_string(all_rows_ + 1) + ": column '" + slot.name + "' holds " + std::string(what));
}

std::shared_ptr<const Record> SqliteRows::take() {
  auto record = std::make_shared<Record>();
  record->rows = rows_;
  record->fields.reserve(slots_.size());
  for (Slot& slot : slots_) record->fields.push_back({slot.name, slot.builder.take()});
  rows_ = 0;
  bytes_ = 0;
  return record;
}

}  // namespace mimus
