// The keyword arguments of a target's call, read one by one; what is left over is a mistake.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "target/target.h"

namespace mimus {

class TargetArguments {
 public:
  TargetArguments(const TargetDeclaration& declaration, const Call& call) : declaration_(declaration), call_(call) {}

  // Names that the target does not have, arguments without a name.
  [[nodiscard]] Status check_names() const;

  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  // Fails with target.argument when the value is of another kind.
  [[nodiscard]] Result<std::uint64_t> natural(std::string_view name, std::uint64_t fallback) const;  // 1 or more
  [[nodiscard]] Result<bool> boolean(std::string_view name, bool fallback) const;
  [[nodiscard]] Result<std::string> text(std::string_view name, std::string_view fallback) const;
  // One character of one byte, no line end.
  [[nodiscard]] Result<char> character(std::string_view name, char fallback) const;
  // A list of texts, or a text that holds one.
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name) const;
  [[nodiscard]] std::unexpected<Diagnostic> refuse(std::string_view name, const std::string& allowed) const;

 private:
  [[nodiscard]] const Argument* find(std::string_view name) const;

  const TargetDeclaration& declaration_;
  const Call& call_;
};

}  // namespace mimus
