#include "data/json.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "source/json_rows.h"
#include "source/source.h"
#include "source/source_text.h"
#include "source/table.h"

namespace mimus {
namespace {

// Values take about so many times the room of their text.
constexpr std::uint64_t kValueExpansion = 8;

std::unexpected<Diagnostic> wrong_shape(std::string_view shown_name, const std::string& what, const Value& value) {
  return fail("source.shape", "JSON file '" + std::string(shown_name) + "' must contain a list of objects, but " +
                                  what + " of type " + std::string(kind_name(value)));
}

Result<JsonSource> load_json(const SourceText& text, std::string_view shown_name) {
  MIMUS_ASSIGN(const Value root, parse_json(text.view(), shown_name));
  const ValueList* items = root.as_list();
  // One object is kept as it is: a dict of its own can be made of it.
  if (items == nullptr) {
    if (root.as_map() == nullptr) return wrong_shape(shown_name, "it is", root);
    return JsonSource{.rows = table_with_base({root}), .is_list = false, .warnings = text.warnings()};
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    if ((*items)[i].as_map() != nullptr) continue;
    return wrong_shape(shown_name, "element " + std::to_string(i + 1) + " is", (*items)[i]);
  }
  return JsonSource{.rows = table_of_maps(*items), .is_list = true, .warnings = text.warnings()};
}

// JSON's own; a vertical tab, say, is none.
constexpr std::string_view kBlanks = " \t\n\r";

Result<JsonSource> load_lines(const SourceText& text, std::string_view shown_name) {
  std::vector<Value> rows;
  std::size_t number = 0;
  for (const std::string_view line : split(text.view(), '\n')) {
    ++number;
    const std::size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) continue;
    const std::string_view row = line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
    const std::string where = std::string(shown_name) + ":" + std::to_string(number) + ":";
    auto value = parse_json_value(row);
    if (!value) {
      Diagnostic finding = std::move(value.error().finding);
      const auto column = static_cast<std::size_t>(row.data() - line.data()) + value.error().offset + 1;
      finding.message = where + std::to_string(column) + ": " + finding.message;
      finding.hint = "each line must be a JSON object";
      return fail(std::move(finding));
    }
    if (value->as_map() == nullptr) {
      return fail("source.shape",
                  where + "1: each line must be an object, but this is of type " + std::string(kind_name(*value)));
    }
    rows.push_back(std::move(*value));
  }
  return JsonSource{.rows = table_of_maps(std::move(rows)), .is_list = true, .warnings = text.warnings()};
}

// The first byte that is not blank.
char first_byte(const SourceText& text) {
  char first = 0;
  for (std::uint64_t at = 0; at < text.size() && text.read_at(at, {&first, 1}); ++at) {
    if (kBlanks.find(first) == std::string_view::npos) break;
  }
  return first;
}

// A large text: an array or an object a line.
Result<JsonSource> open_large(std::shared_ptr<SourceText> text, const fs::path& file, JsonLayout layout,
                              const FileOptions& options, std::string_view shown_name) {
  if (layout == JsonLayout::Array && first_byte(*text) != '[') {
    return fail("source.too_large",
                "JSON file '" + std::string(shown_name) + "' has more than " + with_thousands(options.load_bytes) +
                    " bytes and is no list",
                "a file with an object a line has the extension .ndjson or .jsonl");
  }
  auto rows = index_json(text, layout, options.index, shown_name);
  if (!rows && rows.error().finding.code == "source.encoding" && !text->is_certain()) {
    MIMUS_ASSIGN(text, reopen_text(file, options, shown_name, *text, rows.error().offset));
    rows = index_json(text, layout, options.index, shown_name);
  }
  if (!rows) return fail(std::move(rows).error().finding);
  return JsonSource{.rows = std::move(*rows), .is_list = true, .warnings = text->warnings()};
}

Result<JsonSource> open_layout(const fs::path& file, JsonLayout layout, const FileOptions& options,
                               std::string_view shown_name) {
  MIMUS_ASSIGN(std::shared_ptr<SourceText> text, open_text(file, options, shown_name));
  // An index needs less memory than values do; one object is no list of rows.
  const bool is_list = layout == JsonLayout::Lines || first_byte(*text) == '[';
  if (text->is_large() || (is_list && text->size() > options.load_bytes / kValueExpansion)) {
    return open_large(std::move(text), file, layout, options, shown_name);
  }
  return layout == JsonLayout::Array ? load_json(*text, shown_name) : load_lines(*text, shown_name);
}

}  // namespace

Result<JsonSource> open_json(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  return open_layout(file, JsonLayout::Array, options, shown_name);
}

Result<JsonSource> open_json_lines(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  return open_layout(file, JsonLayout::Lines, options, shown_name);
}

}  // namespace mimus
