// The errors of expressions: a code for each of Python's exception classes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::script {

[[nodiscard]] inline std::unexpected<Diagnostic> type_error(std::string message) {
  return fail("script.type", std::move(message));
}
[[nodiscard]] inline std::unexpected<Diagnostic> value_error(std::string message) {
  return fail("script.value", std::move(message));
}
[[nodiscard]] inline std::unexpected<Diagnostic> name_error(std::string_view name) {
  return fail("script.name", "unknown name '" + std::string(name) + "'");
}
[[nodiscard]] inline std::unexpected<Diagnostic> attribute_error(std::string message) {
  return fail("script.attribute", std::move(message));
}
[[nodiscard]] inline std::unexpected<Diagnostic> key_error(std::string message) {
  return fail("script.key", std::move(message));
}
[[nodiscard]] inline std::unexpected<Diagnostic> index_error(std::string message) {
  return fail("script.index", std::move(message));
}
[[nodiscard]] inline std::unexpected<Diagnostic> zero_division() {
  return fail("script.zero_division", "division by zero");
}
[[nodiscard]] inline std::unexpected<Diagnostic> overflow_error(std::string message) {
  return fail("script.overflow", std::move(message));
}
// A construct of Python that is not carried out here; the interpreter does.
inline constexpr std::string_view kNotCovered = "script.not_covered";
inline constexpr std::string_view kCannotBeUsed = " cannot be used in an expression in this version";
[[nodiscard]] inline std::unexpected<Diagnostic> not_covered(std::string construct) {
  return fail(std::string(kNotCovered), std::move(construct) + std::string(kCannotBeUsed));
}
// The construct that such a failure names.
[[nodiscard]] inline std::string construct_of(const Diagnostic& failure) {
  return failure.message.substr(0, failure.message.find(kCannotBeUsed));
}

// "TypeError" for script.type, and so on; empty for other codes.
[[nodiscard]] std::string_view exception_name(std::string_view code);

}  // namespace mimus::script
