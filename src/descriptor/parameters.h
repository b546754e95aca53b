// Parameters of generators and converters: how they are declared, and the arguments of a call matched with them.
//
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "data/value.h"
#include "descriptor/literal.h"

namespace mimus {

enum class ParameterType {
  Int,
  Float,
  Bool,
  String,
  Numbers,  // a list of numbers
  Texts,    // a list of texts
  Words,    // a text, or a list of texts and whole numbers that stand for them
  Seed,     // a whole number, or random.Random(a whole number)
  Any,
};

[[nodiscard]] std::string_view type_name(ParameterType type);  // "int", "float", "list of numbers" …

struct ParameterDeclaration {
  std::string_view name;
  ParameterType type;
  std::string_view fallback;  // the default as text; empty: none
  std::string_view range;     // what is allowed, for people; may be empty
  std::string_view summary;
  bool nullable = false;  // None may be given
  bool required = false;
};

// What a call is of: the family of its findings' codes, "generator" or "converter", and how its arguments are given.
struct CallRules {
  std::string_view family;
  bool keywords_only = false;
};

// The arguments of a call, matched with the declared parameters and checked for their types.
class Arguments {
 public:
  [[nodiscard]] bool has(std::string_view name) const;
  // Only for parameters that are given or have a default.
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] const Value& value(std::string_view name) const;
  [[nodiscard]] std::vector<double> numbers(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  // Of Words: the items of the list, or the parts of the text between commas, without blanks.
  [[nodiscard]] std::vector<std::string> words(std::string_view name) const;
  // The text, or `otherwise` where none is given.
  [[nodiscard]] std::string text_or(std::string_view name, std::string_view otherwise) const;

 private:
  friend Result<Arguments> match_arguments(const Call& call, std::span<const ParameterDeclaration> parameters,
                                           const CallRules& rules);
  std::vector<std::pair<std::string_view, Value>> values_;
};

// Reads a file of the project for a component, by its path from the main descriptor's folder. Empty where none can be
// read, as when a call is only checked: its files are taken for good.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// Whether an argument of the call is no literal, so that it must be evaluated before.
[[nodiscard]] bool has_expressions(const Call& call);

// Fails with <family>.argument, the offset of the argument in `where.column`.
[[nodiscard]] Result<Arguments> match_arguments(const Call& call, std::span<const ParameterDeclaration> parameters,
                                                const CallRules& rules);

}  // namespace mimus
