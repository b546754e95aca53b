#include "target/arguments.h"

#include <algorithm>

namespace mimus {

Status TargetArguments::check_names() const {
  for (const Argument& argument : call_.arguments) {
    std::vector<std::string_view> names;
    for (const TargetParameter& parameter : declaration_.parameters) names.push_back(parameter.name);
    if (std::ranges::find(names, argument.name) != names.end()) continue;
    std::string message = std::string(declaration_.name) + ": ";
    message += argument.name.empty() ? "a parameter needs a name" : "unknown parameter '" + argument.name + "'";
    std::string hint = suggest(argument.name, names);
    if (hint.empty()) {
      hint = "it has:";
      for (const std::string_view name : names) hint += " " + std::string(name);
    }
    return fail(Diagnostic{.code = "target.argument",
                           .message = std::move(message),
                           .hint = std::move(hint),
                           .where = {"", 0, static_cast<int>(argument.offset)}});
  }
  return {};
}

const Argument* TargetArguments::find(std::string_view name) const {
  const auto found = std::ranges::find(call_.arguments, name, &Argument::name);
  if (found == call_.arguments.end() || found->value.is_null()) return nullptr;
  return &*found;
}

std::unexpected<Diagnostic> TargetArguments::refuse(std::string_view name, const std::string& allowed) const {
  const Argument& argument = *find(name);
  std::string shown;
  append_repr(shown, argument.value);
  return fail(Diagnostic{.code = "target.argument",
                         .message = std::string(declaration_.name) + ": '" + std::string(name) + "' must be " +
                                    allowed + ", but is " + shown,
                         .where = {"", 0, static_cast<int>(argument.offset)}});
}

Result<std::uint64_t> TargetArguments::natural(std::string_view name, std::uint64_t fallback) const {
  const Argument* argument = find(name);
  if (argument == nullptr) return fallback;
  const auto* number = argument->value.as_int();
  if (number == nullptr || *number < 1) return refuse(name, "a whole number of 1 or more");
  return static_cast<std::uint64_t>(*number);
}

Result<bool> TargetArguments::boolean(std::string_view name, bool fallback) const {
  const Argument* argument = find(name);
  if (argument == nullptr) return fallback;
  const bool* truth = argument->value.as_bool();
  if (truth == nullptr) return refuse(name, "True or False");
  return *truth;
}

Result<std::string> TargetArguments::text(std::string_view name, std::string_view fallback) const {
  const Argument* argument = find(name);
  if (argument == nullptr) return std::string(fallback);
  const auto* text = argument->value.as_text();
  if (text == nullptr) return refuse(name, "a text");
  return *text;
}

Result<char> TargetArguments::character(std::string_view name, char fallback) const {
  const Argument* argument = find(name);
  if (argument == nullptr) return fallback;
  const auto* text = argument->value.as_text();
  if (text == nullptr || text->size() != 1 || *text == "\n" || *text == "\r" ||
      static_cast<signed char>((*text)[0]) <= 0) {
    return refuse(name, "one ASCII character, no line end");
  }
  return (*text)[0];
}

Result<std::vector<std::string>> TargetArguments::texts(std::string_view name) const {
  std::vector<std::string> out;
  const Argument* argument = find(name);
  if (argument == nullptr) return out;
  ValueList items;
  if (const auto* list = argument->value.as_list()) {
    items = *list;
  } else if (const auto* text = argument->value.as_text()) {
    auto parsed = parse_literals(*text);
    if (!parsed) return refuse(name, "a list of texts");
    items = parsed->items;
    if (items.size() == 1 && items[0].as_list() != nullptr) items = ValueList(*items[0].as_list());
  }
  for (const Value& item : items) {
    if (item.as_text() == nullptr) return refuse(name, "a list of texts");
    out.push_back(*item.as_text());
  }
  if (out.empty()) return refuse(name, "a list of texts");
  return out;
}

}  // namespace mimus
