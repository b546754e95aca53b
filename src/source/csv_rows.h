// CSV texts that are too large for memory: rows by an index.
#pragma once

#include <expected>
#include <memory>
#include <string_view>

#include "source/row_index.h"
#include "source/source.h"

namespace mimus {

// Rows as CsvReader tells them: they end with CR or LF outside of quotes; blank lines are none.
class CsvSplitter final : public RowSplitter {
 public:
  explicit CsvSplitter(char separator) : separator_(separator) {}
  [[nodiscard]] Split next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const override;
  [[nodiscard]] bool ends_with_lines() const override { return true; }

 private:
  char separator_;
};

// The same rows as those of a loaded file. Fails as RowIndex::make does, and with source.encoding when the text is not
// UTF-8.
[[nodiscard]] std::expected<std::shared_ptr<const Source>, RowIndex::Failure> index_csv(
    std::shared_ptr<const SourceText> text, char separator, const IndexOptions& options, std::string_view shown_name);

}  // namespace mimus
