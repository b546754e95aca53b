#include "source/csv_rows.h"

#include <bit>
#include <deque>
#include <string>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "data/gather.h"
#include "source/csv_columns.h"
#include "source/large_source.h"
#include "source/row_cursor.h"

namespace mimus {
namespace {

// The first line end or quote from there on; the size when there is none.
std::size_t find_special(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  const __m128i feed = _mm_set1_epi8('\n');
  const __m128i carriage = _mm_set1_epi8('\r');
  const __m128i quote = _mm_set1_epi8('"');
  for (; text.size() - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)),
                                       _mm_cmpeq_epi8(bytes, quote));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && text[at] != '\n' && text[at] != '\r' && text[at] != '"') ++at;
  return at;
}

// Behind the quote that closes the cell opened before `at`; npos when it does not close in this text, or may go on.
std::size_t behind_quotes(std::string_view text, std::size_t at, bool is_end) {
  while (true) {
    at = text.find('"', at);
    if (at == std::string_view::npos) return at;
    if (at + 1 >= text.size()) return is_end ? text.size() : std::string_view::npos;
    if (text[at + 1] != '"') return at + 1;
    at += 2;
  }
}

// Every row is well-formed UTF-8.
class Utf8Visitor final : public RowVisitor {
 public:
  explicit Utf8Visitor(bool is_checked) : is_checked_(is_checked) {}
  [[nodiscard]] std::optional<RowProblem> visit(std::string_view row, char) override {
    if (is_checked_) return std::nullopt;
    const std::size_t good = utf8_prefix(row);
    if (good == row.size()) return std::nullopt;
    return RowProblem{good,
                      {.code = "source.encoding",
                       .message = "not UTF-8",
                       .hint = "save it as UTF-8, or give the 'encoding' of the source"}};
  }
  [[nodiscard]] std::unique_ptr<RowVisitor> fork() const override { return std::make_unique<Utf8Visitor>(is_checked_); }
  void join(const RowVisitor&) override {}

 private:
  bool is_checked_;
};

// The rows of a batch, one after the other.
struct BatchMemory {
  std::string bytes;
  std::deque<std::string> unquoted;
};

class IndexedCsv final : public LargeSource {
 public:
  IndexedCsv(std::shared_ptr<const SourceText> text, char separator, CsvHeader header, RowIndex index,
             std::string shown_name)
      : LargeSource(std::move(text), std::move(index), std::move(shown_name)),
        separator_(separator),
        splitter_(separator),
        header_(std::move(header)) {}

  [[nodiscard]] const std::vector<std::string>& names() const override { return header_.names; }
  [[nodiscard]] bool has_base() const override { return false; }

  void read(std::span<const std::uint64_t> rows, Record& out) const override {
    const SortedRows sorted = sort_rows(rows);
    auto memory = std::make_shared<BatchMemory>();
    const bool good = read_rows(splitter_, sorted.rows, [&](std::string_view row) {
      if (!memory->bytes.empty()) memory->bytes += '\n';
      memory->bytes += row;
    });
    CsvReader reader(memory->bytes, separator_, memory->unquoted);
    CsvColumns made(header_, memory, sorted.rows.size());
    while (good && reader.next_row()) made.read_row(reader);
    const auto columns = made.finish();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      Column& column = out.fields[c].column;
      if (columns[c]->size != sorted.rows.size()) {
        set_failed();
        fill_absent(rows.size(), column);
      } else if (sorted.places.empty()) {
        column = std::move(*columns[c]);
      } else {
        gather(*columns[c], sorted.places, column);
      }
    }
  }

 private:
  char separator_;
  CsvSplitter splitter_;
  CsvHeader header_;
};

}  // namespace

Split CsvSplitter::next(std::string_view text, std::size_t at, bool is_end, RowSpan& out) const {
  while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) ++at;
  out = {.lead = at, .begin = at, .end = at, .next = at};
  if (at >= text.size()) return is_end ? Split::End : Split::More;
  for (std::size_t i = at; true;) {
    i = find_special(text, i);
    if (i >= text.size()) break;
    if (text[i] != '"') {
      out.end = i;
      out.next = i + (text.substr(i, 2) == "\r\n" ? 2 : 1);
      return Split::Row;
    }
    // Special only where a cell begins.
    if (i > at && text[i - 1] != separator_) {
      ++i;
      continue;
    }
    i = behind_quotes(text, i + 1, is_end);
    if (i == std::string_view::npos) break;
  }
  if (!is_end) return Split::More;
  out.end = out.next = text.size();
  return Split::Row;
}

std::expected<std::shared_ptr<const Source>, RowIndex::Failure> index_csv(std::shared_ptr<const SourceText> text,
                                                                          char separator, const IndexOptions& options,
                                                                          std::string_view shown_name) {
  const CsvSplitter splitter(separator);
  Utf8Visitor visitor(text->is_checked());
  CsvHeader header;
  RowCursor cursor(*text, splitter, 0);
  std::uint64_t start = text->size();
  if (cursor.next() == RowCursor::State::Row) {
    start = cursor.next_offset();
    if (auto problem = visitor.visit(cursor.row(), cursor.lead())) {
      return std::unexpected(RowIndex::Failure{std::move(problem->finding), cursor.offset() + problem->offset});
    }
    std::deque<std::string> unquoted;
    CsvReader reader(cursor.row(), separator, unquoted);
    if (reader.next_row()) header = read_header(reader);
  }
  auto index = RowIndex::make(*text, start, splitter, visitor, options, shown_name);
  if (!index) return std::unexpected(std::move(index).error());
  return std::make_shared<IndexedCsv>(std::move(text), separator, std::move(header), std::move(*index),
                                      std::string(shown_name));
}

}  // namespace mimus
