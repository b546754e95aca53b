#include "descriptor/parameters.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

#include "base/diagnostic.h"
#include "base/text.h"

namespace mimus {
namespace {

constexpr std::string_view kPhrases[] = {"a whole number",
                                         "a number",
                                         "True or False",
                                         "a text",
                                         "a list of numbers",
                                         "a list of texts",
                                         "a text or a list of texts and whole numbers",
                                         "a whole number or random.Random(a whole number)",
                                         "a value"};

Value default_of(const ParameterDeclaration& parameter) {
  switch (parameter.type) {
    case ParameterType::Int:
      return Value(*parse_int(parameter.fallback));
    case ParameterType::Float:
      return Value(*parse_float(parameter.fallback));
    case ParameterType::Bool:
      return Value(parameter.fallback == "True");
    default:
      return Value(std::string(parameter.fallback));
  }
}

std::optional<double> number_of(const Value& value) {
  if (const double* real = value.as_float()) return *real;
  if (const auto* integer = value.as_int()) return static_cast<double>(*integer);
  return std::nullopt;
}

template <class Predicate>
std::optional<Value> is_list_of(const Value& value, Predicate holds) {
  const ValueList* items = value.as_list();
  return items != nullptr && std::ranges::all_of(*items, holds) ? std::optional(value) : std::nullopt;
}

// The value in the parameter's type; whole floats count as integers, integers as floats.
std::optional<Value> converted(const Value& value, ParameterType type) {
  switch (type) {
    case ParameterType::Int:
      if (value.as_int() != nullptr) return value;
      if (const double* real = value.as_float();
          real != nullptr && std::trunc(*real) == *real && std::abs(*real) < 9e18) {
        return Value(static_cast<std::int64_t>(*real));
      }
      return std::nullopt;
    case ParameterType::Float:
      if (value.as_float() != nullptr) return value;
      if (const auto* integer = value.as_int()) return Value(static_cast<double>(*integer));
      return std::nullopt;
    case ParameterType::Bool:
      return value.as_bool() != nullptr ? std::optional(value) : std::nullopt;
    case ParameterType::String:
      return value.as_text() != nullptr ? std::optional(value) : std::nullopt;
    case ParameterType::Numbers:
      return is_list_of(value, [](const Value& item) { return number_of(item).has_value(); });
    case ParameterType::Texts:
      return is_list_of(value, [](const Value& item) { return item.as_text() != nullptr; });
    case ParameterType::Words:
      if (value.as_text() != nullptr) return value;
      return is_list_of(value, [](const Value& item) { return item.as_text() != nullptr || item.as_int() != nullptr; });
    case ParameterType::Seed:
      return value.as_int() != nullptr ? std::optional(value) : std::nullopt;
    case ParameterType::Any:
      return value;
  }
  return std::nullopt;
}

constexpr std::string_view kRandom = "random.Random(";

// The value of an argument that is no literal: that of a generator of random numbers is its seed.
std::optional<Value> seed_of(const Argument& argument) {
  const std::string_view text = argument.expression;
  if (!text.starts_with(kRandom) || !text.ends_with(")")) return std::nullopt;
  const auto seed = parse_int(trim(text.substr(kRandom.size(), text.size() - kRandom.size() - 1)));
  return seed ? std::optional(Value(*seed)) : std::nullopt;
}

std::unexpected<Diagnostic> refuse(const Argument& argument, std::string code, std::string message,
                                   std::string hint = {}) {
  return fail(Diagnostic{.code = std::move(code),
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .where = {"", 0, static_cast<int>(argument.offset)}});
}

std::string known_names(std::span<const ParameterDeclaration> parameters) {
  std::string out;
  for (const auto& parameter : parameters) out += (out.empty() ? "" : ", ") + std::string(parameter.name);
  return out.empty() ? "it takes no arguments" : "it takes: " + out;
}

}  // namespace

std::string_view type_name(ParameterType type) {
  constexpr std::string_view kNames[] = {
      "int", "float", "bool", "string", "list of numbers", "list of strings", "string or list", "seed", "any"};
  return kNames[static_cast<std::size_t>(type)];
}

bool Arguments::has(std::string_view name) const {
  return std::ranges::find(values_, name, &std::pair<std::string_view, Value>::first) != values_.end();
}

const Value& Arguments::value(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, &std::pair<std::string_view, Value>::first);
  assert(found != values_.end());
  return found->second;
}

std::int64_t Arguments::integer(std::string_view name) const { return *value(name).as_int(); }
double Arguments::number(std::string_view name) const { return *value(name).as_float(); }
bool Arguments::boolean(std::string_view name) const { return *value(name).as_bool(); }
std::string Arguments::text(std::string_view name) const { return *value(name).as_text(); }

std::string Arguments::text_or(std::string_view name, std::string_view otherwise) const {
  return has(name) ? text(name) : std::string(otherwise);
}

std::vector<double> Arguments::numbers(std::string_view name) const {
  std::vector<double> out;
  for (const Value& item : *value(name).as_list()) out.push_back(*number_of(item));
  return out;
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  std::vector<std::string> out;
  for (const Value& item : *value(name).as_list()) out.push_back(text_of(item));
  return out;
}

std::vector<std::string> Arguments::words(std::string_view name) const {
  if (value(name).as_list() != nullptr) return texts(name);
  std::vector<std::string> out;
  const std::string all = text(name);
  if (trim(all).empty()) return out;
  for (const std::string_view word : split(all, ',')) out.emplace_back(trim(word));
  return out;
}

namespace {

// The parameter that an argument is for; `position` counts those without a name.
Result<const ParameterDeclaration*> parameter_of(const Call& call, const Argument& argument, std::size_t& position,
                                                 std::span<const ParameterDeclaration> parameters,
                                                 const CallRules& rules) {
  const std::string code = std::string(rules.family) + ".argument";
  if (argument.name.empty()) {
    if (rules.keywords_only) {
      return refuse(argument, code, call.name + " takes its arguments by name only", known_names(parameters));
    }
    if (position >= parameters.size()) {
      return refuse(argument, code, call.name + " has too many arguments", known_names(parameters));
    }
    return &parameters[position++];
  }
  const auto found = std::ranges::find(parameters, argument.name, &ParameterDeclaration::name);
  if (found != parameters.end()) return &*found;
  std::vector<std::string_view> names;
  for (const auto& known : parameters) names.push_back(known.name);
  std::string hint = suggest(argument.name, names);
  return refuse(argument, code, call.name + " has no parameter '" + argument.name + "'",
                hint.empty() ? known_names(parameters) : std::move(hint));
}

}  // namespace

bool has_expressions(const Call& call) {
  return std::ranges::any_of(
      call.arguments, [](const Argument& argument) { return !argument.expression.empty() && !seed_of(argument); });
}

Result<Arguments> match_arguments(const Call& call, std::span<const ParameterDeclaration> parameters,
                                  const CallRules& rules) {
  const std::string code = std::string(rules.family) + ".argument";
  Arguments out;
  std::size_t position = 0;
  for (const Argument& argument : call.arguments) {
    MIMUS_ASSIGN(const ParameterDeclaration* parameter, parameter_of(call, argument, position, parameters, rules));
    if (out.has(parameter->name)) {
      return refuse(argument, code, call.name + ": '" + std::string(parameter->name) + "' is given twice");
    }
    const bool is_seed = parameter->type == ParameterType::Seed;
    if (argument.value.is_null() && argument.expression.empty() &&
        (parameter->nullable || !parameter->fallback.empty()))
      continue;
    auto value = !argument.expression.empty() ? is_seed ? seed_of(argument) : std::nullopt
                                              : converted(argument.value, parameter->type);
    if (!value) {
      std::string shown = argument.expression;
      if (shown.empty()) append_repr(shown, argument.value);
      return refuse(argument, code,
                    call.name + ": '" + std::string(parameter->name) + "' must be " +
                        std::string(kPhrases[static_cast<std::size_t>(parameter->type)]) + ", but is " +
                        shown.substr(0, 80),
                    parameter->range.empty() ? std::string() : "allowed: " + std::string(parameter->range));
    }
    out.values_.emplace_back(parameter->name, std::move(*value));
  }
  for (const auto& parameter : parameters) {
    if (out.has(parameter.name)) continue;
    if (!parameter.fallback.empty()) {
      out.values_.emplace_back(parameter.name, default_of(parameter));
    } else if (parameter.required) {
      return fail(Diagnostic{
          .code = code,
          .message = call.name + " needs '" + std::string(parameter.name) + "': " + std::string(parameter.summary),
          .hint = known_names(parameters),
          .where = {"", 0, static_cast<int>(call.offset)}});
    }
  }
  return out;
}

}  // namespace mimus
