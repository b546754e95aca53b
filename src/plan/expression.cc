#include "plan/expression.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "generator/faker_call.h"
#include "plan/cast.h"
#include "script/errors.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus {
namespace {

// A field or variable of a level, by its plain name.
void add_level_links(const OpenLevel& level, std::string_view name, const NameScope& scope,
                     std::vector<NameLink>& links) {
  const ShapePlan& shape = scope.shapes[level.shape];
  if (const auto field = std::ranges::find(shape.fields, name); field != shape.fields.end()) {
    NameLink link{.kind = NameLink::Kind::Field,
                  .value = {},
                  .level = level.number,
                  .field = {},
                  .variables = {},
                  .inner = {},
                  .inner_name = {}};
    link.field = {level.shape, static_cast<std::size_t>(field - shape.fields.begin())};
    links.push_back(std::move(link));
  }
  if (shape.has_base) {
    NameLink link{.kind = NameLink::Kind::Base,
                  .value = {},
                  .level = level.number,
                  .field = {level.shape, 0},
                  .variables = {},
                  .inner = {},
                  .inner_name = {}};
    links.push_back(std::move(link));
  }
  if (const auto variable = level.variables.find(name); variable != level.variables.end()) {
    NameLink link{.kind = NameLink::Kind::Variable,
                  .value = {},
                  .level = level.number,
                  .field = {},
                  .variables = {},
                  .inner = {},
                  .inner_name = {}};
    link.variable = variable->second;
    links.push_back(std::move(link));
  }
}

// The record under way of the nested level levels[depth], and of those inside of it.
NameLink record_link(const NameScope& scope, std::size_t depth) {
  const OpenLevel& level = scope.levels[depth];
  NameLink out{.kind = NameLink::Kind::Record,
               .value = {},
               .level = level.number,
               .field = {level.shape, 0},
               .variables = {},
               .inner = {},
               .inner_name = {}};
  out.variables.assign(level.variables.begin(), level.variables.end());
  if (depth + 1 < scope.levels.size()) {
    out.inner.push_back(record_link(scope, depth + 1));
    out.inner_name = scope.levels[depth + 1].name;
  }
  return out;
}

}  // namespace

std::vector<NameLink> record_links(const NameScope& scope) {
  std::vector<NameLink> out;
  for (std::size_t depth = 0; depth < scope.levels.size(); ++depth) {
    NameLink link = record_link(scope, depth);
    link.inner.clear();
    out.push_back(std::move(link));
  }
  return out;
}

namespace {

NameBinding bind_name(const std::string& name, const NameScope& scope) {
  NameBinding out{name, {}};
  if (scope.own_first && scope.levels.size() > 1) add_level_links(scope.levels.back(), name, scope, out.links);
  if (scope.levels.size() > 1 && scope.levels[1].name == name) out.links.push_back(record_link(scope, 1));
  if (!scope.levels.empty()) add_level_links(scope.levels[0], name, scope, out.links);
  if (auto value = find_setup_name(name, scope.setup)) {
    NameLink link;
    link.value = std::move(*value);
    out.links.push_back(std::move(link));
  }
  return out;
}

class SetupNames final : public script::Names {
 public:
  explicit SetupNames(const ExpressionPlan& expression) : expression_(expression) {}
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    const auto known = std::ranges::find(expression_.names, name, &NameBinding::name);
    if (known == expression_.names.end() || known->links.empty()) return std::nullopt;
    return known->links.front().value;
  }

 private:
  const ExpressionPlan& expression_;
};

void collect_links(const NameLink& link, std::vector<std::size_t>& variables) {
  if (link.kind == NameLink::Kind::Variable) variables.push_back(link.variable);
  for (const auto& [name, variable] : link.variables) variables.push_back(variable);
  for (const NameLink& inner : link.inner) collect_links(inner, variables);
}

}  // namespace

std::optional<Value> find_setup_name(std::string_view name, const SetupScope& scope) {
  const SharedScope& shared = scope.shared;
  if (const auto known = shared.variables.find(name); known != shared.variables.end()) return known->second;
  if (const auto known = shared.script_names.find(name); known != shared.script_names.end()) return known->second;
  if (const auto known = scope.properties.find(name); known != scope.properties.end()) return Value(known->second);
  for (const auto& [key, value] : scope.setup.properties) {
    if (key == name) return Value(value);
  }
  return std::nullopt;
}

namespace {

// The names of lists, sets and dicts that an expression changes: rows.append(x), table[0].sort().
void collect_changed(const script::Node& node, std::vector<std::string>& names) {
  constexpr std::array<std::string_view, 14> kChanging{"append", "extend",  "insert",  "remove",     "pop",
                                                       "sort",   "reverse", "clear",   "update",     "setdefault",
                                                       "add",    "discard", "popitem", "__setitem__"};
  if (node.kind == script::NodeKind::Call && node.children[0]->kind == script::NodeKind::Attribute &&
      std::ranges::find(kChanging, node.children[0]->text) != kChanging.end()) {
    const script::Node* root = node.children[0]->children[0].get();
    while (root->kind == script::NodeKind::Attribute || root->kind == script::NodeKind::Index)
      root = root->children[0].get();
    if (root->kind == script::NodeKind::Name) names.push_back(root->text);
  }
  for (const script::NodePtr& child : node.children) {
    if (child) collect_changed(*child, names);
  }
}

bool is_container(const Value& value) {
  return value.as_list() != nullptr || value.as_map() != nullptr || value.as_set() != nullptr;
}

// What expressions change is held by the interpreter, so that those after it see it.
Status hold_changed(const SetupScope& scope, ExpressionPlan& out) {
  std::vector<std::string> names;
  collect_changed(*out.tree, names);
  for (const std::string& name : names) {
    const auto known = std::ranges::find(out.names, name, &NameBinding::name);
    if (known == out.names.end()) continue;
    NameLink& link = known->links.front();
    if (link.kind == NameLink::Kind::Variable && scope.held_variables != nullptr) {
      scope.held_variables->push_back(link.variable);
    } else if (link.kind == NameLink::Kind::Value && is_container(link.value)) {
      MIMUS_ASSIGN(python::Session* const session, scope.shared.python->session());
      MIMUS_ASSIGN(link.value, session->hold(link.value));
      scope.shared.variables[name] = link.value;
      if (scope.has_new_held != nullptr) *scope.has_new_held = true;
    } else if (link.kind == NameLink::Kind::Field) {
      return fail(located({.code = "script.shared",
                           .message = "the field '" + name + "' cannot be changed by an expression",
                           .hint = "a <variable> can"},
                          out));
    }
  }
  return {};
}

// The interpreter's way of an expression. Where a name stands for one of its objects there is no other, and what that
// does must be known before anything runs.
Status bind_python(const std::string& text, const SetupScope& scope, ExpressionPlan& out) {
  ValueMap constants;
  std::vector<std::string> parameters;
  for (const NameBinding& name : out.names) {
    if (name.links.front().kind == NameLink::Kind::Value) {
      out.python_only |= name.links.front().value.as_opaque() != nullptr;
      constants.emplace_back(name.name, name.links.front().value);
    } else {
      parameters.push_back(name.name);
    }
  }
  out.python =
      std::make_shared<const PythonTier>(scope.shared.python, text, std::move(constants), std::move(parameters));
  if (!out.python_only) return {};
  const auto expression = out.python->expression();
  if (!expression) return fail(located(expression.error(), out));
  if (scope.effects != nullptr) scope.effects->push_back((*expression)->effect());
  return {};
}

}  // namespace

Result<ExpressionPlan> bind_expression(const ExpressionText& text, std::string label, const NameScope& scope) {
  ExpressionPlan out{
      .tree = nullptr, .names = {}, .label = std::move(label), .at = text.at, .now = scope.setup.shared.now};
  // Replaced by the statement's own where it has one.
  out.stream = Stream(scope.setup.seed(), out.label + text.text);
  auto tree = script::parse_expression(text.text);
  if (!tree) return fail(located(std::move(tree).error(), out));
  out.tree = std::move(*tree);
  std::vector<std::string> names;
  script::collect_names(*out.tree, names);
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  for (const std::string& name : names) {
    NameBinding binding = bind_name(name, scope);
    if (!binding.links.empty()) out.names.push_back(std::move(binding));
  }
  MIMUS_TRY(hold_changed(scope.setup, out));
  MIMUS_TRY(bind_python(text.text, scope.setup, out));
  return out;
}

Result<TextPlan> bind_text(const AttributeText& text, const TextMarks& marks, const std::string& label,
                           const NameScope& scope) {
  TextPlan out;
  const std::string& all = text.text;
  std::string literal;
  std::size_t at = 0;
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (at < all.size()) {
    if (!marks.prefix.empty() && !marks.suffix.empty() && all.compare(at, marks.prefix.size(), marks.prefix) == 0) {
      const std::size_t start = at + marks.prefix.size();
      const bool may_start = start < all.size() && marks.prefix.find(all[start]) == std::string::npos;
      std::size_t end = start + 1;
      while (may_start && end < all.size() && all.compare(end, marks.suffix.size(), marks.suffix) != 0 &&
             !is_blank(all[end]))
        ++end;
      if (may_start && end < all.size() && all.compare(end, marks.suffix.size(), marks.suffix) == 0) {
        ExpressionText inside{all.substr(start, end - start), text.at};
        inside.at.column += static_cast<int>(start);
        MIMUS_ASSIGN(ExpressionPlan expression, bind_expression(inside, label, scope));
        out.pieces.push_back({std::move(literal), std::move(expression)});
        literal.clear();
        at = end + marks.suffix.size();
        continue;
      }
    }
    literal += all[at++];
  }
  if (!literal.empty()) out.pieces.push_back({std::move(literal), std::nullopt});
  return out;
}

Result<std::optional<ExpressionPlan>> bind_echo_text(const Echo& echo, const NameScope& scope) {
  if (echo.text.text.find('{') == std::string::npos) return std::optional<ExpressionPlan>();
  // Quotes in the text must not end it: three of them do.
  MIMUS_ASSIGN(ExpressionPlan text,
               bind_expression({"f\"\"\"" + echo.text.text + " \"\"\"", echo.text.at}, "<echo>", scope));
  return std::optional(std::move(text));
}

bool names_nothing(const ExpressionPlan& expression) {
  return expression.tree->kind == script::NodeKind::Name && expression.names.empty();
}

void collect_variables(const ExpressionPlan& expression, std::vector<std::size_t>& variables) {
  for (const NameBinding& name : expression.names) collect_variables(name.links, variables);
}

void collect_variables(const std::vector<NameLink>& links, std::vector<std::size_t>& variables) {
  for (const NameLink& link : links) collect_links(link, variables);
}

Result<Value> evaluate_in_setup(const ExpressionPlan& expression) {
  if (!expression.python_only) {
    const SetupNames names(expression);
    auto value = script::evaluate(
        *expression.tree, {.names = names, .now = expression.now, .stream = expression.stream, .fake = call_faker});
    if (value) return value;
    if (value.error().code != script::kNotCovered) return fail(located(std::move(value).error(), expression));
  }
  const auto compiled = expression.python->expression();
  if (!compiled) return fail(located(compiled.error(), expression));
  auto value = (*compiled)->evaluate({}, {}, expression.stream, expression.holds);
  if (!value) return fail(located(std::move(value).error(), expression));
  return value;
}

Diagnostic located(Diagnostic cause, const ExpressionPlan& expression) {
  const int offset = cause.where.column;
  const int length = cause.where.length;
  cause.where = expression.at;
  cause.where.column += offset;
  cause.where.length = length;
  cause.message = expression.label + ": " + cause.message;
  return cause;
}

Result<std::uint64_t> count_of(const Value& value, std::string_view name) {
  const auto number = cast_value(value, SimpleType::Int, name);
  const std::int64_t* whole = number ? number->as_int() : nullptr;
  if (whole == nullptr) {
    std::string shown;
    append_repr(shown, value);
    return fail("count.invalid", std::string(name) + " gives no count, but " + shown.substr(0, 80));
  }
  return *whole < 0 ? 0 : static_cast<std::uint64_t>(*whole);
}

}  // namespace mimus
