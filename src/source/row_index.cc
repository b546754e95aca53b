#include "source/row_index.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "base/text.h"
#include "source/row_cursor.h"

namespace mimus {
namespace {

constexpr std::uint64_t kMostEntries = 1U << 20U;
constexpr std::uint64_t kMostBlock = 4U << 20U;  // read at once, when single rows are wanted

}  // namespace

TextPlace place_in(const SourceText& text, std::uint64_t offset) {
  TextPlace place;
  std::string piece;
  for (std::uint64_t at = 0; at < offset;) {
    piece.resize(std::min<std::uint64_t>(offset - at, 1U << 20U));
    if (!text.read_at(at, piece)) break;
    for (const char c : piece) {
      ++place.column;
      if (c != '\n') continue;
      ++place.line;
      place.column = 1;
    }
    at += piece.size();
  }
  return place;
}

SortedRows sort_rows(std::span<const std::uint64_t> rows) {
  SortedRows out;
  out.rows.assign(rows.begin(), rows.end());
  if (std::ranges::adjacent_find(rows, std::greater_equal<>()) == rows.end()) return out;
  std::ranges::sort(out.rows);
  const auto repeats = std::ranges::unique(out.rows);
  out.rows.erase(repeats.begin(), repeats.end());
  out.places.reserve(rows.size());
  for (const std::uint64_t row : rows) {
    out.places.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(out.rows, row) - out.rows.begin()));
  }
  return out;
}

// Makes an index piece by piece, several at a time.
class IndexBuilder {
 public:
  IndexBuilder(const SourceText& text, const RowSplitter& splitter, RowVisitor& visitor, const IndexOptions& options,
               std::string_view shown_name)
      : text_(text),
        splitter_(splitter),
        visitor_(visitor),
        options_(options),
        name_(shown_name),
        stride_(std::max(options.entry_bytes, text.size() / kMostEntries)) {}

  std::expected<RowIndex, RowIndex::Failure> build(std::uint64_t start) {
    index_.end_ = start;
    int threads = options_.threads;
    if (!splitter_.ends_with_lines()) {
      threads = 1;
    } else if (threads <= 0) {
      threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    }
    std::uint64_t planned = start;  // where the next piece begins, when no row crosses the border
    while (!is_done_ && (planned < text_.size() || index_.end_ < text_.size())) {
      std::vector<Piece> pieces = plan(std::max(planned, index_.end_), threads);
      if (pieces.empty()) break;
      planned = pieces.back().end;
      scan_all(pieces);
      for (Piece& piece : pieces) {
        if (auto failure = take(piece)) return std::unexpected(std::move(*failure));
      }
    }
    index_.entries_.shrink_to_fit();
    return std::move(index_);
  }

 private:
  struct Piece {
    std::uint64_t begin = 0, end = 0;  // rows that begin there
    std::unique_ptr<RowVisitor> visitor;
    std::vector<RowIndex::Entry> entries;  // rows counted from the piece's first
    std::uint64_t rows = 0;
    std::uint64_t reached = 0;  // where the search for the next row begins
    bool is_done = false;       // the rows have ended
    bool is_void = false;       // given up, because it may have begun inside of a row
    std::optional<RowIndex::Failure> failure;
  };

  std::vector<Piece> plan(std::uint64_t begin, int threads) {
    std::vector<Piece> pieces;
    while (begin < text_.size() && pieces.size() < static_cast<std::size_t>(threads)) {
      Piece piece;
      piece.begin = begin;
      piece.end = threads == 1 ? text_.size() : line_after(begin + options_.piece_bytes);
      piece.visitor = visitor_.fork();
      begin = piece.end;
      pieces.push_back(std::move(piece));
    }
    return pieces;
  }

  void scan_all(std::vector<Piece>& pieces) const {
    std::vector<std::jthread> others;
    for (std::size_t k = 1; k < pieces.size(); ++k) {
      try {
        others.emplace_back([&, k] { scan(pieces[k], true); });
      } catch (const std::system_error&) {
        pieces[k].is_void = true;  // no more threads are to be had: done when its turn comes
      }
    }
    scan(pieces[0], false);
  }

  // Behind the first line feed from there on; the end when there is none near.
  std::uint64_t line_after(std::uint64_t offset) {
    std::string bytes;
    for (std::uint64_t at = offset; at < text_.size();) {
      bytes.resize(std::min<std::uint64_t>(text_.size() - at, 64U << 10U));
      if (!text_.read_at(at, bytes)) break;
      if (const std::size_t found = bytes.find('\n'); found != std::string::npos) return at + found + 1;
      at += bytes.size();
    }
    return text_.size();
  }

  [[nodiscard]] RowIndex::Failure failure_at(std::uint64_t offset, Diagnostic finding) const {
    const TextPlace place = place_in(text_, offset);
    finding.message =
        name_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + finding.message;
    return {std::move(finding), offset};
  }

  void scan(Piece& piece, bool is_guess) const {
    RowCursor cursor(text_, splitter_, piece.begin);
    piece.reached = piece.begin;
    while (true) {
      const RowCursor::State state = cursor.next();
      if (state == RowCursor::State::End) {
        piece.reached = cursor.next_offset();
        piece.is_done = true;
        return;
      }
      if (state != RowCursor::State::Row) {
        piece.is_void = is_guess;
        if (!is_guess) piece.failure = failure_of(state, piece.reached);
        return;
      }
      if (cursor.offset() >= piece.end) break;
      // A guess that runs far beyond its piece began inside of quotes.
      if (is_guess && cursor.next_offset() > piece.end + options_.piece_bytes) {
        piece.is_void = true;
        return;
      }
      if (auto problem = piece.visitor->visit(cursor.row(), cursor.lead())) {
        if (is_guess) {
          piece.is_void = true;  // found again, with its place, when the guess was right
        } else {
          piece.failure = failure_at(cursor.offset() + problem->offset, std::move(problem->finding));
        }
        return;
      }
      if (piece.entries.empty() || cursor.lead_offset() - piece.entries.back().offset >= stride_) {
        piece.entries.push_back({piece.rows, cursor.lead_offset()});
      }
      ++piece.rows;
      piece.reached = cursor.next_offset();
      if (piece.reached >= piece.end) return;
    }
    piece.reached = std::max(piece.reached, piece.end);
  }

  [[nodiscard]] RowIndex::Failure failure_of(RowCursor::State state, std::uint64_t offset) const {
    if (state == RowCursor::State::Unreadable) {
      return failure_at(offset, {.code = "source.unreadable", .message = "the file ends here, or cannot be read"});
    }
    return failure_at(offset, {.code = "source.row_size",
                               .message = "a row has more than " + with_thousands(kMaxRowBytes) + " bytes",
                               .hint = "a quote may be left open"});
  }

  // Puts a piece behind those before it.
  std::optional<RowIndex::Failure> take(Piece& piece) {
    if (is_done_ || index_.end_ >= piece.end) return std::nullopt;  // all of it belonged to a row before
    if (piece.is_void || piece.begin != index_.end_) {
      Piece again;
      again.begin = index_.end_;
      again.end = piece.end;
      again.visitor = visitor_.fork();
      scan(again, false);
      piece = std::move(again);
    }
    if (piece.failure) return std::move(piece.failure);
    for (const RowIndex::Entry& entry : piece.entries) {
      index_.entries_.push_back({entry.row + index_.rows_, entry.offset});
    }
    index_.rows_ += piece.rows;
    index_.end_ = piece.reached;
    is_done_ = piece.is_done;
    visitor_.join(*piece.visitor);
    return std::nullopt;
  }

  const SourceText& text_;
  const RowSplitter& splitter_;
  RowVisitor& visitor_;
  const IndexOptions& options_;
  std::string name_;
  std::uint64_t stride_;
  RowIndex index_;
  bool is_done_ = false;
};

std::expected<RowIndex, RowIndex::Failure> RowIndex::make(const SourceText& text, std::uint64_t start,
                                                          const RowSplitter& splitter, RowVisitor& visitor,
                                                          const IndexOptions& options, std::string_view shown_name) {
  return IndexBuilder(text, splitter, visitor, options, shown_name).build(start);
}

std::size_t RowIndex::entry_of(std::uint64_t row) const {
  const auto above = std::ranges::upper_bound(entries_, row, {}, &Entry::row);
  return static_cast<std::size_t>(above - entries_.begin()) - 1;
}

std::uint64_t RowIndex::offset_of(std::size_t entry) const {
  return entry < entries_.size() ? entries_[entry].offset : end_;
}

bool RowIndex::read(const SourceText& text, const RowSplitter& splitter, std::span<const std::uint64_t> rows,
                    const std::function<void(std::string_view row)>& take) const {
  std::string block;
  for (std::size_t k = 0; k < rows.size();) {
    // The entries whose rows stand close together, in one piece.
    const std::size_t first = entry_of(rows[k]);
    std::size_t end = first + 1;
    std::size_t last = k + 1;
    for (; last < rows.size(); ++last) {
      const std::size_t entry = entry_of(rows[last]);
      if (entry > end || offset_of(entry + 1) - offset_of(first) > kMostBlock) break;
      end = std::max(end, entry + 1);
    }
    block.resize(offset_of(end) - offset_of(first));
    if (!text.read_at(offset_of(first), block)) return false;
    RowSpan span;
    for (std::uint64_t row = entries_[first].row; k < last; ++row) {
      // The next entry begins with a row: this block ends where one does.
      if (splitter.next(block, span.next, true, span) != Split::Row) return false;
      if (row != rows[k]) continue;
      take(std::string_view(block).substr(span.begin, span.end - span.begin));
      ++k;
    }
  }
  return true;
}

}  // namespace mimus
