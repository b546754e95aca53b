// Pack: tables of domain data (names, places, plans of telephone numbers …) in one read-only file.
//
// The program carries one (built_in), made by datapack/build.mjs. Opening costs nothing but a look at the directory:
// cells are read where they lie, so the bytes must outlive the pack. Immutable, thread-safe.
//
// The format, version 1; all numbers little-endian, offsets from the file's start:
//   header     "mimuspk1"; u32 version, tables, columns, bytes of strings; u64 offset of strings, size of the file
//   directory  of each table, sorted by name: u32 name, rows, columns, first column
//   columns    u32 name, u32 type (0 text, 1 int64, 2 float64), u64 offset of its cells, 8 bytes aligned
//   cells      int64 or float64; of texts a u32
//   strings    each once: u16 length, UTF-8. A name or the cell of a text is its offset among the strings.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus {

// The cells of a column of texts.
class PackTexts {
 public:
  PackTexts() = default;
  PackTexts(std::span<const std::uint32_t> cells, const char* strings) : cells_(cells), strings_(strings) {}
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t row) const;

 private:
  std::span<const std::uint32_t> cells_;
  const char* strings_ = nullptr;
};

class Pack;

// A table of a pack, which it borrows.
class PackTable {
 public:
  [[nodiscard]] std::size_t rows() const { return rows_; }
  // The cells of a column; without any when the table has no such column, or it is of another type.
  [[nodiscard]] PackTexts texts(std::string_view column) const;
  // Those of the first column that has texts.
  [[nodiscard]] PackTexts first_texts() const;
  [[nodiscard]] std::span<const std::int64_t> ints(std::string_view column) const;
  [[nodiscard]] std::span<const double> floats(std::string_view column) const;

  enum class ColumnType : std::uint32_t { Text = 0, Int = 1, Float = 2 };
  struct ColumnName {
    std::string_view name;
    ColumnType type = ColumnType::Text;
  };
  [[nodiscard]] std::vector<ColumnName> columns() const;

 private:
  friend class Pack;
  // Where the cells of a column of that type are, or npos.
  [[nodiscard]] std::size_t cells_of(std::string_view column, std::uint32_t type) const;

  const Pack* pack_ = nullptr;
  std::size_t rows_ = 0, columns_ = 0, first_ = 0;
};

class Pack {
 public:
  // A pack in memory, which is borrowed. Every offset in it is checked: fails with pack.invalid.
  [[nodiscard]] static Result<Pack> open(std::string_view bytes);
  // That of the program.
  [[nodiscard]] static const Pack& built_in();

  // Bytes that are copied, over another pack: what they have comes first. nullptr: over that of the program. Fails with
  // pack.invalid.
  [[nodiscard]] static Result<std::shared_ptr<const Pack>> layered(std::string_view bytes,
                                                                   std::shared_ptr<const Pack> below);

  // The table of that name; without rows when there is none.
  [[nodiscard]] PackTable table(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  // Its own.
  [[nodiscard]] std::size_t tables() const { return tables_; }
  [[nodiscard]] std::vector<std::string_view> table_names() const;

 private:
  friend class PackTable;
  Pack() = default;
  [[nodiscard]] static Result<Pack> read_header(std::string_view bytes);
  [[nodiscard]] Status check() const;
  [[nodiscard]] bool is_string(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t word(std::size_t offset) const;
  [[nodiscard]] std::uint64_t long_word(std::size_t offset) const;
  [[nodiscard]] std::string_view string(std::uint32_t offset) const;
  [[nodiscard]] std::size_t find(std::string_view name) const;

  const Pack* below_ = nullptr;
  std::string_view bytes_;
  std::size_t tables_ = 0, columns_ = 0;
  std::size_t strings_ = 0, strings_size_ = 0;
};

// The tables of one country: of each kind its own ("city/DE"), else that of its language ("sector/de"), else the one
// for all ("card_type"), else that of the United States.
class Dataset {
 public:
  // `code`: ISO 3166-1, in any case. The pack is borrowed.
  Dataset(const Pack& pack, std::string_view code);

  [[nodiscard]] const std::string& code() const { return code_; }
  // The pack has tables for the country itself.
  [[nodiscard]] bool is_known() const { return !language_.empty(); }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] PackTable table(std::string_view kind) const;

 private:
  const Pack* pack_;
  std::string code_;
  std::string language_;
};

}  // namespace mimus
