#include "target/row_bytes.h"

#include <cstring>

namespace mimus {
namespace {

template <class T>
char* put(char* p, T value) {
  std::memcpy(p, &value, sizeof value);
  return p + sizeof value;
}

template <class T>
T take(std::string_view& bytes) {
  T value;
  bytes.copy(reinterpret_cast<char*>(&value), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

constexpr std::size_t kCellRoom = 4 + 1 + 8;

}  // namespace

void RowWriter::begin() {
  start_ = out_.size();
  char* p = out_.room(out_.end(), kRowHead);
  out_.set_end(put(p, std::uint32_t{0}));
}

void RowWriter::add(std::uint32_t column, const SqlValue& value) {
  char* p = out_.room(out_.end(), kCellRoom + value.bytes.size());
  p = put(p, column);
  p = put(p, value.kind);
  switch (value.kind) {
    case SqlValue::Kind::Null:
      break;
    case SqlValue::Kind::Integer:
      p = put(p, value.integer);
      break;
    case SqlValue::Kind::Real:
      p = put(p, value.real);
      break;
    case SqlValue::Kind::Text:
    case SqlValue::Kind::Bytes:
      p = put(p, static_cast<std::uint32_t>(value.bytes.size()));
      if (!value.bytes.empty()) std::memcpy(p, value.bytes.data(), value.bytes.size());
      p += value.bytes.size();
      break;
  }
  out_.set_end(p);
}

void RowWriter::end() {
  const auto size = static_cast<std::uint32_t>(out_.size() - start_ - kRowHead);
  put(out_.end() - (out_.size() - start_), size);
}

std::size_t row_size(std::string_view bytes) {
  if (bytes.size() < kRowHead) return 0;
  return kRowHead + take<std::uint32_t>(bytes);
}

void read_row(std::string_view row, std::vector<SqlCell>& cells) {
  cells.clear();
  row.remove_prefix(kRowHead);
  while (!row.empty()) {
    SqlCell& cell = cells.emplace_back();
    cell.column = take<std::uint32_t>(row);
    cell.value.kind = take<SqlValue::Kind>(row);
    switch (cell.value.kind) {
      case SqlValue::Kind::Null:
        break;
      case SqlValue::Kind::Integer:
        cell.value.integer = take<std::int64_t>(row);
        break;
      case SqlValue::Kind::Real:
        cell.value.real = take<double>(row);
        break;
      case SqlValue::Kind::Text:
      case SqlValue::Kind::Bytes: {
        const auto size = take<std::uint32_t>(row);
        cell.value.bytes = row.substr(0, size);
        row.remove_prefix(size);
        break;
      }
    }
  }
}

}  // namespace mimus
