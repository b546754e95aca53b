// RowSpool: rows for a table (row_bytes.h) that wait to be written: in memory, beyond a few MiB in a file without a
// name.
//
// First all rows are appended, then all are read, and so on. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/file.h"
#include "base/result.h"
#include "database/database.h"

namespace mimus {

class RowSpool {
 public:
  // `folder`: of the file; see make_scratch_file().
  explicit RowSpool(fs::path folder) : folder_(std::move(folder)) {}

  // Whole rows. Fails with source.scratch.
  [[nodiscard]] Status append(std::string_view rows);
  // The next row, with its head; valid until the next call. Empty: there is none.
  [[nodiscard]] Result<std::string_view> next();
  // Forgets all rows.
  void clear();

 private:
  [[nodiscard]] Status spill();
  [[nodiscard]] Status fill(std::size_t bytes);

  fs::path folder_;
  Buffer tail_;  // the last rows
  Descriptor file_;
  std::uint64_t file_bytes_ = 0;
  // Of the reader.
  std::uint64_t file_read_ = 0;  // bytes of the file that are in the window, or were
  std::string window_;
  std::size_t window_at_ = 0;
  std::size_t tail_at_ = 0;
};

// So many rows of a spool, as a database takes them.
class SpooledRows final : public RowStream {
 public:
  SpooledRows(RowSpool& spool, std::uint64_t rows) : spool_(spool), left_(rows) {}
  [[nodiscard]] Result<bool> next(std::vector<SqlCell>& cells) override;

 private:
  RowSpool& spool_;
  std::uint64_t left_;
};

}  // namespace mimus
