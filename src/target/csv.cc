// CSV as Python's csv module writes it: CR LF line ends, quotes where needed, nested values as Python's repr.
#include <emmintrin.h>

#include <algorithm>

#include "base/put.h"
#include "base/text.h"
#include "target/arguments.h"
#include "target/compressed_target.h"
#include "target/encoded_target.h"
#include "target/record_writer.h"
#include "target/target.h"

namespace mimus {
namespace {

enum class Quoting : std::uint8_t { Minimal, All, NonNumeric, None };

struct Dialect {
  char delimiter = '|';
  char quote = '"';
  Quoting quoting = Quoting::Minimal;
  // Numbers and clean texts never need a quote: neither special character can occur in them.
  [[nodiscard]] bool is_plain() const {
    return quoting == Quoting::Minimal && !is_clean_byte(delimiter) && !is_clean_byte(quote);
  }
};

bool needs_quotes(std::string_view text, const Dialect& dialect) {
  std::size_t i = 0;
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    __m128i special = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(dialect.delimiter));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(dialect.quote)));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    if (_mm_movemask_epi8(special) != 0) return true;
  }
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == dialect.delimiter || c == dialect.quote || c == '\n' || c == '\r') return true;
  }
  return false;
}

char* put_quoted(char* p, std::string_view text, char quote) {
  *p++ = quote;
  for (const char c : text) {
    if (c == quote) *p++ = quote;
    *p++ = c;
  }
  *p++ = quote;
  return p;
}

// The text as a cell: quoted when it must be. Room for 2 * size + 2.
char* put_text(char* p, std::string_view text, const Dialect& dialect) {
  const bool quoted = dialect.quoting == Quoting::All || dialect.quoting == Quoting::NonNumeric ||
                      (dialect.quoting == Quoting::Minimal && needs_quotes(text, dialect));
  return quoted ? put_quoted(p, text, dialect.quote) : put(p, text);
}

bool is_number(const Value& value) {
  return value.as_int() != nullptr || value.as_float() != nullptr || value.as_bool() != nullptr ||
         value.as_big() != nullptr;
}

// The cell of a value in its general form.
void append_cell(std::string& out, const Value& value, const Dialect& dialect) {
  const std::string text = value.is_null() ? std::string() : text_of(value);
  const std::size_t start = out.size();
  if (dialect.quoting == Quoting::NonNumeric && is_number(value)) {
    out += text;
    return;
  }
  out.resize(start + 2 * text.size() + 2);
  char* end = put_text(out.data() + start, text, dialect);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

// What one thread needs for one column of the file.
struct CsvCell {
  CellSource source;
  bool missing = true;  // the batch has no such field
  // A map that may be a text with attributes: written by way of its value.
  const Column* general = nullptr;
  RecordWriter<ReprNotation> nested;
};

struct State final : EncoderState {
  EntryCache cache;
  EntryCache nested_cache;  // other bytes for the same dictionaries
  std::vector<CsvCell> cells;
  Buffer scratch;
};

class CsvEncoder final : public Encoder {
 public:
  CsvEncoder(Dialect dialect, std::vector<std::string> names) : dialect_(dialect), names_(std::move(names)) {
    for (std::size_t c = 0; c < names_.size(); ++c) {
      if (c > 0) frame_.begin += dialect_.delimiter;
      append_cell(frame_.begin, Value(names_[c]), dialect_);
    }
    if (!names_.empty()) frame_.begin += "\r\n";
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override {
    auto state = std::make_unique<State>();
    state->cells.resize(names_.size());
    return state;
  }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& own = static_cast<State&>(state);
    const std::size_t room = records.has_base ? 0 : bind(records, own);
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t start = out.size();
      if (records.has_base) {
        write_map(records, row, out);
      } else {
        out.set_end(write_row(out.room(out.end(), room), out, own, room, row));
      }
      if (out.size() == start && names_.size() == 1) out.append(std::string(2, dialect_.quote));
      if (dialect_.quoting == Quoting::None) {
        if (auto failure = check_unquoted(records, row, out, start)) return failure;
      }
      out.append("\r\n");
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  // Finds the columns in the batch; returns the bytes that a row needs, texts and nested values left out.
  std::size_t bind(const Record& records, State& state) const {
    state.cache.trim();
    state.nested_cache.trim();
    std::size_t room = 8;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      CsvCell& cell = state.cells[c];
      const auto field = std::ranges::find(records.fields, names_[c], &Field::name);
      cell.missing = field == records.fields.end() || is_attribute_name(names_[c]);
      room += 1 + 2 * kMaxTimeText + 2;
      if (!cell.missing) room += bind_cell_of(field->column, cell, state);
    }
    return room;
  }

  std::size_t bind_cell_of(const Column& column, CsvCell& cell, State& state) const {
    cell.source = bind_cell(column);
    const CellSource& source = cell.source;
    if (source.indices != nullptr && source.values->size <= kMaxEntries) {
      cell.source.entries = state.cache.entries_of(column.dictionary, [&](std::string& bytes, std::size_t k) {
        append_cell(bytes, plain(value_at(*source.values, k)), dialect_);
        return true;
      });
      cell.source.kind = CellKind::Entries;
      return cell.source.entries->longest + CellEntries::kCopy;
    }
    cell.general = nullptr;
    if (source.kind == CellKind::Struct) {
      const Record& record = *source.values->record;
      if (record.has_base || std::ranges::find(record.fields, "#text", &Field::name) != record.fields.end()) {
        cell.general = &column;
      }
    }
    if (source.kind == CellKind::Struct) cell.nested.bind(*source.values->record, state.nested_cache);
    if (source.kind == CellKind::List) cell.nested.bind(*source.values->record, state.nested_cache);
    return 0;
  }

  [[nodiscard]] char* write_row(char* p, Buffer& out, State& state, std::size_t room, std::size_t row) const {
    const bool plain = dialect_.is_plain();
    for (std::size_t c = 0; c < state.cells.size(); ++c) {
      if (c > 0) *p++ = dialect_.delimiter;
      CsvCell& cell = state.cells[c];
      if (cell.missing || (cell.source.masked && (!cell.source.is_present(row) || !cell.source.is_valid(row)))) {
        p = write_null(p);
      } else {
        p = write_cell(p, out, cell, state, room, row, plain);
      }
    }
    return p;
  }

  [[nodiscard]] char* write_null(char* p) const {
    if (dialect_.quoting == Quoting::Minimal || dialect_.quoting == Quoting::None) return p;
    p[0] = p[1] = dialect_.quote;
    return p + 2;
  }

  // A short text without line ends, written at `p` already: quoted when the dialect wants it.
  [[nodiscard]] char* finish(char* p, char* end, bool plain, bool number) const {
    if (plain || (number && dialect_.quoting == Quoting::NonNumeric)) return end;
    char copy[2 * kMaxTimeText];
    const auto size = static_cast<std::size_t>(end - p);
    std::memcpy(copy, p, size);
    return put_text(p, {copy, size}, dialect_);
  }

  [[nodiscard]] char* write_cell(char* p, Buffer& out, CsvCell& cell, State& state, std::size_t room, std::size_t row,
                                 bool plain) const {
    const CellSource& source = cell.source;
    const std::size_t at = source.at(row);
    switch (source.kind) {
      case CellKind::Null:
        return write_null(p);
      case CellKind::Entries:
        return put_entry(p, *source.entries, at);
      case CellKind::Bool:
        return finish(p, put(p, source.values->bools[at] != 0 ? "True" : "False"), plain, true);
      case CellKind::Int:
        return finish(p, write_int(p, source.values->ints[at]), plain, true);
      case CellKind::Scaled:
        return finish(p, write_scaled(p, source.values->ints[at], source.scale), plain, true);
      case CellKind::Float:
        return finish(p, write_float(p, source.values->floats[at]), plain, true);
      case CellKind::Time:
        return finish(p, write_time(p, {source.values->ints[at]}, ' '), plain, false);
      case CellKind::CleanText:
        if (plain) return put(out.room(p, source.values->texts[at].size() + room), source.values->texts[at]);
        [[fallthrough]];
      case CellKind::Text:
        return put_text(out.room(p, 2 * source.values->texts[at].size() + room), source.values->texts[at], dialect_);
      default:
        return write_nested(p, out, cell, state, room, row);
    }
  }

  [[nodiscard]] char* write_nested(char* p, Buffer& out, CsvCell& cell, State& state, std::size_t room,
                                   std::size_t row) const {
    Buffer& scratch = state.scratch;
    scratch.clear();
    const CellSource& source = cell.source;
    const std::size_t at = source.at(row);
    if (source.kind == CellKind::Dynamic || cell.general != nullptr) {
      std::string text;
      append_cell(text, plain(cell.general == nullptr ? source.values->values[at] : value_at(*cell.general, row)),
                  dialect_);
      return put(out.room(p, text.size() + room), text);
    }
    if (source.kind == CellKind::Struct) {
      scratch.set_end(cell.nested.write(scratch.end(), scratch, at));
    } else {
      scratch.append("[");
      for (std::uint32_t i = source.values->offsets[at]; i < source.values->offsets[at + 1]; ++i) {
        if (i > source.values->offsets[at]) scratch.append(", ");
        scratch.set_end(cell.nested.write(scratch.end(), scratch, i));
      }
      scratch.append("]");
    }
    return put_text(out.room(p, 2 * scratch.size() + room), scratch.view(), dialect_);
  }

  // A record over a map: the columns are looked up in each.
  void write_map(const Record& records, std::size_t row, Buffer& out) const {
    const Value record = plain_record(map_at(records, row));
    std::string text;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      if (c > 0) text += dialect_.delimiter;
      const Value* value = find(*record.as_map(), names_[c]);
      append_cell(text, value == nullptr ? Value() : *value, dialect_);
    }
    out.append(text);
  }

  // quoting=3: what would need a quote cannot be written.
  [[nodiscard]] std::optional<RowFailure> check_unquoted(const Record& records, std::size_t row, Buffer& out,
                                                         std::size_t start) const {
    const Value record = plain_record(map_at(records, row));
    for (const std::string& name : names_) {
      const Value* value = find(*record.as_map(), name);
      if (value == nullptr || value->is_null() || !needs_quotes(text_of(*value), dialect_)) continue;
      out.set_end(out.end() - (out.size() - start));
      return RowFailure{row,
                        {.code = "target.quoting",
                         .message = "CSV: field '" + name +
                                    "' holds a delimiter, quote or line end, and quoting=3 "
                                    "allows no quotes"}};
    }
    return std::nullopt;
  }

  Dialect dialect_;
  std::vector<std::string> names_;
  Frame frame_;
};

class CsvTarget final : public FileTarget {
 public:
  CsvTarget(Dialect dialect, std::uint64_t chunk_size, std::vector<std::string> names)
      : dialect_(dialect), chunk_size_(chunk_size), names_(std::move(names)) {}

  [[nodiscard]] std::string_view extension() const override { return "csv"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override {
    std::vector<std::string> names = names_;
    if (names.empty() && first.rows > 0) {
      const Value record = map_at(first, 0);
      for (const auto& [name, value] : *record.as_map()) {
        if (!is_attribute_name(name)) names.push_back(name);
      }
    }
    return std::make_unique<CsvEncoder>(dialect_, std::move(names));
  }

 private:
  Dialect dialect_;
  std::uint64_t chunk_size_;
  std::vector<std::string> names_;
};

constexpr TargetParameter kParameters[] = {
    {"delimiter", "defaultSeparator of the setup", "between the cells; one character"},
    {"quotechar", "\"", "around cells that need it; one character"},
    {"quoting", "0", "0: where needed, 1: all cells, 2: all but numbers, 3: none"},
    {"fieldnames", "the fields of the first record", "the columns, in this order"},
    {"chunk_size", "None", "records a file; the files are called name_0.csv, name_1.csv, …"},
    {"line_terminator", "\\r\\n", "accepted; lines end in CR LF"},
    kEncodingParameter,
    kCompressionParameter,
    kCompressionLevelParameter,
};

Result<std::unique_ptr<FileTarget>> make_csv(const TargetDeclaration& declaration, const Call& call,
                                             const TargetEnvironment& environment) {
  const TargetArguments arguments(declaration, call);
  MIMUS_TRY(arguments.check_names());
  MIMUS_ASSIGN(
      TextEncoding encoding,
      encoding_of(arguments, environment.default_csv_encoding.empty() ? "utf-8" : environment.default_csv_encoding));
  Dialect dialect;
  const char fallback = environment.default_separator.empty() ? '|' : environment.default_separator[0];
  MIMUS_ASSIGN(dialect.delimiter, arguments.character("delimiter", fallback));
  MIMUS_ASSIGN(dialect.quote, arguments.character("quotechar", '"'));
  if (arguments.has("quoting")) {
    const auto given = std::ranges::find(call.arguments, "quoting", &Argument::name);
    const auto* number = given->value.as_int();
    if (number == nullptr || *number < 0 || *number > 3) return arguments.refuse("quoting", "0, 1, 2 or 3");
    dialect.quoting = static_cast<Quoting>(*number);
  }
  MIMUS_ASSIGN(std::vector<std::string> names, arguments.texts("fieldnames"));
  MIMUS_ASSIGN(const std::uint64_t chunk_size, arguments.natural("chunk_size", 0));
  return with_encoding(std::make_unique<CsvTarget>(dialect, chunk_size, std::move(names)), std::move(encoding));
}

}  // namespace

extern const TargetDeclaration kCsvTarget{
    .name = "CSV",
    .summary = "a CSV file with a header line",
    .parameters = kParameters,
    .make = make_csv,
};

}  // namespace mimus
