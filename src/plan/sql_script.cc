#include "plan/sql_script.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "plan/databases.h"
#include "plan/sources.h"

namespace mimus {
namespace {

// The place of a byte of a file.
Location place_in(const std::string& file, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t start = before.rfind('\n') + 1;  // 0 when there is none
  return {.file = file, .line = static_cast<int>(line), .column = static_cast<int>(offset - start) + 1, .length = 1};
}

// The finding at its place in the file, with the line that is shown under it.
Diagnostic in_file(Diagnostic finding, const SqlScript& script, std::size_t offset) {
  const std::string_view text = script.text;
  finding.where = place_in(script.file, text, std::min(offset, text.size()));
  const std::size_t start = text.substr(0, std::min(offset, text.size())).rfind('\n') + 1;
  finding.line_text = std::string(text.substr(start, std::min(text.find('\n', start), text.size()) - start));
  if (finding.line_text.ends_with('\r')) finding.line_text.pop_back();
  return finding;
}

// Of an expression in the file. What it failed with may concern all of it, which begins before the brace as an
// f-string.
Diagnostic of_expression(Diagnostic finding, const SqlScript& script, std::size_t offset) {
  finding.line_text = in_file({}, script, offset).line_text;
  finding.where.column = std::max(finding.where.column, place_in(script.file, script.text, offset).column);
  return finding;
}

// Behind a text in quotes that begins at `at`; the end of `text` when it does not end.
std::size_t skip_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_triple = text.compare(at, 3, std::string(3, quote)) == 0;
  const std::string end(is_triple ? 3 : 1, quote);
  for (at += end.size(); at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text.compare(at, end.size(), end) == 0) {
      return at + end.size();
    }
  }
  return text.size();
}

// The brace that closes the one at `at`; nullopt: none does.
std::optional<std::size_t> closing_brace(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = skip_quotes(text, at);
      continue;
    }
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at;
    ++at;
  }
  return std::nullopt;
}

class ScriptReader {
 public:
  ScriptReader(SqlScript& script, const NameScope& names) : script_(script), names_(names) {}

  [[nodiscard]] Status read() {
    const std::string_view text = script_.text;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
      add_literal(text.substr(at, brace - at), at);
      at = brace;
      if (at == text.size()) break;
      if (at + 1 < text.size() && text[at + 1] == text[at]) {
        add_literal(text.substr(at, 1), at);
        at += 2;
        continue;
      }
      MIMUS_ASSIGN(at, read_expression(at));
    }
    return {};
  }

 private:
  // Neighbours of the file go into one piece.
  void add_literal(std::string_view literal, std::size_t offset) {
    if (literal.empty()) return;
    script_.pieces.push_back({std::string(literal), offset, std::nullopt});
  }

  [[nodiscard]] Result<std::size_t> read_expression(std::size_t at) {
    const std::string_view text = script_.text;
    const auto end = text[at] == '{' ? closing_brace(text, at) : std::nullopt;
    if (!end) {
      return fail(in_file({.code = "execute.syntax",
                           .message = text[at] == '{' ? "the brace has no end" : "the brace closes nothing",
                           .hint = "{expression} is replaced by a value; {{ and }} are braces"},
                          script_, at));
    }
    // As an f-string it may have a conversion and a format.
    constexpr std::string_view kBegin = "f\"\"\"", kEnd = "\"\"\"";
    ExpressionText inside{std::string(kBegin) + std::string(text.substr(at, *end + 1 - at)) + std::string(kEnd),
                          place_in(script_.file, text, at)};
    inside.at.column -= static_cast<int>(kBegin.size());
    auto bound = bind_expression(inside, "<execute>", names_);
    if (!bound) return fail(of_expression(std::move(bound).error(), script_, at));
    script_.pieces.push_back({{}, at, std::move(*bound)});
    return *end + 1;
  }

  SqlScript& script_;
  const NameScope& names_;
};

std::unexpected<Diagnostic> no_such_database(const AttributeText& target, const SetupScope& scope) {
  std::vector<std::string_view> known;
  known.reserve(scope.shared.databases.by_id.size());
  for (const auto& [id, database] : scope.shared.databases.by_id) known.push_back(id);
  std::string hint = suggest(target.text, known);
  if (hint.empty()) hint = "<database id=\"" + target.text + "\" …/> makes one known, before it is used";
  return fail({.code = "execute.database",
               .message = "there is no database '" + target.text + "' for the target of <execute>",
               .hint = std::move(hint),
               .where = target.at});
}

}  // namespace

Result<SqlScript> bind_sql_script(const Execute& execute, const NameScope& names) {
  const AttributeText& target = *execute.target;
  const NamedDatabase* database = find_database(target.text, names.setup);
  if (database == nullptr) return no_such_database(target, names.setup);
  SqlScript out{.database = database->database, .file = execute.uri.text, .text = {}, .pieces = {}};
  auto text = read_project_file(execute.uri.text, names.setup);
  if (!text) {
    text.error().where = execute.uri.at;
    return fail(std::move(text).error());
  }
  out.text = std::move(*text);
  if (out.text.starts_with("\xEF\xBB\xBF")) out.text.erase(0, 3);
  if (!is_utf8(out.text)) {
    return fail(
        {.code = "execute.encoding", .message = "the file '" + out.file + "' is not UTF-8", .where = execute.uri.at});
  }
  MIMUS_TRY(ScriptReader(out, names).read());
  return out;
}

Status run_sql_script(const SqlScript& script, const std::function<Result<Value>(const ExpressionPlan&)>& value_of) {
  std::string text;
  std::vector<std::size_t> starts;  // of the pieces in the text
  for (const SqlScript::Piece& piece : script.pieces) {
    starts.push_back(text.size());
    text += piece.literal;
    if (!piece.expression) continue;
    auto value = value_of(*piece.expression);
    if (!value) return fail(of_expression(std::move(value).error(), script, piece.offset));
    text += text_of(*value);
  }
  auto failure = script.database->execute(text);
  if (!failure) return {};
  if (script.pieces.empty()) return fail(in_file(std::move(failure->finding), script, 0));
  const auto above = std::ranges::upper_bound(starts, failure->offset);
  const auto piece = static_cast<std::size_t>(above - starts.begin()) - 1;
  const SqlScript::Piece& own = script.pieces[piece];
  const std::size_t into = own.expression ? 0 : failure->offset - starts[piece];
  return fail(in_file(std::move(failure->finding), script, own.offset + into));
}

}  // namespace mimus
