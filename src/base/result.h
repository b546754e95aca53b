// Result<T>: a value or the Diagnostic that says why there is none. Used across the borders of modules; exceptions are
// for bugs only.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "base/diagnostic.h"

namespace mimus {

template <class T>
using Result = std::expected<T, Diagnostic>;

using Status = std::expected<void, Diagnostic>;

// return fail("file.not_found", "no file 'x'", "list the files with …");
[[nodiscard]] inline std::unexpected<Diagnostic> fail(std::string code, std::string message, std::string hint = {}) {
  return std::unexpected(Diagnostic{.code = std::move(code), .message = std::move(message), .hint = std::move(hint)});
}

[[nodiscard]] inline std::unexpected<Diagnostic> fail(Diagnostic diagnostic) {
  return std::unexpected(std::move(diagnostic));
}

}  // namespace mimus

// MIMUS_TRY(expression): leaves the function with the error, if there is one. The expression may be a call with a
// lambda that uses MIMUS_TRY itself.
#define MIMUS_TRY(expression) MIMUS_TRY_(MIMUS_JOIN(mimus_status_, __COUNTER__), expression)
#define MIMUS_TRY_(name, expression)                            \
  do {                                                          \
    auto name = (expression);                                   \
    if (!name) return std::unexpected(std::move(name).error()); \
  } while (false)

// MIMUS_ASSIGN(auto x, expression): x = the value, or leaves the function with the error.
#define MIMUS_JOIN_(a, b) a##b
#define MIMUS_JOIN(a, b) MIMUS_JOIN_(a, b)
#define MIMUS_ASSIGN(target, expression) MIMUS_ASSIGN_(MIMUS_JOIN(mimus_result_, __LINE__), target, expression)
#define MIMUS_ASSIGN_(name, target, expression)               \
  auto name = (expression);                                   \
  if (!name) return std::unexpected(std::move(name).error()); \
  target = std::move(*name)
