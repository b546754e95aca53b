// RowCursor: the rows of a large text one after the other, through a window.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "source/row_index.h"

namespace mimus {

class RowCursor {
 public:
  enum class State { Row, End, TooLong, Unreadable };

  // Text and splitter are borrowed.
  RowCursor(const SourceText& text, const RowSplitter& splitter, std::uint64_t at);

  // Moves to the next row.
  [[nodiscard]] State next();

  [[nodiscard]] std::string_view row() const {
    return std::string_view(window_).substr(span_.begin, span_.end - span_.begin);
  }
  [[nodiscard]] char lead() const { return window_[span_.lead]; }
  // Where the search for the row, the row, and the search for the next one begin.
  [[nodiscard]] std::uint64_t lead_offset() const { return base_ + span_.lead; }
  [[nodiscard]] std::uint64_t offset() const { return base_ + span_.begin; }
  [[nodiscard]] std::uint64_t next_offset() const { return base_ + span_.next; }

 private:
  [[nodiscard]] bool fill();

  const SourceText& text_;
  const RowSplitter& splitter_;
  std::string window_;
  std::size_t size_ = 0;  // bytes of the window that are filled
  std::uint64_t base_;    // of the window in the text
  RowSpan span_;
};

}  // namespace mimus
