#include "pack/pack_writer.h"

#include <cstring>
#include <unordered_map>

namespace mimus {
namespace {

constexpr std::size_t kHeader = 40, kEntry = 16, kMostText = 65'535;

template <class Number>
void put(std::string& out, Number number) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

// Each text once.
class Strings {
 public:
  Result<std::uint32_t> add(const std::string& text) {
    const auto known = offsets_.find(text);
    if (known != offsets_.end()) return known->second;
    if (text.size() > kMostText) {
      return fail("pack.text", "a text of " + std::to_string(text.size()) + " bytes", "at most 65,535");
    }
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    put(bytes_, static_cast<std::uint16_t>(text.size()));
    bytes_ += text;
    offsets_.emplace(text, offset);
    return offset;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, std::uint32_t> offsets_;
  std::string bytes_;
};

Result<std::string> cells_of(const PackColumn& column, Strings& strings) {
  std::string out;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.cells)) {
    for (const std::string& text : *texts) {
      MIMUS_ASSIGN(const std::uint32_t offset, strings.add(text));
      put(out, offset);
    }
  } else if (const auto* ints = std::get_if<std::vector<std::int64_t>>(&column.cells)) {
    for (const std::int64_t number : *ints) put(out, number);
  } else {
    for (const double number : std::get<std::vector<double>>(column.cells)) put(out, number);
  }
  out.resize(padded(out.size()));
  return out;
}

std::size_t rows_of(const std::vector<PackColumn>& columns) {
  return columns.empty() ? 0 : std::visit([](const auto& cells) { return cells.size(); }, columns.front().cells);
}

}  // namespace

Result<std::string> encode_pack(const PackTables& tables) {
  std::size_t column_count = 0;
  for (const auto& [name, table] : tables) column_count += table.size();
  std::size_t offset = padded(kHeader + (tables.size() + column_count) * kEntry);
  const std::size_t start = offset;
  Strings strings;
  std::string directory, columns, cells;
  std::uint32_t first = 0;
  for (const auto& [name, table] : tables) {
    MIMUS_ASSIGN(const std::uint32_t shown, strings.add(name));
    put(directory, shown);
    put(directory, static_cast<std::uint32_t>(rows_of(table)));
    put(directory, static_cast<std::uint32_t>(table.size()));
    put(directory, first);
    for (const PackColumn& column : table) {
      MIMUS_ASSIGN(const std::uint32_t title, strings.add(column.name));
      MIMUS_ASSIGN(const std::string bytes, cells_of(column, strings));
      put(columns, title);
      put(columns, static_cast<std::uint32_t>(column.cells.index()));
      put(columns, static_cast<std::uint64_t>(offset));
      cells += bytes;
      offset += bytes.size();
      ++first;
    }
  }
  std::string out = "mimuspk1";
  put(out, std::uint32_t{1});
  put(out, static_cast<std::uint32_t>(tables.size()));
  put(out, static_cast<std::uint32_t>(column_count));
  put(out, static_cast<std::uint32_t>(strings.bytes().size()));
  put(out, static_cast<std::uint64_t>(offset));
  put(out, static_cast<std::uint64_t>(offset + strings.bytes().size()));
  out += directory + columns;
  out.resize(start);
  return out + cells + strings.bytes();
}

}  // namespace mimus
