// XLSX: a workbook with a row for each record, typed cells, a header.
#include <algorithm>

#include "base/text.h"
#include "target/arguments.h"
#include "target/cell.h"
#include "target/plain.h"
#include "target/sheet_notation.h"
#include "target/target.h"
#include "target/workbook_packer.h"

namespace mimus {
namespace {

struct BoundCell {
  std::size_t column = 0;
  const Column* values = nullptr;
  CellSource source;
};

struct State final : EncoderState {
  EntryCache cache;
  std::vector<BoundCell> cells;  // of the columns that the batch has
};

class XlsxEncoder final : public Encoder {
 public:
  XlsxEncoder(std::vector<std::string> names, bool header) : names_(std::move(names)) {
    room_ += kMaxCellFrame * names_.size();
    if (header && !names_.empty() && names_.size() <= kMaxSheetColumns) frame_.begin = header_row();
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    if (names_.size() > kMaxSheetColumns && count > 0) return too_many_columns();
    auto& own = static_cast<State&>(state);
    const std::size_t room = room_ + (records.has_base ? 0 : bind(records, own));
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t frame = begin_row_frame(RowKind::Record, out);
      const std::size_t failed = records.has_base ? write_map(records, row, out) : write_row(own, row, room, out);
      if (failed != kNone) {
        out.cut(frame);
        return too_long(row, names_[failed]);
      }
      end_row_frame(frame, out);
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] std::string header_row() const {
    Buffer out;
    const std::size_t frame = begin_row_frame(RowKind::Header, out);
    for (std::size_t c = 0; c < names_.size(); ++c) {
      char* p = out.room(out.end(), kMaxTextGrowth * names_[c].size() + kMaxCellFrame);
      bool fits = true;
      // No name is longer than a cell.
      out.set_end(write_text_cell(write_cell_column(p, c), names_[c], fits));
    }
    end_row_frame(frame, out);
    return std::string(out.view());
  }

  // Finds the columns in the batch; returns the bytes that the values of dictionaries need at most in a row.
  std::size_t bind(const Record& records, State& state) const {
    state.cache.trim();
    state.cells.clear();
    std::size_t room = 0;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      const auto field = std::ranges::find(records.fields, names_[c], &Field::name);
      if (field == records.fields.end()) continue;
      BoundCell cell{.column = c, .values = &field->column, .source = bind_cell(field->column)};
      CellSource& source = cell.source;
      if (source.indices != nullptr && source.values->size <= kMaxEntries) {
        const CellEntries* entries =
            state.cache.entries_of(field->column.dictionary, [&](std::string& bytes, std::size_t k) {
              const Value value = plain(value_at(*source.values, k));
              return value.is_null() || append_cell_of(bytes, value);
            });
        if (entries->complete) {
          source.entries = entries;
          source.kind = CellKind::Entries;
          room += entries->longest + CellEntries::kCopy;
        }
      }
      state.cells.push_back(cell);
    }
    return room;
  }

  // Returns the column whose value is too long, or kNone.
  [[nodiscard]] std::size_t write_row(const State& state, std::size_t row, std::size_t room, Buffer& out) const {
    char* p = out.room(out.end(), room);
    for (const BoundCell& cell : state.cells) {
      const CellSource& source = cell.source;
      if (source.kind == CellKind::Null) continue;
      if (source.masked && (!source.is_present(row) || !source.is_valid(row))) continue;
      bool fits = true;
      p = write_cell(p, cell, row, room, out, fits);
      if (!fits) return cell.column;
    }
    out.set_end(p);
    return kNone;
  }

  [[nodiscard]] char* write_cell(char* p, const BoundCell& cell, std::size_t row, std::size_t room, Buffer& out,
                                 bool& fits) const {
    const CellSource& source = cell.source;
    const std::size_t at = source.at(row);
    const auto begin = [&](char* to) { return write_cell_column(to, cell.column); };
    switch (source.kind) {
      case CellKind::Entries:
        // An entry without bytes is a null in the dictionary.
        if (source.entries->starts[at] == source.entries->starts[at + 1]) return p;
        return put_entry(begin(p), *source.entries, at);
      case CellKind::Bool:
        return write_bool_cell(begin(p), source.values->bools[at] != 0);
      case CellKind::Int:
        return write_int_cell(begin(p), source.values->ints[at]);
      case CellKind::Float:
        return write_float_cell(begin(p), source.values->floats[at]);
      case CellKind::Scaled:
        return write_float_cell(begin(p), *value_at(*source.values, at).as_float());
      case CellKind::Time:
        return write_time_cell(begin(p), {source.values->ints[at]}, SheetCellKind::DateTime);
      case CellKind::CleanText:
      case CellKind::Text: {
        const std::string_view text = source.values->texts[at];
        p = out.room(p, kMaxTextGrowth * std::min(text.size(), kMaxCellText) + room);
        return write_text_cell(begin(p), text, fits);
      }
      default: {
        const Value value = plain(value_at(*cell.values, row));
        std::string bytes;
        if (!value.is_null()) fits = append_cell_of(bytes, value);
        if (bytes.empty()) return p;
        return std::ranges::copy(bytes, begin(out.room(p, bytes.size() + room))).out;
      }
    }
  }

  // A record over a map: the columns are looked up in each.
  [[nodiscard]] std::size_t write_map(const Record& records, std::size_t row, Buffer& out) const {
    const Value record = plain_record(map_at(records, row));
    std::string cells;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      const Value* value = find(*record.as_map(), names_[c]);
      if (value == nullptr || value->is_null()) continue;
      char column[kMaxCellFrame];
      cells.append(column, static_cast<std::size_t>(write_cell_column(column, c) - column));
      if (!append_cell_of(cells, *value)) return c;
    }
    out.append(cells);
    return kNone;
  }

  static RowFailure too_long(std::size_t row, const std::string& name) {
    return {row,
            {.code = "target.cell",
             .message = "XLSX: field '" + name + "' holds a text of more than " + with_thousands(kMaxCellCharacters) +
                        " characters, which no cell can have",
             .hint = "cut it, as with the converter CutLength(32767)"}};
  }

  [[nodiscard]] RowFailure too_many_columns() const {
    return {0,
            {.code = "target.cell",
             .message = "XLSX: the records have " + with_thousands(names_.size()) + " fields, and a sheet has " +
                        with_thousands(kMaxSheetColumns) + " columns at most"}};
  }

  std::vector<std::string> names_;
  std::size_t room_ = 16;
  Frame frame_;
};

class XlsxTarget final : public FileTarget {
 public:
  XlsxTarget(std::string sheet_name, bool header, std::vector<std::string> names, std::uint64_t chunk_size)
      : sheet_name_(std::move(sheet_name)), header_(header), names_(std::move(names)), chunk_size_(chunk_size) {}

  [[nodiscard]] std::string_view extension() const override { return "xlsx"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override {
    std::vector<std::string> names = names_;
    if (names.empty() && first.rows > 0) {
      const Value record = map_at(first, 0);
      for (const auto& [name, value] : *record.as_map()) {
        if (!is_attribute_name(name)) names.push_back(name);
      }
    }
    return std::make_unique<XlsxEncoder>(std::move(names), header_);
  }
  [[nodiscard]] std::unique_ptr<Packer> make_packer(const PackerSettings& settings) const override {
    return make_workbook_packer(sheet_name_, settings);
  }

 private:
  std::string sheet_name_;
  bool header_;
  std::vector<std::string> names_;
  std::uint64_t chunk_size_;
};

bool is_sheet_name(const std::string& name) {
  constexpr std::size_t kMost = 31;
  const auto is_bad = [](char c) { return (c >= 0 && c < 0x20) || std::string_view("[]:*?/\\").contains(c); };
  return !name.empty() && name.size() <= kMost && is_utf8(name) && std::ranges::none_of(name, is_bad) &&
         name.front() != '\'' && name.back() != '\'';
}

constexpr TargetParameter kParameters[] = {
    {"sheet_name", "the generate's name", "1 to 31 bytes, without []:*?/\\"},
    {"header", "True", "a first row with the names of the columns"},
    {"fieldnames", "the fields of the first record", "the columns, in this order"},
    {"chunk_size", "None", "records a file; the files are called name_0.xlsx, name_1.xlsx, …"},
};

Result<std::unique_ptr<FileTarget>> make_xlsx(const TargetDeclaration& declaration, const Call& call,
                                              const TargetEnvironment& environment) {
  const TargetArguments arguments(declaration, call);
  MIMUS_TRY(arguments.check_names());
  const std::string& own = environment.generate_name;
  MIMUS_ASSIGN(std::string sheet_name, arguments.text("sheet_name", is_sheet_name(own) ? own : "Sheet1"));
  if (!is_sheet_name(sheet_name)) {
    return arguments.refuse("sheet_name", "1 to 31 bytes, without []:*?/\\ and no ' at its ends");
  }
  MIMUS_ASSIGN(const bool header, arguments.boolean("header", true));
  MIMUS_ASSIGN(std::vector<std::string> names, arguments.texts("fieldnames"));
  MIMUS_ASSIGN(const std::uint64_t chunk_size, arguments.natural("chunk_size", 0));
  return std::make_unique<XlsxTarget>(std::move(sheet_name), header, std::move(names), chunk_size);
}

}  // namespace

extern const TargetDeclaration kXlsxTarget{
    .name = "XLSX",
    .summary = "an Excel workbook with a row for each record",
    .parameters = kParameters,
    .make = make_xlsx,
};

}  // namespace mimus
