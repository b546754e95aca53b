// Template: text of any format, each record in the place of the expressions in a template file. And TemplateSingle,
// with a file for each record.
#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <optional>

#include "base/number.h"
#include "base/put.h"
#include "base/text.h"
#include "script/placeholders.h"
#include "target/arguments.h"
#include "target/cell.h"
#include "target/compressed_target.h"
#include "target/encoded_target.h"
#include "target/target.h"

namespace mimus {
namespace {

// A literal, then the value of a field; the last piece has none.
struct Piece {
  std::string literal;
  std::size_t field = kNone;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

// What a null is shown as: nothing, since no format has a word for it that all would read.
void append_value(std::string& out, const Value& value) {
  if (!value.is_null()) out += text_of(value);
}

struct State final : EncoderState {
  EntryCache cache;
  std::vector<CellSource> cells;
};

class TemplateEncoder final : public Encoder {
 public:
  TemplateEncoder(std::vector<Piece> pieces, Frame frame) : pieces_(std::move(pieces)), frame_(std::move(frame)) {
    for (const Piece& piece : pieces_) room_ += piece.literal.size() + std::max(kMaxFloatText, kMaxTimeText);
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& own = static_cast<State&>(state);
    const std::size_t room = room_ + bind(records, own);
    for (std::size_t row = 0; row < count; ++row) {
      char* p = out.room(out.end(), room);
      for (const Piece& piece : pieces_) {
        p = put(p, piece.literal);
        if (piece.field != Piece::kNone)
          p = write_cell(p, out, records.fields[piece.field].column, own.cells[piece.field], row, room);
      }
      out.set_end(p);
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  // Returns the bytes that the values of dictionaries need at most.
  std::size_t bind(const Record& records, State& state) const {
    state.cache.trim();
    state.cells.clear();
    std::size_t longest = CellEntries::kCopy;
    for (const Field& field : records.fields) {
      CellSource source = bind_cell(field.column);
      if (source.indices != nullptr && source.values->size <= kMaxEntries) {
        source.entries = state.cache.entries_of(field.column.dictionary, [&](std::string& text, std::size_t k) {
          append_value(text, value_at(*source.values, k));
          return true;
        });
        source.kind = CellKind::Entries;
        longest = std::max(longest, source.entries->longest + CellEntries::kCopy);
      }
      state.cells.push_back(source);
    }
    return longest * pieces_.size();
  }

  // There is room for all but texts; `room` is what the rest of the record needs.
  static char* write_cell(char* p, Buffer& out, const Column& column, const CellSource& source, std::size_t row,
                          std::size_t room) {
    if (source.masked && (!source.is_present(row) || !source.is_valid(row))) return p;
    const std::size_t at = source.at(row);
    switch (source.kind) {
      case CellKind::Null:
        return p;
      case CellKind::Entries:
        return put_entry(p, *source.entries, at);
      case CellKind::Bool:
        return put(p, source.values->bools[at] != 0 ? "True" : "False");
      case CellKind::Int:
        return write_int(p, source.values->ints[at]);
      case CellKind::Scaled:
        return write_scaled(p, source.values->ints[at], source.scale);
      case CellKind::Float:
        return write_float(p, source.values->floats[at]);
      case CellKind::Time:
        return write_time(p, {source.values->ints[at]}, ' ');
      case CellKind::CleanText:
      case CellKind::Text: {
        const std::string_view text = source.values->texts[at];
        return put(out.room(p, text.size() + room), text);
      }
      default: {
        std::string text;
        append_value(text, value_at(column, row));
        return put(out.room(p, text.size() + room), text);
      }
    }
  }

  std::vector<Piece> pieces_;
  Frame frame_;
  std::size_t room_ = 0;
};

// What is the same for every execution.
struct TemplateForm {
  std::vector<Piece> pieces;
  std::vector<TargetExpression> expressions;
  Frame frame;
  std::string extension;
};

class TemplateTarget final : public FileTarget {
 public:
  TemplateTarget(TemplateForm form, std::uint64_t chunk_size, bool is_single)
      : form_(std::move(form)), chunk_size_(chunk_size), is_single_(is_single) {}

  [[nodiscard]] std::string_view extension() const override { return form_.extension; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return chunk_size_; }
  [[nodiscard]] std::uint64_t first_number() const override { return is_single_ ? 1 : 0; }
  [[nodiscard]] bool is_single() const override { return is_single_; }
  [[nodiscard]] std::span<const TargetExpression> expressions() const override { return form_.expressions; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record&) const override {
    return std::make_unique<TemplateEncoder>(form_.pieces, form_.frame);
  }

 private:
  TemplateForm form_;
  std::uint64_t chunk_size_;
  bool is_single_;
};

// Line ends as they are asked for; the last one is that of the record.
std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    if (text[i] == '\n') {
      out += line_end;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string_view without_last_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(text.ends_with("\r\n") ? 2 : 1);
  return text;
}

// "mt103.fin.tmpl" gives "fin", "mt103.txt" gives "txt".
std::string extension_of_file(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view own : {".tmpl", ".tpl", ".template"}) {
    if (name.ends_with(own)) name.remove_suffix(own.size());
  }
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() ? "txt"
                                                                             : std::string(name.substr(dot + 1));
}

// Of the first byte of a piece's source.
Location place_in(const std::string& file, std::string_view text, const script::TextPiece& piece) {
  const std::string_view before = text.substr(0, piece.offset);
  const std::size_t line_start = before.rfind('\n') + 1;
  return {file, static_cast<int>(std::ranges::count(before, '\n')) + 1,
          static_cast<int>(piece.offset - line_start) + 1 - static_cast<int>(piece.lead)};
}

// The pieces of a template, its expressions numbered; one that stands there twice is one, but for those in doubled
// marks.
Status split_template(std::string_view text, const std::string& file, const script::PlaceholderMarks& marks,
                      const std::optional<std::string>& line_end, TemplateForm& form) {
  MIMUS_ASSIGN(const auto pieces, script::split_placeholders(text, marks));
  std::map<std::string, std::size_t> known;
  Piece piece;
  for (const script::TextPiece& part : pieces) {
    if (part.source.empty()) {
      piece.literal += line_end ? with_line_ends(part.literal, *line_end) : part.literal;
      continue;
    }
    piece.field = form.expressions.size();
    if (!part.is_fresh) piece.field = known.try_emplace(part.source, piece.field).first->second;
    if (piece.field == form.expressions.size()) {
      form.expressions.push_back({part.source, place_in(file, text, part)});
    }
    form.pieces.push_back(std::move(piece));
    piece = {};
  }
  form.pieces.push_back(std::move(piece));
  return {};
}

Result<std::string> extension_for(const TargetArguments& arguments, const std::string& file) {
  MIMUS_ASSIGN(std::string extension, arguments.text("extension", ""));
  if (!arguments.has("extension")) return extension_of_file(file);
  if (extension.starts_with('.')) extension.erase(0, 1);
  const auto is_good = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '.';
  };
  constexpr std::size_t kMost = 32;
  if (extension.empty() || extension.size() > kMost || extension.starts_with('.') ||
      !std::ranges::all_of(extension, is_good)) {
    return arguments.refuse("extension", "letters and digits, as 'txt'");
  }
  return extension;
}

Result<script::PlaceholderMarks> marks_of(const TargetArguments& arguments) {
  script::PlaceholderMarks marks;
  MIMUS_ASSIGN(marks.prefix, arguments.text("prefix", marks.prefix));
  MIMUS_ASSIGN(marks.suffix, arguments.text("suffix", marks.suffix));
  constexpr std::size_t kMost = 16;
  const auto is_good = [](const std::string& mark) {
    return !mark.empty() && mark.size() <= kMost && !mark.contains('\n') && !mark.contains('\\');
  };
  if (!is_good(marks.prefix)) return arguments.refuse("prefix", "1 to 16 bytes, without line ends and backslashes");
  if (!is_good(marks.suffix)) return arguments.refuse("suffix", "1 to 16 bytes, without line ends and backslashes");
  return marks;
}

Result<std::string> template_text(const TargetArguments& arguments, const std::string& file,
                                  const TargetEnvironment& environment) {
  if (!environment.read_file) return arguments.refuse("template", "a file of a project");
  MIMUS_ASSIGN(std::string text, environment.read_file(file));
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.erase(0, kMark.size());
  if (!is_utf8(text)) return arguments.refuse("template", "a file of UTF-8 text");
  return text;
}

Result<std::unique_ptr<FileTarget>> make_template(const TargetDeclaration& declaration, const Call& call,
                                                  const TargetEnvironment& environment, bool is_single) {
  const TargetArguments arguments(declaration, call);
  MIMUS_TRY(arguments.check_names());
  MIMUS_ASSIGN(TextEncoding encoding, encoding_of(arguments));
  if (!arguments.has("template")) {
    return fail({.code = "target.argument",
                 .message = std::string(declaration.name) + " needs the parameter 'template'",
                 .hint = std::string(declaration.name) + "(template='script/letter.txt')"});
  }
  MIMUS_ASSIGN(const std::string file, arguments.text("template", ""));
  TemplateForm form;
  MIMUS_ASSIGN(form.extension, extension_for(arguments, file));
  MIMUS_ASSIGN(const script::PlaceholderMarks marks, marks_of(arguments));
  MIMUS_ASSIGN(const std::string text, template_text(arguments, file, environment));
  // Without a line terminator the template's own line ends stay.
  MIMUS_ASSIGN(const std::string line_end, arguments.text("line_terminator", text.contains("\r\n") ? "\r\n" : "\n"));
  const auto asked_end = arguments.has("line_terminator") ? std::optional(line_end) : std::nullopt;
  MIMUS_TRY(split_template(without_last_line_end(text), file, marks, asked_end, form));
  form.pieces.back().literal += line_end;
  MIMUS_ASSIGN(form.frame.begin, arguments.text("header", ""));
  MIMUS_ASSIGN(form.frame.end, arguments.text("footer", ""));
  if (!form.frame.begin.empty()) form.frame.begin += line_end;
  if (!form.frame.end.empty()) form.frame.end += line_end;
  std::uint64_t chunk_size = 1;
  if (!is_single) {
    MIMUS_ASSIGN(chunk_size, arguments.natural("chunk_size", 0));
  }
  return with_encoding(std::make_unique<TemplateTarget>(std::move(form), chunk_size, is_single), std::move(encoding));
}

constexpr TargetParameter kTemplateParameter{"template", "needed", "file of the project, read once"};
constexpr TargetParameter kExtensionParameter{"extension", "the template's own: fin of mt103.fin.tmpl",
                                              "of the file's name"};
constexpr TargetParameter kPrefixParameter{"prefix", "{", "before an expression; doubled: evaluated at each use"};
constexpr TargetParameter kSuffixParameter{"suffix", "}", "behind an expression"};
constexpr TargetParameter kHeaderParameter{"header", "None", "a text before the first record of a file"};
constexpr TargetParameter kFooterParameter{"footer", "None", "a text after the last record of a file"};
constexpr TargetParameter kLineTerminatorParameter{"line_terminator", "the template's own", "end of each line"};

constexpr TargetParameter kParameters[] = {
    kTemplateParameter,
    kExtensionParameter,
    kPrefixParameter,
    kSuffixParameter,
    kHeaderParameter,
    kFooterParameter,
    kLineTerminatorParameter,
    {"chunk_size", "None", "records a file; the files are called name_0.txt, name_1.txt, …"},
    kEncodingParameter,
    kCompressionParameter,
    kCompressionLevelParameter,
};

constexpr TargetParameter kSingleParameters[] = {
    kTemplateParameter, kExtensionParameter,      kPrefixParameter,   kSuffixParameter,      kHeaderParameter,
    kFooterParameter,   kLineTerminatorParameter, kEncodingParameter, kCompressionParameter, kCompressionLevelParameter,
};

}  // namespace

extern const TargetDeclaration kTemplateTarget{
    .name = "Template",
    .summary = "text of any format: each record in the place of the expressions in a template file",
    .parameters = kParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment& environment) { return make_template(declaration, call, environment, false); },
};

extern const TargetDeclaration kTemplateSingleTarget{
    .name = "TemplateSingle",
    .summary = "a file for each record, made of a template file: name_1.txt, name_2.txt, …",
    .parameters = kSingleParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment& environment) { return make_template(declaration, call, environment, true); },
};

}  // namespace mimus
