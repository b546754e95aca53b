#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/text.h"
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr std::string_view kTypeNames[] = {"a whole number", "a number", "True or False", "a text"};

Value default_of(const ParameterDeclaration& parameter) {
  switch (parameter.type) {
    case ParameterType::Int:
      return Value(*parse_int(parameter.fallback));
    case ParameterType::Float:
      return Value(*parse_float(parameter.fallback));
    case ParameterType::Bool:
      return Value(parameter.fallback == "True");
    case ParameterType::String:
      return Value(std::string(parameter.fallback));
  }
  return Value();
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
  }
  return std::nullopt;
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

bool Arguments::has(std::string_view name) const {
  return std::ranges::find(values_, name, &std::pair<std::string_view, Value>::first) != values_.end();
}

const Value& Arguments::at(std::string_view name) const {
  const auto found = std::ranges::find(values_, name, &std::pair<std::string_view, Value>::first);
  assert(found != values_.end());
  return found->second;
}

std::int64_t Arguments::integer(std::string_view name) const { return *at(name).as_int(); }
double Arguments::number(std::string_view name) const { return *at(name).as_float(); }
bool Arguments::boolean(std::string_view name) const { return *at(name).as_bool(); }
std::string Arguments::text(std::string_view name) const { return *at(name).as_text(); }

Result<Arguments> match_arguments(const Call& call, std::span<const ParameterDeclaration> parameters,
                                  bool keywords_only) {
  Arguments out;
  std::size_t position = 0;
  for (const Argument& argument : call.arguments) {
    const ParameterDeclaration* parameter = nullptr;
    if (argument.name.empty()) {
      if (keywords_only) {
        return refuse(argument, "generator.argument", call.name + " takes its arguments by name only",
                      known_names(parameters));
      }
      if (position >= parameters.size()) {
        return refuse(argument, "generator.argument", call.name + " has too many arguments", known_names(parameters));
      }
      parameter = &parameters[position++];
    } else {
      const auto found = std::ranges::find(parameters, argument.name, &ParameterDeclaration::name);
      if (found == parameters.end()) {
        std::vector<std::string_view> names;
        for (const auto& known : parameters) names.push_back(known.name);
        std::string hint = suggest(argument.name, names);
        return refuse(argument, "generator.argument", call.name + " has no parameter '" + argument.name + "'",
                      hint.empty() ? known_names(parameters) : std::move(hint));
      }
      parameter = &*found;
    }
    if (out.has(parameter->name)) {
      return refuse(argument, "generator.argument",
                    call.name + ": '" + std::string(parameter->name) + "' is given twice");
    }
    if (argument.value.is_null() && (parameter->nullable || !parameter->fallback.empty())) continue;
    auto value = converted(argument.value, parameter->type);
    if (!value) {
      std::string shown;
      append_repr(shown, argument.value);
      return refuse(argument, "generator.argument",
                    call.name + ": '" + std::string(parameter->name) + "' must be " +
                        std::string(kTypeNames[static_cast<std::size_t>(parameter->type)]) + ", but is " + shown,
                    parameter->range.empty() ? std::string() : "allowed: " + std::string(parameter->range));
    }
    out.values_.emplace_back(parameter->name, std::move(*value));
  }
  for (const auto& parameter : parameters) {
    if (!out.has(parameter.name) && !parameter.fallback.empty()) {
      out.values_.emplace_back(parameter.name, default_of(parameter));
    }
  }
  return out;
}

}  // namespace mimus
