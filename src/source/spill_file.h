// SpillFile: batches of records in a file, for memstores that do not fit in memory.
//
// The file has no name and is gone with the last owner. It holds batches behind each other, each a column after the
// other; what stands where is kept in memory (SpilledBatch). Every part begins at a multiple of 8:
//
//   presence   a byte a row, when some are absent
//   validity   a byte a row, when some are null
//   values     Bool: a byte a row. Int64, DateTime, Float64: 8 bytes a row, in the machine's order (with a scale: the
//              integer). String: rows + 1 offsets of 32 bits into the bytes that follow. Dynamic, which lists, records
//              and rows over a base become: the same with values as append_value() writes them.
//
// append() by one thread at a time; what is there may be read by several.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "data/record.h"

namespace mimus {

class SpillFile;

// Offsets are in the file.
struct SpilledColumn {
  Type type = Type::Null;
  int scale = -1;
  bool has_present = false;
  bool has_valid = false;
  std::uint64_t present = 0, valid = 0, values = 0, bytes = 0;
};

struct SpilledBatch {
  std::shared_ptr<SpillFile> file;
  std::size_t rows = 0;
  bool has_base = false;  // one column: each row as a map
  std::vector<std::string> names;
  std::vector<SpilledColumn> columns;
};

// Reads the cells of columns of one file, through small windows on it; zero or empty what cannot be read. One owner,
// one thread at a time.
class SpillCursor {
 public:
  // The file is borrowed.
  explicit SpillCursor(const SpillFile& file) : file_(file) {}

  [[nodiscard]] bool is_present(const SpilledColumn& column, std::size_t row);
  [[nodiscard]] bool is_valid(const SpilledColumn& column, std::size_t row);
  // Of columns of these types, where there is a value. The text is valid until the next call.
  [[nodiscard]] std::uint8_t bool_at(const SpilledColumn& column, std::size_t row);
  [[nodiscard]] std::int64_t int_at(const SpilledColumn& column, std::size_t row);
  [[nodiscard]] double float_at(const SpilledColumn& column, std::size_t row);
  [[nodiscard]] std::string_view text_at(const SpilledColumn& column, std::size_t row);
  // Of a column of any type; null when there is none.
  [[nodiscard]] Value value_at(const SpilledColumn& column, std::size_t row);

 private:
  // Bytes of the file that were read at once.
  struct Window {
    std::uint64_t begin = 0;
    std::string bytes;
  };
  [[nodiscard]] std::string_view bytes_at(Window& window, std::uint64_t offset, std::size_t size);

  const SpillFile& file_;
  Window present_, valid_, values_, bytes_;
};

class SpillFile : public std::enable_shared_from_this<SpillFile> {
 public:
  // Fails with source.scratch.
  [[nodiscard]] static Result<std::shared_ptr<SpillFile>> create(const fs::path& folder);

  // Fails with source.scratch when there is no room.
  [[nodiscard]] Result<std::shared_ptr<const SpilledBatch>> append(const Record& batch);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Any thread, not while a batch is appended. False when that is not possible: status() fails from then on.
  [[nodiscard]] bool read_at(std::uint64_t offset, std::span<char> out) const;
  [[nodiscard]] Status status() const;

 private:
  explicit SpillFile(Descriptor file) : file_(std::move(file)) {}
  [[nodiscard]] SpilledColumn add_column(const Column& column, std::size_t rows);
  [[nodiscard]] SpilledColumn add_maps(const Record& batch);
  void add_values(const Column& column, std::size_t rows, SpilledColumn& out);
  [[nodiscard]] std::uint64_t add_part(std::string_view bytes);

  Descriptor file_;
  std::uint64_t size_ = 0;
  mutable std::atomic<bool> has_failed_ = false;
  std::string buffer_;  // the batch that is being written
};

}  // namespace mimus
