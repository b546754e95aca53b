#include <algorithm>

#include "source/csv.h"

namespace mimus {

// Passes the line end at `at_`.
void CsvReader::end_line() {
  if (at_ < text_.size()) {
    const bool pair = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    at_ += pair ? 2 : 1;
    ++line_;
  }
  row_open_ = false;
}

bool CsvReader::next_row() {
  std::string_view cell;
  while (row_open_) (void)next_cell(cell);
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) end_line();
  if (at_ >= text_.size()) return false;
  row_open_ = true;
  row_line_ = line_;
  return true;
}

bool CsvReader::next_cell(std::string_view& cell) {
  if (!row_open_) return false;
  if (at_ < text_.size() && text_[at_] == '"') {
    cell = quoted_cell();
  } else {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    cell = text_.substr(start, at_ - start);
  }
  if (at_ < text_.size() && text_[at_] == separator_) {
    ++at_;
  } else {
    end_line();
  }
  return true;
}

// A cell that begins with a quote: up to the closing one, and whatever follows it up to the separator.
std::string_view CsvReader::quoted_cell() {
  const std::size_t start = ++at_;
  const std::size_t close = std::min(text_.find('"', at_), text_.size());
  const auto after = [&](std::size_t i) {
    return i + 1 >= text_.size() || text_[i + 1] == separator_ || text_[i + 1] == '\n' || text_[i + 1] == '\r';
  };
  line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(start),
                                               text_.begin() + static_cast<std::ptrdiff_t>(close), '\n'));
  if (close == text_.size() || after(close)) {
    at_ = std::min(close + 1, text_.size());
    return text_.substr(start, close - start);
  }
  std::string& out = unquoted_.emplace_back(text_.substr(start, close - start));
  bool inside = true;
  at_ = close;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (inside && c == '"') {
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        out += '"';
        ++at_;
      } else {
        inside = false;
      }
    } else if (!inside && (c == separator_ || c == '\n' || c == '\r')) {
      break;
    } else {
      if (c == '\n') ++line_;
      out += c;
    }
    ++at_;
  }
  return out;
}

}  // namespace mimus
