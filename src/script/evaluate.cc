#include "script/evaluate.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "script/call.h"
#include "script/errors.h"
#include "script/operators.h"
#include "script/text_format.h"

namespace mimus::script {
namespace {

// Names of a lambda or a comprehension before those outside.
class LocalNames final : public Names {
 public:
  explicit LocalNames(const Names& outer) : outer_(outer) {}
  void set(const std::string& name, Value value) {
    for (auto& [known, held] : values_) {
      if (known == name) {
        held = std::move(value);
        return;
      }
    }
    values_.emplace_back(name, std::move(value));
  }
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    for (const auto& [known, held] : values_) {
      if (known == name) return held;
    }
    return outer_.find(name);
  }
  [[nodiscard]] bool is_local(std::string_view name) const override {
    return std::ranges::any_of(values_, [&](const auto& held) { return held.first == name; }) || outer_.is_local(name);
  }

 private:
  const Names& outer_;
  std::vector<std::pair<std::string, Value>> values_;
};

constexpr std::size_t kMaxItems = 10'000'000;

class Evaluator {
 public:
  Evaluator(const Node& root, const Scope& scope)
      : root_(&root), now_(scope.now), draws_{scope.stream, scope.row, 0}, fake_(scope.fake) {}

  // With the place of the innermost part that failed.
  Result<Value> evaluate(const Node& node, const Names& names) {
    auto value = evaluate_kind(node, names);
    if (!value && value.error().where.length == 0) {
      value.error().where.column = static_cast<int>(node.offset);
      value.error().where.length = static_cast<int>(std::max<std::size_t>(node.length, 1));
    }
    return value;
  }

 private:
  Result<Value> evaluate_kind(const Node& node, const Names& names) {
    switch (node.kind) {
      case NodeKind::Literal:
        return node.value;
      case NodeKind::Name:
        return name(node, names);
      case NodeKind::Attribute:
        return attribute(node, names);
      case NodeKind::Index:
        return index(node, names);
      case NodeKind::Call:
        return call(node, names);
      case NodeKind::Unary: {
        MIMUS_ASSIGN(const Value value, evaluate(*node.children[0], names));
        return unary(node.op, value);
      }
      case NodeKind::Not: {
        MIMUS_ASSIGN(const Value value, evaluate(*node.children[0], names));
        return Value(!is_true(value));
      }
      case NodeKind::Binary: {
        MIMUS_ASSIGN(const Value left, evaluate(*node.children[0], names));
        MIMUS_ASSIGN(const Value right, evaluate(*node.children[1], names));
        return binary(node.op, left, right);
      }
      case NodeKind::Compare:
        return comparison(node, names);
      case NodeKind::And:
      case NodeKind::Or:
        return junction(node, names);
      case NodeKind::Conditional: {
        MIMUS_ASSIGN(const Value condition, evaluate(*node.children[0], names));
        return evaluate(*node.children[is_true(condition) ? 1 : 2], names);
      }
      case NodeKind::List:
      case NodeKind::Tuple:
      case NodeKind::Set:
        return items(node, names);
      case NodeKind::Dict:
        return dict(node, names);
      case NodeKind::Text:
        return text(node, names);
      case NodeKind::ListOf:
      case NodeKind::SetOf:
      case NodeKind::DictOf:
      case NodeKind::GeneratorOf:
        return comprehension(node, names);
      case NodeKind::Lambda:
        return not_covered("a lambda as a value");
      case NodeKind::Walrus:
        return not_covered("':='");
      case NodeKind::Foreign:
        return not_covered(node.text);
      default:
        return not_covered("this part");
    }
  }

  Result<Value> name(const Node& node, const Names& names) const {
    if (auto value = names.find(node.text)) return known(names.is_local(node.text) ? *value : dotted_map(*value));
    if (is_function_root(node.text)) return function_as_value(node, node.text);
    if (is_python_name(node.text)) return not_covered("'" + node.text + "'");
    return name_error(node.text);
  }

  // As the whole expression it is a mistake (most often its parentheses are missing); within it, the interpreter's.
  std::unexpected<Diagnostic> function_as_value(const Node& node, const std::string& path) const {
    if (&node != root_) return not_covered("'" + path + "' as a value");
    return type_error("'" + path + "' is a function or module, not a value");
  }

  // Of a name, an attribute or an item: the interpreter's objects are left to it.
  static Result<Value> known(Result<Value> value) {
    if (value && value->as_opaque() != nullptr) return not_covered("an object of Python");
    return value;
  }

  // The maps that names hold are reached by dots; lists stay as they are.
  static Value dotted_map(const Value& value) { return value.as_map() != nullptr ? dotted(value) : value; }

  // "datetime.timedelta" for names and attributes that no data name hides; empty otherwise.
  static std::string function_path(const Node& node, const Names& names) {
    if (node.kind == NodeKind::Name) {
      return is_function_root(node.text) && !names.find(node.text) ? node.text : std::string();
    }
    if (node.kind != NodeKind::Attribute) return {};
    std::string head = function_path(*node.children[0], names);
    return head.empty() ? head : head + "." + node.text;
  }

  Result<Value> attribute(const Node& node, const Names& names) {
    if (const std::string path = function_path(node, names); !path.empty()) {
      if (auto constant = module_constant(path)) return *constant;
      if (!is_function(path) && !is_function_root(path)) return not_covered("'" + path + "'");
      return function_as_value(node, path);
    }
    if (node.text == "__name__" && node.children[0]->kind == NodeKind::Call && node.children[0]->children.size() == 2 &&
        function_path(*node.children[0]->children[0], names) == "type") {
      MIMUS_ASSIGN(const Value value, evaluate(*node.children[0]->children[1], names));
      return Value(std::string(type_name_of(value)));
    }
    MIMUS_ASSIGN(Value value, evaluate(*node.children[0], names));
    // A local name may be followed by a dot too.
    if (node.children[0]->kind == NodeKind::Name) value = dotted_map(value);
    auto found = attribute_of(value, node.text);
    if (!found && is_method(value, node.text)) {
      if (&node != root_) return not_covered("the method '" + node.text + "' as a value");
      return type_error("'" + node.text + "' is a method: '()' is missing");
    }
    return known(std::move(found));
  }

  Result<Value> index(const Node& node, const Names& names) {
    MIMUS_ASSIGN(const Value container, evaluate(*node.children[0], names));
    const Node& key = *node.children[1];
    if (key.kind != NodeKind::Slice) {
      MIMUS_ASSIGN(const Value value, evaluate(key, names));
      return known(item_at(container, value));
    }
    std::array<Value, 3> bounds;
    for (std::size_t i = 0; i < 3; ++i) {
      if (key.children[i] == nullptr) continue;
      MIMUS_ASSIGN(bounds[i], evaluate(*key.children[i], names));
    }
    return slice_of(container, bounds[0], bounds[1], bounds[2]);
  }

  Result<CallArguments> arguments(const Node& node, const Names& names) {
    CallArguments out;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& child = *node.children[i];
      if (child.kind == NodeKind::Keyword && child.text.empty()) {
        MIMUS_ASSIGN(const Value map, evaluate(*child.children[0], names));
        const Value plain = undotted(map);
        if (plain.as_map() == nullptr) return type_error("'**' needs a dict");
        for (const auto& [name, value] : *plain.as_map()) out.named.emplace_back(name, value);
      } else if (child.kind == NodeKind::Keyword && child.text == "default" &&
                 function_path(*child.children[0], names) == "str") {
        // json.dumps(…, default=str): the one function that is handed on, by its name.
        out.named.emplace_back(child.text, Value(std::string("str")));
      } else if (child.kind == NodeKind::Keyword) {
        MIMUS_ASSIGN(Value value, evaluate(*child.children[0], names));
        out.named.emplace_back(child.text, std::move(value));
      } else if (child.kind == NodeKind::Starred) {
        MIMUS_ASSIGN(const Value value, evaluate(*child.children[0], names));
        MIMUS_ASSIGN(const ValueList more, items_of(value));
        out.positional.insert(out.positional.end(), more.begin(), more.end());
      } else {
        MIMUS_ASSIGN(Value value, evaluate(child, names));
        out.positional.push_back(std::move(value));
      }
    }
    return out;
  }

  // An entry of a map that is reached by dots, which is the interpreter's.
  static bool holds_object(const Value& self, std::string_view name) {
    const auto* entries = self.as_dotable();
    const Value* entry = entries == nullptr ? nullptr : mimus::find(**entries, name);
    return entry != nullptr && entry->as_opaque() != nullptr;
  }

  Result<Value> call(const Node& node, const Names& names) {
    const Node& callee = *node.children[0];
    if (const std::string path = function_path(callee, names); !path.empty()) {
      if (auto value = call_with_lambda(path, node, names)) return *value;
      MIMUS_ASSIGN(const CallArguments given, arguments(node, names));
      return call_named(path, given);
    }
    if (callee.kind == NodeKind::Attribute) {
      MIMUS_ASSIGN(const Value self, evaluate(*callee.children[0], names));
      if (holds_object(self, callee.text)) return not_covered("a function of Python");
      // As in Python, a method that is not there fails before its arguments do.
      if (!is_method(self, callee.text)) return call_method(self, callee.text, {});
      MIMUS_ASSIGN(const CallArguments given, arguments(node, names));
      return call_method(self, callee.text, given);
    }
    if (callee.kind == NodeKind::Name && !names.find(callee.text) && !is_python_name(callee.text))
      return name_error(callee.text);
    return not_covered("a call of something other than a function or a method");
  }

  Result<Value> call_named(std::string_view path, const CallArguments& given) {
    if (fake_ != nullptr && path.starts_with("fake.")) {
      return fake_({.method = path.substr(5), .arguments = given}, now_, draws_);
    }
    return call_function(path, given, now_, draws_);
  }

  // A function to be called with a value: a lambda, or the name of a function.
  Result<Value> apply(const Node& function, ValueList values, const Names& names) {
    if (function.kind == NodeKind::Lambda) {
      if (!function.text.empty()) return not_covered("a lambda with '" + function.text + "'");
      LocalNames local(names);
      const std::size_t defaults = function.children.size() - 1;
      if (values.size() > function.names.size() || values.size() + defaults < function.names.size()) {
        return type_error("the lambda takes " + std::to_string(function.names.size()) + " argument(s), but got " +
                          std::to_string(values.size()));
      }
      for (std::size_t i = 0; i < function.names.size(); ++i) {
        if (i < values.size()) {
          local.set(function.names[i], values[i]);
        } else {
          MIMUS_ASSIGN(Value value, evaluate(*function.children[1 + i - (function.names.size() - defaults)], names));
          local.set(function.names[i], std::move(value));
        }
      }
      return evaluate(*function.children[0], local);
    }
    const std::string path = function_path(function, names);
    if (path.empty()) return not_covered("a function as a value");
    return call_named(path, {std::move(values), {}});
  }

  // map, filter, reduce, and `key` of sorted, min, max: functions of functions.
  std::optional<Result<Value>> call_with_lambda(const std::string& path, const Node& node, const Names& names) {
    if (path == "map") return mapped(node, names);
    const bool quantifies = (path == "any" || path == "all") && node.children.size() == 2;
    if (quantifies && node.children[1]->kind == NodeKind::GeneratorOf) {
      return quantified(*node.children[1], path == "all", names);
    }
    if (path == "filter") return filtered(node, names);
    if (path == "reduce" || path == "functools.reduce") return reduced(node, names);
    if (path != "sorted" && path != "min" && path != "max") return std::nullopt;
    const auto key = std::ranges::find_if(
        node.children, [](const NodePtr& child) { return child->kind == NodeKind::Keyword && child->text == "key"; });
    if (key == node.children.end() || (*key)->children[0]->kind == NodeKind::Literal) return std::nullopt;
    return with_key(path, node, *(*key)->children[0], names);
  }

  // any() and all() of a generator expression, which stop where the answer is known.
  Result<Value> quantified(const Node& generator, bool all, const Names& names) {
    LocalNames local(names);
    bool out = all;
    const auto body = [&]() -> Result<bool> {
      MIMUS_ASSIGN(const Value value, evaluate(*generator.children[0], local));
      if (is_true(value) == all) return true;
      out = !all;
      return false;
    };
    MIMUS_TRY(loop(generator, 1, local, body));
    return Value(out);
  }

  Result<Value> mapped(const Node& node, const Names& names) {
    if (node.children.size() < 3) return type_error("map() needs a function and an iterable");
    std::vector<ValueList> all;
    std::size_t least = SIZE_MAX;
    for (std::size_t i = 2; i < node.children.size(); ++i) {
      MIMUS_ASSIGN(const Value iterable, evaluate(*node.children[i], names));
      MIMUS_ASSIGN(ValueList values, items_of(iterable));
      least = std::min(least, values.size());
      all.push_back(std::move(values));
    }
    ValueList out;
    for (std::size_t k = 0; k < least; ++k) {
      ValueList row;
      for (const ValueList& values : all) row.push_back(values[k]);
      MIMUS_ASSIGN(Value value, apply(*node.children[1], std::move(row), names));
      out.push_back(std::move(value));
    }
    return Value::list(std::move(out));
  }

  Result<Value> filtered(const Node& node, const Names& names) {
    if (node.children.size() != 3) return type_error("filter() needs a function and an iterable");
    MIMUS_ASSIGN(const Value iterable, evaluate(*node.children[2], names));
    MIMUS_ASSIGN(const ValueList values, items_of(iterable));
    const bool by_truth = node.children[1]->kind == NodeKind::Literal && node.children[1]->value.is_null();
    ValueList out;
    for (const Value& value : values) {
      Value kept = value;
      if (!by_truth) {
        MIMUS_ASSIGN(kept, apply(*node.children[1], {value}, names));
      }
      if (is_true(kept)) out.push_back(value);
    }
    return Value::list(std::move(out));
  }

  Result<Value> reduced(const Node& node, const Names& names) {
    if (node.children.size() < 3 || node.children.size() > 4)
      return type_error("reduce() needs a function and an iterable");
    MIMUS_ASSIGN(const Value iterable, evaluate(*node.children[2], names));
    MIMUS_ASSIGN(const ValueList values, items_of(iterable));
    std::optional<Value> out;
    if (node.children.size() == 4) {
      MIMUS_ASSIGN(Value start, evaluate(*node.children[3], names));
      out = std::move(start);
    }
    for (const Value& value : values) {
      if (!out) {
        out = value;
        continue;
      }
      MIMUS_ASSIGN(Value next, apply(*node.children[1], {*out, value}, names));
      out = std::move(next);
    }
    if (!out) return type_error("reduce() of nothing without a start");
    return *out;
  }

  Result<Value> with_key(const std::string& path, const Node& node, const Node& key, const Names& names) {
    ValueList values;
    bool reverse = false;
    std::optional<Value> fallback;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& child = *node.children[i];
      if (child.kind != NodeKind::Keyword) {
        MIMUS_ASSIGN(Value value, evaluate(child, names));
        values.push_back(std::move(value));
      } else if (child.text == "reverse") {
        MIMUS_ASSIGN(const Value value, evaluate(*child.children[0], names));
        reverse = is_true(value);
      } else if (child.text == "default") {
        MIMUS_ASSIGN(fallback, evaluate(*child.children[0], names));
      }
    }
    if (values.size() == 1) {
      MIMUS_ASSIGN(values, items_of(values[0]));
    }
    std::vector<std::pair<Value, Value>> keyed;
    for (Value& value : values) {
      MIMUS_ASSIGN(Value order, apply(key, {value}, names));
      keyed.emplace_back(std::move(order), std::move(value));
    }
    std::optional<Diagnostic> failure;
    const auto before = [&](const auto& a, const auto& b) {
      if (failure) return false;
      const bool backwards = reverse || path == "max";
      const auto less =
          backwards ? compare(Operator::Less, b.first, a.first) : compare(Operator::Less, a.first, b.first);
      if (!less) failure = less.error();
      return less && *less;
    };
    std::stable_sort(keyed.begin(), keyed.end(), before);
    if (failure) return fail(std::move(*failure));
    if (path != "sorted") {
      if (keyed.empty() && fallback) return *fallback;
      if (keyed.empty()) return value_error("min() or max() of nothing");
      return keyed[0].second;
    }
    ValueList out;
    for (auto& [order, value] : keyed) out.push_back(std::move(value));
    return Value::list(std::move(out));
  }

  Result<Value> comparison(const Node& node, const Names& names) {
    MIMUS_ASSIGN(Value left, evaluate(*node.children[0], names));
    for (std::size_t i = 0; i < node.ops.size(); ++i) {
      MIMUS_ASSIGN(Value right, evaluate(*node.children[i + 1], names));
      MIMUS_ASSIGN(const bool holds, compare(node.ops[i], left, right));
      if (!holds) return Value(false);
      left = std::move(right);
    }
    return Value(true);
  }

  Result<Value> junction(const Node& node, const Names& names) {
    Value value;
    for (const NodePtr& child : node.children) {
      MIMUS_ASSIGN(value, evaluate(*child, names));
      if (is_true(value) == (node.kind == NodeKind::Or)) break;
    }
    return value;
  }

  Result<Value> items(const Node& node, const Names& names) {
    ValueList out;
    for (const NodePtr& child : node.children) {
      if (child->kind == NodeKind::Starred) {
        MIMUS_ASSIGN(const Value value, evaluate(*child->children[0], names));
        MIMUS_ASSIGN(const ValueList more, items_of(value));
        out.insert(out.end(), more.begin(), more.end());
        continue;
      }
      MIMUS_ASSIGN(Value value, evaluate(*child, names));
      out.push_back(std::move(value));
    }
    if (node.kind == NodeKind::Set) return set_of(std::move(out));
    return node.kind == NodeKind::List ? Value::list(std::move(out)) : Value::tuple(std::move(out));
  }

  static Status put(ValueMap& map, const Value& key, Value value) {
    const auto* name = key.as_text();
    if (name == nullptr) {
      MIMUS_TRY(check_hashable(key));
      return not_covered("a dict with keys that are no texts");
    }
    const auto known = std::ranges::find(map, *name, &ValueMap::value_type::first);
    if (known == map.end()) {
      map.emplace_back(*name, std::move(value));
    } else {
      known->second = std::move(value);
    }
    return {};
  }

  Result<Value> dict(const Node& node, const Names& names) {
    ValueMap out;
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
      MIMUS_ASSIGN(Value value, evaluate(*node.children[i + 1], names));
      if (node.children[i] == nullptr) {
        const Value plain = undotted(value);
        if (plain.as_map() == nullptr) return type_error("'**' needs a dict");
        for (const auto& [name, entry] : *plain.as_map()) MIMUS_TRY(put(out, Value(name), entry));
        continue;
      }
      MIMUS_ASSIGN(const Value key, evaluate(*node.children[i], names));
      MIMUS_TRY(put(out, key, std::move(value)));
    }
    return Value::map(std::move(out));
  }

  Result<Value> text(const Node& node, const Names& names) {
    std::string out;
    for (const NodePtr& part : node.children) {
      if (part->kind == NodeKind::Literal) {
        out += *part->value.as_text();
        continue;
      }
      if (part->kind == NodeKind::Foreign) return not_covered(part->text);
      MIMUS_ASSIGN(const Value value, evaluate(*part->children[0], names));
      std::string spec;
      if (part->children.size() > 1) {
        MIMUS_ASSIGN(const Value formatted, text(*part->children[1], names));
        spec = *formatted.as_text();
      }
      MIMUS_ASSIGN(const Value shown, converted(undotted(value), part->conversion));
      MIMUS_ASSIGN(const std::string piece, format_value(shown, spec));
      out += piece;
    }
    return Value(std::move(out));
  }

  Result<Value> comprehension(const Node& node, const Names& names) {
    LocalNames local(names);
    ValueList values;
    ValueMap map;
    const std::size_t first = node.kind == NodeKind::DictOf ? 2 : 1;
    const auto body = [&]() -> Result<bool> {
      if (values.size() + map.size() >= kMaxItems)
        return fail("script.memory", "a comprehension of more than 10,000,000 items");
      MIMUS_ASSIGN(Value value, evaluate(*node.children[0], local));
      if (node.kind != NodeKind::DictOf) {
        values.push_back(std::move(value));
        return true;
      }
      MIMUS_ASSIGN(Value entry, evaluate(*node.children[1], local));
      MIMUS_TRY(put(map, value, std::move(entry)));
      return true;
    };
    MIMUS_TRY(loop(node, first, local, body));
    if (node.kind == NodeKind::DictOf) return Value::map(std::move(map));
    return node.kind == NodeKind::SetOf ? set_of(std::move(values)) : Value::list(std::move(values));
  }

  // Calls the body for each round of the loops, until it says false, which is then the result.
  template <class Body>
  Result<bool> loop(const Node& node, std::size_t at, LocalNames& local, Body& body) {
    if (at >= node.children.size()) return body();
    const Node& part = *node.children[at];
    if (part.text == "nested") return not_covered("a loop over targets within others");
    MIMUS_ASSIGN(const Value iterable, evaluate(*part.children[0], local));
    MIMUS_ASSIGN(const ValueList values, items_of(iterable));
    for (const Value& value : values) {
      MIMUS_TRY(assign(part, value, local));
      bool wanted = true;
      for (std::size_t c = 1; c < part.children.size() && wanted; ++c) {
        MIMUS_ASSIGN(const Value condition, evaluate(*part.children[c], local));
        wanted = is_true(condition);
      }
      if (!wanted) continue;
      MIMUS_ASSIGN(const bool goes_on, loop(node, at + 1, local, body));
      if (!goes_on) return false;
    }
    return true;
  }

  static Status assign(const Node& part, const Value& value, LocalNames& local) {
    if (part.names.size() == 1 && part.text.empty()) {
      local.set(part.names[0], value);
      return {};
    }
    MIMUS_ASSIGN(const ValueList parts, items_of(value));
    if (parts.size() != part.names.size()) {
      return value_error("cannot unpack " + std::to_string(parts.size()) + " values into " +
                         std::to_string(part.names.size()) + " names");
    }
    for (std::size_t i = 0; i < parts.size(); ++i) local.set(part.names[i], parts[i]);
    return {};
  }

  const Node* root_;
  Timestamp now_;
  Draws draws_;
  FakerMethods fake_;
};

}  // namespace

Result<Value> evaluate(const Node& node, const Scope& scope) {
  auto value = Evaluator(node, scope).evaluate(node, scope.names);
  if (!value) return value;
  return undotted(*value);
}

}  // namespace mimus::script
