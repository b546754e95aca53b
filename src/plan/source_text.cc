#include "plan/source_text.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "plan/value.h"
#include "script/evaluate.h"

namespace mimus {
namespace {

constexpr std::size_t kShownText = 60;

bool is_whole(std::string_view text) { return text.size() > 1 && text.front() == '{' && text.back() == '}'; }

// True when it may give another value each time: it names a module that draws.
bool may_draw(const ExpressionPlan& expression) {
  std::vector<std::string> names;
  script::collect_names(*expression.tree, names);
  return std::ranges::any_of(
      names, [](const std::string& name) { return name == "random" || name == "uuid" || name == "fake"; });
}

// True when it names nothing but what the setup knows.
bool is_of_setup(const ExpressionPlan& expression) {
  return std::ranges::all_of(expression.names,
                             [](const NameBinding& name) { return name.links.front().kind == NameLink::Kind::Value; });
}

}  // namespace

TextScope::TextScope(const NameScope& names, const AttributeText& source, TextMarks marks, Stream stream)
    : levels_(names.levels),
      shapes_(names.shapes),
      shared_{.seed = names.setup.seed(),
              .now = names.setup.shared.now,
              .variables = names.setup.shared.variables,
              .script_names = names.setup.shared.script_names,
              .python = names.setup.shared.python},
      setup_{.shared = shared_, .setup = names.setup.setup, .properties = names.setup.properties},
      source_(source),
      marks_(std::move(marks)),
      stream_(stream) {}

bool TextScope::is_scripted(std::string_view text) const {
  return is_whole(text) || text.find(marks_.prefix) != std::string_view::npos;
}

bool TextScope::is_scripted(const Value& value) const {
  if (const auto* text = value.as_text()) return is_scripted(std::string_view(*text));
  if (const auto* items = value.as_list()) {
    return std::ranges::any_of(*items,
                               [&](const Value& item) { return item.as_list() != nullptr || is_scripted(item); });
  }
  const auto* entries = value.as_map();
  return entries != nullptr &&
         std::ranges::any_of(*entries, [&](const auto& entry) { return is_scripted(entry.second); });
}

Result<CompiledText> TextScope::compile(const std::string& text) const {
  CompiledText out;
  const NameScope names{levels_, shapes_, setup_};
  std::string shown = text.size() > kShownText ? text.substr(0, kShownText) + "…" : text;
  const std::string label = "text '" + shown + "' of '" + source_.text + "'";
  if (is_whole(text)) {
    auto whole = bind_expression({text.substr(1, text.size() - 2), source_.at}, label, names);
    if (!whole) return fail(located(std::move(whole).error()));
    out.draws = may_draw(*whole);
    if (!out.draws && is_of_setup(*whole)) {
      // What fails now fails when it is asked for, in the row that has it.
      if (auto value = evaluate_in_setup(*whole)) out.constant = std::move(*value);
    }
    out.whole = std::move(*whole);
    return out;
  }
  auto pieces = bind_text({text, source_.at}, marks_, label, names);
  if (!pieces) return fail(located(std::move(pieces).error()));
  bool of_setup = true;
  for (const TextPlan::Piece& piece : pieces->pieces) {
    if (!piece.expression) continue;
    out.draws = out.draws || may_draw(*piece.expression);
    of_setup = of_setup && is_of_setup(*piece.expression);
  }
  if (!out.draws && of_setup) {
    if (auto joined = joined_text(*pieces, evaluate_in_setup)) out.constant = Value(std::move(*joined));
  }
  out.text = std::move(*pieces);
  return out;
}

Diagnostic TextScope::located(Diagnostic cause) const {
  cause.where = source_.at;
  return cause;
}

Result<Value> fill_in(const Value& value, const TextScope& scope, const std::string& path, const TextValue& value_of) {
  if (!scope.is_scripted(value)) return value;
  if (const auto* text = value.as_text()) return value_of(*text, path);
  if (const auto* items = value.as_list()) {
    ValueList out;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const Value& item = (*items)[i];
      MIMUS_ASSIGN(Value filled, fill_in(item, scope, path + "/" + std::to_string(i), value_of));
      if (item.as_list() != nullptr) {
        out.insert(out.end(), filled.as_list()->begin(), filled.as_list()->end());
      } else {
        out.push_back(std::move(filled));
      }
    }
    return Value::list(std::move(out));
  }
  ValueMap out;
  for (const auto& [name, entry] : *value.as_map()) {
    std::string inner = path;
    if (!inner.empty()) inner += '/';
    inner += name;
    MIMUS_ASSIGN(Value filled, fill_in(entry, scope, inner, value_of));
    out.emplace_back(name, std::move(filled));
  }
  return Value::map(std::move(out));
}

Result<Value> fill_in_setup(const Value& value, const TextScope& scope) {
  return fill_in(value, scope, {}, [&](const std::string& text, const std::string& path) -> Result<Value> {
    MIMUS_ASSIGN(CompiledText compiled, scope.compile(text));
    if (compiled.constant) return *compiled.constant;
    const auto evaluated = [&](const ExpressionPlan& expression) {
      ExpressionPlan here = expression;
      here.stream = scope.stream_at(path);
      return evaluate_in_setup(here);
    };
    Result<Value> out = Value();
    if (compiled.whole) {
      out = evaluated(*compiled.whole);
    } else {
      auto joined = joined_text(compiled.text, evaluated);
      out = joined ? Result<Value>(Value(std::move(*joined))) : Result<Value>(fail(std::move(joined).error()));
    }
    if (!out) return fail(scope.located(std::move(out).error()));
    return out;
  });
}

}  // namespace mimus
