// Sources: rows that come from outside of the run (files) or from an earlier part of it (memstores).
//
// A source is immutable: its rows may be read in any order, as often as wanted, from several threads at once.
// Failures name the file; the place in the descriptor is added by the caller.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "data/record.h"
#include "source/file_options.h"

namespace mimus {

class Source {
 public:
  virtual ~Source() = default;

  [[nodiscard]] virtual std::uint64_t length() const = 0;

  // The fields of its rows, in order; none when the rows are maps of their own shapes (has_base()).
  [[nodiscard]] virtual const std::vector<std::string>& names() const = 0;
  [[nodiscard]] virtual bool has_base() const = 0;

  // Row rows[k] becomes row k of `out`: with has_base() its base, else its first names().size() fields, in the order of
  // names(). Other fields are left alone. Texts stay valid for the life of the source and of the column's `owner`.
  virtual void read(std::span<const std::uint64_t> rows, Record& out) const = 0;

  // Fails once rows could not be read, because their file has changed or is gone: they are absent, and what was made of
  // them is worth nothing.
  [[nodiscard]] virtual Status status() const { return {}; }
};

// The rows of a file, and what is worth a warning about them.
struct OpenedRows {
  std::shared_ptr<const Source> rows;
  Diagnostics warnings;
};

// A CSV file (RFC 4180, read as Python's csv module does): the first row names the columns, all values are texts, a row
// that is too short lacks its last fields, surplus values are dropped, blank lines are skipped, a byte order mark is no
// part of the first name; of two columns of one name the last counts.
// Errors: source.not_found, source.unreadable, source.encoding.
[[nodiscard]] Result<OpenedRows> open_csv(const fs::path& file, const FileOptions& options,
                                          std::string_view shown_name);

// A JSON file: a list of objects, or one object. Rows of one object have a base, and so have objects that differ in
// their names or hold lists or objects. Errors: source.not_found, source.unreadable, json.syntax (with the place in the
// file), json.depth, source.shape (an element is no object).
struct JsonSource {
  std::shared_ptr<const Source> rows;
  bool is_list = true;  // false: the file holds one object
  Diagnostics warnings = {};
};
[[nodiscard]] Result<JsonSource> open_json(const fs::path& file, const FileOptions& options,
                                           std::string_view shown_name);

// Rows that are the maps given.
[[nodiscard]] std::shared_ptr<const Source> rows_of_maps(ValueList maps);

// An object a line (.ndjson, .jsonl); blank lines are skipped. Errors as above.
[[nodiscard]] Result<JsonSource> open_json_lines(const fs::path& file, const FileOptions& options,
                                                 std::string_view shown_name);

}  // namespace mimus
