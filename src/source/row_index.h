// RowIndex: where the rows of a text that is too large for memory are.
//
// An entry for about every 16 KiB of text (fewer beyond 16 GiB, so that there are at most 2^20): the number of
// a row and its place. Rows between entries are found by splitting the text again. Made in one pass, by several threads
// where rows end with lines: each takes a piece that begins after a line feed, as if a row began there, and where that
// was wrong (a line feed inside of quotes) the piece is done again. Immutable once made; 16 bytes an entry.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/source_text.h"

namespace mimus {

// A row that is longer ends with source.row_size.
inline constexpr std::size_t kMaxRowBytes = std::size_t{64} << 20U;

struct RowSpan {
  std::size_t lead = 0;   // where the search for this row may begin
  std::size_t begin = 0;  // its text
  std::size_t end = 0;
  std::size_t next = 0;  // where the search for the next one begins; with Split::More: the bytes before are done with
};

enum class Split { Row, More, End };

// Tells the rows of a format apart. Immutable.
class RowSplitter {
 public:
  virtual ~RowSplitter() = default;
  // The first row at or after `at`, where none is under way. More: the row does not end in this part of the text. End:
  // there is no row any more; `next` is behind whatever closes the rows. `is_end`: the text ends with this part.
  [[nodiscard]] virtual Split next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const = 0;
  // True when a row never begins but at the start of a line.
  [[nodiscard]] virtual bool ends_with_lines() const = 0;
};

// What is wrong with a row, and where in it.
struct RowProblem {
  std::size_t offset = 0;
  Diagnostic finding;  // the message without the place
};

// Sees each row of a piece of the text once, in order. One thread at a time.
class RowVisitor {
 public:
  virtual ~RowVisitor() = default;
  // `lead`: the first byte at RowSpan::lead.
  [[nodiscard]] virtual std::optional<RowProblem> visit(std::string_view row, char lead) = 0;
  // One for another piece, and what it has seen put behind one's own.
  [[nodiscard]] virtual std::unique_ptr<RowVisitor> fork() const = 0;
  virtual void join(const RowVisitor& next) = 0;
};

class RowIndex {
 public:
  struct Failure {
    Diagnostic finding;        // its message begins with "<shown_name>:<line>:<column>: "
    std::uint64_t offset = 0;  // in the text
  };

  // Of the rows from `start` on. Fails with what the visitor finds, source.row_size, source.unreadable.
  [[nodiscard]] static std::expected<RowIndex, Failure> make(const SourceText& text, std::uint64_t start,
                                                             const RowSplitter& splitter, RowVisitor& visitor,
                                                             const IndexOptions& options, std::string_view shown_name);

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  // Behind the last row, and what closes the rows.
  [[nodiscard]] std::uint64_t end() const { return end_; }
  [[nodiscard]] std::size_t entries() const { return entries_.size(); }

  // Calls `take` with the text of each row; `rows` ascend, without repeats. The text is valid during the call. False
  // when the file cannot be read as it was.
  [[nodiscard]] bool read(const SourceText& text, const RowSplitter& splitter, std::span<const std::uint64_t> rows,
                          const std::function<void(std::string_view row)>& take) const;

 private:
  friend class IndexBuilder;
  struct Entry {
    std::uint64_t row, offset;
  };
  struct Block;

  [[nodiscard]] std::size_t entry_of(std::uint64_t row) const;
  [[nodiscard]] std::uint64_t offset_of(std::size_t entry) const;

  std::vector<Entry> entries_;
  std::uint64_t rows_ = 0;
  std::uint64_t end_ = 0;
};

// The line and column of an offset, from 1, by reading the text up to it.
struct TextPlace {
  std::uint64_t line = 1, column = 1;
};
[[nodiscard]] TextPlace place_in(const SourceText& text, std::uint64_t offset);

// The numbers of a batch's rows in ascending order, each once, and where each row of the batch is among them.
struct SortedRows {
  std::vector<std::uint64_t> rows;
  std::vector<std::uint32_t> places;  // empty: the batch was in order already
};
[[nodiscard]] SortedRows sort_rows(std::span<const std::uint64_t> rows);

}  // namespace mimus
