// Laws: the distributions of numbers, by name and parameters: "normal(50, 10)", "mixture(0.7, normal(1, 2), 0.3,
// exponential(4))".
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "descriptor/parameters.h"
#include "random/draws.h"

namespace mimus {

// Immutable; draw() may be called from several threads at once.
class Law {
 public:
  virtual ~Law() = default;
  // A number of the distribution: a pure function of the draws.
  [[nodiscard]] virtual double draw(Draws& draws) const = 0;
  // Only whole numbers.
  [[nodiscard]] virtual bool is_whole() const { return false; }
};

struct LawDeclaration {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // of the method
  std::span<const ParameterDeclaration> parameters;
  Result<std::unique_ptr<Law>> (*make)(const Arguments& arguments);
};

[[nodiscard]] std::span<const LawDeclaration> laws();

// Fails with generator.argument.
[[nodiscard]] Result<std::shared_ptr<const Law>> parse_law(std::string_view text);

struct Bounds {
  double least, most;
};
// A number of the law that lies within the bounds: by rejection, the nearest one where that takes too long.
[[nodiscard]] double draw_within(const Law& law, Bounds bounds, Draws& draws);
// Fails with generator.argument when hardly any number of the law does.
[[nodiscard]] Status check_within(const Law& law, Bounds bounds);

}  // namespace mimus
