#include "source/json_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "data/gather.h"
#include "data/json.h"
#include "source/json_shape.h"
#include "source/large_source.h"

namespace mimus {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// Behind the element that begins there; the size when it does not end in this text.
std::size_t behind_element(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
      }
      if (at >= text.size()) return text.size();
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (c == ',' || is_blank(c))) {
      return at;
    }
  }
  return text.size();
}

class ShapeVisitor final : public RowVisitor {
 public:
  ShapeVisitor(JsonLayout layout, bool is_checked) : layout_(layout), is_checked_(is_checked) {}

  [[nodiscard]] std::optional<RowProblem> visit(std::string_view row, char lead) override {
    if (layout_ == JsonLayout::Array && lead != (shape.rows == 0 ? '[' : ',')) {
      return RowProblem{0,
                        {.code = "json.syntax",
                         .message = "Missing a comma or ] after an array element.",
                         .hint = "the file must be valid JSON"}};
    }
    if (!is_checked_) {
      const std::size_t good = utf8_prefix(row);
      if (good < row.size()) return RowProblem{good, {.code = "source.encoding", .message = "not UTF-8"}};
    }
    return add_to_shape(row, shape);
  }
  [[nodiscard]] std::unique_ptr<RowVisitor> fork() const override {
    return std::make_unique<ShapeVisitor>(layout_, is_checked_);
  }
  void join(const RowVisitor& next) override { join_shapes(shape, static_cast<const ShapeVisitor&>(next).shape); }

  JsonShape shape;

 private:
  JsonLayout layout_;
  bool is_checked_;
};

class IndexedJson final : public LargeSource {
 public:
  IndexedJson(std::shared_ptr<const SourceText> text, std::unique_ptr<RowSplitter> splitter, JsonShape shape,
              RowIndex index, std::string shown_name)
      : LargeSource(std::move(text), std::move(index), std::move(shown_name)),
        splitter_(std::move(splitter)),
        shape_(std::move(shape)) {
    if (shape_.is_uniform) names_ = shape_.names;
  }

  [[nodiscard]] const std::vector<std::string>& names() const override { return names_; }
  [[nodiscard]] bool has_base() const override { return names_.empty(); }

  void read(std::span<const std::uint64_t> rows, Record& out) const override {
    const SortedRows sorted = sort_rows(rows);
    if (has_base()) {
      read_maps(sorted, rows.size(), out);
    } else {
      read_columns(sorted, rows.size(), out);
    }
  }

 private:
  static void place(std::shared_ptr<Column> values, const SortedRows& sorted, Column& out) {
    if (sorted.places.empty()) {
      out = std::move(*values);
    } else {
      out.reset(values->type, sorted.places.size());
      const std::shared_ptr<const Column> shared = std::move(values);
      std::uint32_t* indices = out.make_indices(shared);
      for (std::size_t k = 0; k < sorted.places.size(); ++k) indices[k] = sorted.places[k];
    }
  }

  void read_columns(const SortedRows& sorted, std::size_t count, Record& out) const {
    JsonColumns made(shape_, sorted.rows.size());
    bool good = true;
    const bool was_read =
        read_rows(*splitter_, sorted.rows, [&](std::string_view row) { good = good && made.add(row); });
    if (!good) set_failed();
    auto columns = made.finish();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (was_read && good) {
        place(std::move(columns[c]), sorted, out.fields[c].column);
      } else {
        fill_absent(count, out.fields[c].column);
      }
    }
  }

  void read_maps(const SortedRows& sorted, std::size_t count, Record& out) const {
    out.has_base = true;
    auto maps = std::make_shared<Column>();
    maps->reset(Type::Dynamic, sorted.rows.size());
    const bool was_read = read_rows(*splitter_, sorted.rows, [&](std::string_view row) {
      auto value = parse_json_value(row);
      if (value && value->as_map() != nullptr) maps->values.push_back(std::move(*value));
    });
    if (maps->values.size() != sorted.rows.size()) set_failed();
    if (was_read && maps->values.size() == sorted.rows.size()) {
      place(std::move(maps), sorted, out.base);
    } else {
      fill_absent(count, out.base);
    }
  }

  std::unique_ptr<RowSplitter> splitter_;
  JsonShape shape_;
  std::vector<std::string> names_;
};

// The last character before `end` that is not blank; 0 when there is none.
char last_before(const SourceText& text, std::uint64_t end) {
  std::string piece;
  while (end > 0) {
    piece.resize(std::min<std::uint64_t>(end, 64U << 10U));
    end -= piece.size();
    if (!text.read_at(end, piece)) return 0;
    const auto found = std::ranges::find_if_not(piece.rbegin(), piece.rend(), is_blank);
    if (found != piece.rend()) return *found;
  }
  return 0;
}

// The array is closed once, behind an element unless it is empty; what follows is blank.
std::optional<RowIndex::Failure> check_end(const SourceText& text, std::uint64_t end, bool has_rows,
                                           std::string_view shown_name) {
  char bracket = 0;
  const bool is_closed = end > 0 && text.read_at(end - 1, {&bracket, 1}) && bracket == ']' &&
                         !(has_rows && last_before(text, end - 1) == '[');
  std::string_view reason = is_closed ? "" : "Missing a comma or ] after an array element.";
  std::string rest;
  while (is_closed && end < text.size()) {
    rest.resize(std::min<std::uint64_t>(text.size() - end, 64U << 10U));
    if (!text.read_at(end, rest)) break;
    const std::size_t blank = skip_blanks(rest, 0);
    end += blank;
    if (blank == rest.size()) continue;
    reason = "The document root must not be followed by other values.";
    break;
  }
  if (reason.empty()) return std::nullopt;
  const TextPlace place = place_in(text, end);
  return RowIndex::Failure{{.code = "json.syntax",
                            .message = std::string(shown_name) + ":" + std::to_string(place.line) + ":" +
                                       std::to_string(place.column) + ": " + std::string(reason),
                            .hint = "the file must be valid JSON"},
                           end};
}

}  // namespace

Split JsonLineSplitter::next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const {
  at = skip_blanks(text, at);
  out = {.lead = at, .begin = at, .end = at, .next = at};
  if (at >= text.size()) return is_end ? Split::End : Split::More;
  const std::size_t feed = text.find('\n', at);
  if (feed == std::string_view::npos && !is_end) return Split::More;
  out.end = std::min(feed, text.size());
  out.next = std::min(out.end + 1, text.size());
  return Split::Row;
}

Split JsonArraySplitter::next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const {
  at = skip_blanks(text, at);
  out = {.lead = at, .begin = at, .end = at, .next = at};
  if (at >= text.size()) return is_end ? Split::End : Split::More;
  if (text[at] == ']') {
    out.next = at + 1;
    return Split::End;
  }
  const bool has_lead = text[at] == '[' || text[at] == ',';
  const std::size_t begin = has_lead ? skip_blanks(text, at + 1) : at;
  if (begin >= text.size() && !is_end) return Split::More;
  if (text[at] == '[' && begin < text.size() && text[begin] == ']') {
    out.next = begin + 1;
    return Split::End;
  }
  const std::size_t end = behind_element(text, begin);
  // An element that ends with the text may go on.
  if (end >= text.size() && !is_end) return Split::More;
  out = {.lead = at, .begin = begin, .end = end, .next = end};
  // Nothing where an element should be: what stands there is passed, so that the search ends.
  if (begin == end && !has_lead) out.next = end + 1;
  return Split::Row;
}

std::expected<std::shared_ptr<const Source>, RowIndex::Failure> index_json(std::shared_ptr<const SourceText> text,
                                                                           JsonLayout layout,
                                                                           const IndexOptions& options,
                                                                           std::string_view shown_name) {
  std::unique_ptr<RowSplitter> splitter = std::make_unique<JsonLineSplitter>();
  if (layout == JsonLayout::Array) splitter = std::make_unique<JsonArraySplitter>();
  ShapeVisitor visitor(layout, text->is_checked());
  auto index = RowIndex::make(*text, 0, *splitter, visitor, options, shown_name);
  if (!index) return std::unexpected(std::move(index).error());
  if (layout == JsonLayout::Array) {
    if (auto failure = check_end(*text, index->end(), visitor.shape.rows > 0, shown_name))
      return std::unexpected(std::move(*failure));
  }
  return std::make_shared<IndexedJson>(std::move(text), std::move(splitter), std::move(visitor.shape),
                                       std::move(*index), std::string(shown_name));
}

}  // namespace mimus
