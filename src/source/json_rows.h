// JSON texts that are too large for memory: the elements of an array, or an object a line, by an index.
#pragma once

#include <expected>
#include <memory>
#include <string_view>

#include "source/row_index.h"
#include "source/source.h"

namespace mimus {

// Lines that are not blank.
class JsonLineSplitter final : public RowSplitter {
 public:
  [[nodiscard]] Split next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const override;
  [[nodiscard]] bool ends_with_lines() const override { return true; }
};

// The elements of an array; `lead` is the '[' or ',' before one.
class JsonArraySplitter final : public RowSplitter {
 public:
  [[nodiscard]] Split next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const override;
  [[nodiscard]] bool ends_with_lines() const override { return false; }
};

enum class JsonLayout { Array, Lines };

// The same rows as those of a loaded file; every element is parsed once to find mistakes and the columns. Fails as
// RowIndex::make does, and with json.syntax, json.depth, source.shape, source.encoding.
[[nodiscard]] std::expected<std::shared_ptr<const Source>, RowIndex::Failure> index_json(
    std::shared_ptr<const SourceText> text, JsonLayout layout, const IndexOptions& options,
    std::string_view shown_name);

}  // namespace mimus
