#include "plan/own_tables.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "source/csv.h"

namespace mimus {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;
constexpr std::size_t kMostBytesInAll = std::size_t{256} << 20U;
constexpr std::size_t kMostFiles = 1000;

std::unexpected<Diagnostic> wrong(std::string code, const std::string& file, std::size_t line, std::string message,
                                  std::string hint) {
  Diagnostic out{.code = std::move(code), .message = std::move(message), .hint = std::move(hint)};
  // A pack has no lines.
  if (file.ends_with(kPackEnding)) line = 0;
  out.where = {file, static_cast<int>(line), line > 0 ? 1 : 0, 0};
  return fail(std::move(out));
}

// "given_female.DE" as "given_female/DE".
std::string table_name(const fs::path& file) {
  std::string out = file.stem().string();
  if (const auto dot = out.find('.'); dot != std::string::npos) out[dot] = '/';
  return out;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Names of kinds as the pack has them: letters, digits and '_' around one '/'.
bool is_table_name(std::string_view name) {
  const auto is_part = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
  };
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return is_part(name);
  return is_part(name.substr(0, slash)) && is_part(name.substr(slash + 1));
}

// No number that sums and products of could leave their type: weights are shares.
template <class Number>
bool is_within(Number number, bool is_weight) {
  constexpr auto kMost = Number{1'000'000'000'000};
  if (is_weight) return number >= 0 && number <= Number{1'000'000'000};
  return number >= -kMost && number <= kMost;
}

class TableFile {
 public:
  TableFile(std::string shown, std::string text)
      : shown_(std::move(shown)), text_(std::move(text)), reader_(text_, ',', unquoted_) {}

  Result<std::vector<PackColumn>> read() {
    if (!reader_.next_row()) return wrong("pack.file", shown_, 1, "the file is empty", "its first line names columns");
    MIMUS_ASSIGN(std::vector<PackColumn> columns, header());
    std::size_t rows = 0;
    while (reader_.next_row()) {
      ++rows;
      std::string_view cell;
      std::size_t place = 0;
      for (; reader_.next_cell(cell); ++place) {
        if (place == columns.size()) {
          return wrong("pack.file", shown_, reader_.line(), "more cells than columns", "quote what has commas");
        }
        MIMUS_TRY(add(columns[place], trim(cell)));
      }
      for (; place < columns.size(); ++place) MIMUS_TRY(add(columns[place], ""));
    }
    if (rows == 0) return wrong("pack.file", shown_, 1, "the table has no rows", "a line for each");
    return columns;
  }

 private:
  Result<std::vector<PackColumn>> header() {
    std::vector<PackColumn> out;
    std::string_view cell;
    while (reader_.next_cell(cell)) {
      const std::string_view text = trim(cell);
      const auto colon = text.find(':');
      const std::string_view type = colon == std::string_view::npos ? "" : text.substr(colon + 1);
      PackColumn column{.name = std::string(text.substr(0, colon)), .cells = {}};
      if (!type.empty() && type != "int" && type != "float" && type != "text") {
        return wrong("pack.column", shown_, reader_.line(),
                     "column '" + column.name + "' has the type '" + std::string(type) + "'", "int, float or text");
      }
      const bool is_known = std::ranges::find(out, column.name, &PackColumn::name) != out.end();
      if (column.name.empty() || is_known) {
        return wrong("pack.column", shown_, reader_.line(),
                     column.name.empty() ? "a column has no name" : "column '" + column.name + "' is there twice", "");
      }
      if (type == "int") column.cells = std::vector<std::int64_t>();
      if (type == "float" || (type.empty() && column.name == "weight")) column.cells = std::vector<double>();
      out.push_back(std::move(column));
    }
    return out;
  }

  Status add(PackColumn& column, std::string_view cell) {
    if (auto* texts = std::get_if<std::vector<std::string>>(&column.cells)) {
      texts->emplace_back(cell);
      return {};
    }
    if (auto* ints = std::get_if<std::vector<std::int64_t>>(&column.cells)) return add_number(*ints, column, cell);
    return add_number(std::get<std::vector<double>>(column.cells), column, cell);
  }

  template <class Number>
  Status add_number(std::vector<Number>& cells, const PackColumn& column, std::string_view cell) {
    Number number{};
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    const bool is_weight = column.name == "weight";
    if (cell.empty() && is_weight) number = Number{1};
    const bool is_number = (cell.empty() && is_weight) || (error == std::errc() && end == cell.data() + cell.size());
    if (!is_number || !is_within(number, is_weight)) {
      return wrong("pack.cell", shown_, reader_.line(),
                   "'" + std::string(cell) + "' is no number of the column '" + column.name + "'",
                   is_weight ? "0 to 1,000,000,000" : "");
    }
    cells.push_back(number);
    return {};
  }

  std::string shown_;
  std::string text_;
  std::deque<std::string> unquoted_;
  CsvReader reader_;
};

// The number of rows, which all columns have.
std::size_t rows_of(const std::vector<PackColumn>& columns) {
  return columns.empty() ? 0 : std::visit([](const auto& cells) { return cells.size(); }, columns.front().cells);
}

const PackColumn* find_column(const std::vector<PackColumn>& columns, std::string_view name) {
  const auto known = std::ranges::find(columns, name, &PackColumn::name);
  return known == columns.end() ? nullptr : &*known;
}

// "latin" from the names, where they are written so.
PackColumn latin_of(const std::vector<std::string>& names) {
  std::vector<std::string> cells;
  for (const std::string& name : names) {
    std::string latin;
    for (const char c : is_ascii(name) ? name : std::string()) {
      if (c >= 'A' && c <= 'Z') latin += static_cast<char>(c - 'A' + 'a');
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) latin += c;
    }
    cells.push_back(std::move(latin));
  }
  return {"latin", std::move(cells)};
}

// The columns that the pack's table of that kind has, which the entities ask for.
Status complete(const std::string& name, const std::string& shown, std::vector<PackColumn>& columns) {
  const Pack& pack = Pack::built_in();
  const std::string kind = name.substr(0, name.find('/'));
  std::string like = name;
  if (!pack.has(like)) like = kind;
  if (!pack.has(like)) like = kind + "/US";
  if (!pack.has(like)) return {};
  for (const PackTable::ColumnName& wanted : pack.table(like).columns()) {
    const PackColumn* own = find_column(columns, wanted.name);
    if (own != nullptr && own->cells.index() == static_cast<std::size_t>(wanted.type)) continue;
    const PackColumn* names = find_column(columns, "name");
    if (own == nullptr && wanted.name == "weight") {
      columns.push_back({"weight", std::vector<double>(rows_of(columns), 1.0)});
    } else if (own == nullptr && wanted.name == "latin" && names != nullptr) {
      columns.push_back(latin_of(std::get<std::vector<std::string>>(names->cells)));
    } else {
      constexpr std::string_view kTypes[] = {"text", "int", "float"};
      return wrong("pack.column", shown, 1,
                   "table '" + name + "' needs a column '" + std::string(wanted.name) + ":" +
                       std::string(kTypes[static_cast<std::size_t>(wanted.type)]) + "'",
                   "as that of the data pack has");
    }
  }
  return {};
}

Result<std::vector<fs::path>> files_of(const fs::path& folder, const std::string& shown) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string ending = at->path().extension().string();
    const bool is_wanted = ending == ".csv" || ending == kPackEnding;
    std::error_code ignored;
    if (is_wanted && fs::is_regular_file(fs::symlink_status(at->path(), ignored))) out.push_back(at->path());
    if (out.size() > kMostFiles) return fail("pack.file", "'" + shown + "' has more than 1,000 files");
  }
  if (error) return fail("pack.file", "cannot read the folder '" + shown + "': " + error.message());
  std::ranges::sort(out);
  return out;
}

// What every table must be, whoever has written it.
Status check_table(const std::string& name, const std::string& place, std::vector<PackColumn>& columns) {
  if (rows_of(columns) == 0) return wrong("pack.file", place, 1, "table '" + name + "' has no rows", "a line for each");
  MIMUS_TRY(complete(name, place, columns));
  const PackColumn* weights = find_column(columns, "weight");
  if (weights == nullptr) return {};
  const auto* shares = std::get_if<std::vector<double>>(&weights->cells);
  if (shares != nullptr && std::ranges::any_of(*shares, [](double share) { return share > 0; })) return {};
  return wrong("pack.cell", place, 1, "no weight of table '" + name + "' is above 0", "one at least");
}

template <class Cells>
bool are_within(const Cells& cells, bool is_weight) {
  return std::ranges::all_of(cells, [&](auto cell) { return is_within(cell, is_weight); });
}

// A column of a pack's table; nothing when a cell is none that a file of CSV could have.
std::optional<PackColumn> column_of(const PackTable& table, const PackTable::ColumnName& column) {
  PackColumn out{.name = std::string(column.name), .cells = {}};
  const bool is_weight = column.name == "weight";
  if (column.type == PackTable::ColumnType::Int) {
    const auto cells = table.ints(column.name);
    if (!are_within(cells, is_weight)) return std::nullopt;
    out.cells = std::vector<std::int64_t>(cells.begin(), cells.end());
  } else if (column.type == PackTable::ColumnType::Float) {
    const auto cells = table.floats(column.name);
    if (!are_within(cells, is_weight)) return std::nullopt;
    out.cells = std::vector<double>(cells.begin(), cells.end());
  } else {
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < table.rows(); ++row) cells.emplace_back(table.texts(column.name)[row]);
    if (!std::ranges::all_of(cells, [](const std::string& cell) { return is_utf8(cell); })) return std::nullopt;
    out.cells = std::move(cells);
  }
  return out;
}

// The tables of a pack's bytes, as files of CSV would have them.
Result<PackTables> tables_of(const std::string& bytes, const std::string& place) {
  const auto pack = Pack::layered(bytes, nullptr);
  if (!pack) return wrong("pack.invalid", place, 1, pack.error().message, pack.error().hint);
  PackTables out;
  for (const std::string_view name : (*pack)->table_names()) {
    const PackTable table = (*pack)->table(name);
    std::vector<PackColumn> columns;
    for (const PackTable::ColumnName& column : table.columns()) {
      auto added = column_of(table, column);
      if (!added) {
        return wrong("pack.cell", place, 1,
                     "table '" + std::string(name) + "' has a cell that is none of its column '" +
                         std::string(column.name) + "'",
                     "packs are made by `mimus pack`");
      }
      columns.push_back(std::move(*added));
    }
    out.emplace(std::string(name), std::move(columns));
  }
  return out;
}

Result<PackTables> csv_table(const fs::path& file, const std::string& place, std::string text) {
  const std::string name = table_name(file);
  if (!is_table_name(name)) {
    return wrong("pack.file", place, 1, "'" + file.filename().string() + "' is no name of a table",
                 "kind.csv or kind.KEY.csv, as in given_female.DE.csv");
  }
  if (!is_utf8(text)) return wrong("pack.file", place, 1, "the file is not UTF-8", "");
  MIMUS_ASSIGN(std::vector<PackColumn> columns, TableFile(place, std::move(text)).read());
  PackTables out;
  out.emplace(name, std::move(columns));
  return out;
}

// The tables of the folder's files with this ending, over those that are there.
Status add_files(const fs::path& folder, const std::string& shown, std::string_view ending, PackTables& tables) {
  MIMUS_ASSIGN(const std::vector<fs::path> files, files_of(folder, shown));
  std::size_t bytes = 0;
  for (const fs::path& file : files) {
    if (file.extension() != ending) continue;
    const std::string place = shown + "/" + file.filename().string();
    MIMUS_ASSIGN(std::string text, read_file(file, kMostBytes));
    bytes += text.size();
    if (bytes > kMostBytesInAll) return wrong("pack.file", place, 1, "'" + shown + "' has more than 256 MiB", "");
    auto added = ending == kPackEnding ? tables_of(text, place) : csv_table(file, place, std::move(text));
    if (!added) return fail(std::move(added).error());
    for (auto& [name, columns] : *added) {
      MIMUS_TRY(check_table(name, place, columns));
      tables.insert_or_assign(name, std::move(columns));
    }
  }
  return {};
}

}  // namespace

Result<PackTables> read_own_tables(const fs::path& folder, const std::string& shown) {
  PackTables out;
  MIMUS_TRY(add_files(folder, shown, ".csv", out));
  return out;
}

Result<std::shared_ptr<const Pack>> open_own_pack(const fs::path& folder, const std::string& shown) {
  std::error_code ignored;
  if (!fs::is_directory(fs::symlink_status(folder, ignored))) return nullptr;
  PackTables tables;
  MIMUS_TRY(add_files(folder, shown, kPackEnding, tables));
  MIMUS_TRY(add_files(folder, shown, ".csv", tables));
  if (tables.empty()) return nullptr;
  MIMUS_ASSIGN(const std::string bytes, encode_pack(tables));
  return Pack::layered(bytes, nullptr);
}

}  // namespace mimus
