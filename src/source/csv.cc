#include "source/csv.h"

#include "source/csv_columns.h"
#include "source/csv_rows.h"
#include "source/separator.h"
#include "source/source.h"
#include "source/source_text.h"

namespace mimus {
namespace {

// What the cells of a file point into.
struct CsvMemory {
  std::shared_ptr<SourceText> text;
  std::deque<std::string> unquoted;
};

std::shared_ptr<const Source> load_csv(std::shared_ptr<SourceText> text, char separator) {
  auto memory = std::make_shared<CsvMemory>();
  memory->text = std::move(text);
  CsvReader reader(memory->text->view(), separator, memory->unquoted);
  CsvHeader header;
  if (reader.next_row()) header = read_header(reader);
  CsvColumns columns(header, memory, 0);
  while (reader.next_row()) columns.read_row(reader);
  return columns.table();
}

// The delimiter of a text.
Result<char> find_separator(const SourceText& text, const FileOptions& options, std::string_view shown_name,
                            Diagnostics& warnings) {
  if (options.separator_is_given) return options.separator;
  std::string start(std::min<std::uint64_t>(text.size(), kSeparatorSample), 0);
  if (!text.read_at(0, start)) return fail("source.unreadable", "cannot read '" + std::string(shown_name) + "'");
  return detect_separator(start, start.size() == text.size(), options.separator, shown_name, warnings);
}

}  // namespace

Result<OpenedRows> open_csv(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  MIMUS_ASSIGN(std::shared_ptr<SourceText> text, open_text(file, options, shown_name));
  OpenedRows out{.rows = nullptr, .warnings = text->warnings()};
  MIMUS_ASSIGN(char separator, find_separator(*text, options, shown_name, out.warnings));
  if (!text->is_large()) {
    out.rows = load_csv(std::move(text), separator);
    return out;
  }
  auto rows = index_csv(text, separator, options.index, shown_name);
  if (!rows && rows.error().finding.code == "source.encoding" && !text->is_certain()) {
    MIMUS_ASSIGN(text, reopen_text(file, options, shown_name, *text, rows.error().offset));
    out.warnings = text->warnings();
    MIMUS_ASSIGN(separator, find_separator(*text, options, shown_name, out.warnings));
    rows = index_csv(text, separator, options.index, shown_name);
  }
  if (!rows) return fail(std::move(rows).error().finding);
  out.rows = std::move(*rows);
  return out;
}

}  // namespace mimus
