#include "source/row_cursor.h"

#include <algorithm>
#include <cstring>

namespace mimus {

namespace {
constexpr std::size_t kWindowBytes = 1U << 20U;
}

RowCursor::RowCursor(const SourceText& text, const RowSplitter& splitter, std::uint64_t at)
    : text_(text), splitter_(splitter), base_(at) {}

RowCursor::State RowCursor::next() {
  std::size_t at = span_.next;
  while (true) {
    const bool is_end = base_ + size_ >= text_.size();
    const std::string_view window(window_.data(), size_);
    switch (splitter_.next(window, at, is_end, span_)) {
      case Split::Row:
        return State::Row;
      case Split::End:
        return State::End;
      case Split::More:
        break;
    }
    // What is done with makes room for more.
    const std::size_t rest = size_ - span_.next;
    if (rest > kMaxRowBytes) return State::TooLong;
    if (rest > 0) std::memmove(window_.data(), window_.data() + span_.next, rest);
    base_ += span_.next;
    size_ = rest;
    at = 0;
    span_ = {};
    if (!fill()) return State::Unreadable;
  }
}

bool RowCursor::fill() {
  const std::uint64_t left = text_.size() - (base_ + size_);
  if (window_.size() < size_ * 2 || window_.empty()) {
    window_.resize(std::min<std::uint64_t>(std::max(kWindowBytes, size_ * 2), size_ + left));
  }
  const std::size_t wanted = std::min<std::uint64_t>(left, window_.size() - size_);
  if (!text_.read_at(base_ + size_, std::span(window_).subspan(size_, wanted))) return false;
  size_ += wanted;
  return true;
}

}  // namespace mimus
