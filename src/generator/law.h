// Laws: the distributions of numbers, by name and parameters: "normal(50, 10)", "mixture(0.7, normal(1, 2), 0.3,
// exponential(4))".
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "descriptor/parameters.h"
#include "generator/generator.h"
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
  // Its numbers stand in a file that could not be read here (ReadFile): only its form is checked.
  [[nodiscard]] virtual bool is_unread() const { return false; }
};

struct LawDeclaration {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // of the method
  std::span<const ParameterDeclaration> parameters;
  Result<std::unique_ptr<Law>> (*make)(const Arguments& arguments);
};

[[nodiscard]] std::span<const LawDeclaration> laws();

// Fails with generator.argument, and as reading files does.
[[nodiscard]] Result<std::shared_ptr<const Law>> parse_law(std::string_view text, const ReadFile& read_file = {});

// The call with the numbers of its argument `file` in their place (law_file.cc): histogram(file='ages.csv') as
// histogram(edges=[…], counts=[…]), empirical(file='sizes.csv') as empirical(values=[…], weights=[…]). The file is a
// CSV without quotes, of a number and, behind a comma, semicolon, bar or tab, its weight a line; a first line without
// numbers is a header. The last line of a histogram has no weight: it is the last edge. Fails with generator.argument.
[[nodiscard]] Result<Call> with_numbers_of_file(Call call, const ReadFile& read_file);

struct Bounds {
  double least, most;
};
// A number of the law that lies within the bounds: by rejection, the nearest one where that takes too long.
[[nodiscard]] double draw_within(const Law& law, Bounds bounds, Draws& draws);
// Fails with generator.argument when hardly any number of the law does.
[[nodiscard]] Status check_within(const Law& law, Bounds bounds);

// Numbers of a law within bounds, rounded to the grid of a granularity (0: as they are), or to whole numbers: then they
// are integers, and the bounds are whole. Laws of whole numbers without a granularity give integers, too.
struct NumberForm {
  Bounds bounds;
  double granularity = 0;
  bool whole = false;
};
[[nodiscard]] std::unique_ptr<Generator> make_numbers(std::shared_ptr<const Law> law, const NumberForm& form);
// For generators with the parameters min, max and distribution: the numbers of the distribution that is given. Fails
// with generator.argument.
[[nodiscard]] Result<std::unique_ptr<Generator>> make_distributed(const Arguments& arguments, const NumberForm& form,
                                                                  const ReadFile& read_file);

}  // namespace mimus
