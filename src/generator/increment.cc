// Consecutive numbers: start + step * position. The position is that of the row in its list: a counter in a nested list
// starts anew with each parent record, without any state.
#include "generator/generator.h"

namespace mimus {
namespace {

class Increment final : public Generator {
 public:
  Increment(std::int64_t start, std::int64_t end, std::int64_t step) : start_(start), end_(end), step_(step) {}

  void generate(const Rows& rows, const Stream&, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) {
      values[k] = start_ + static_cast<std::int64_t>(rows.position(k)) * step_;
    }
  }

  [[nodiscard]] bool never_repeats() const override { return true; }

  // The end is exclusive.
  [[nodiscard]] std::optional<std::uint64_t> length() const override {
    if (start_ >= end_) return 0;
    const std::uint64_t span = static_cast<std::uint64_t>(end_) - static_cast<std::uint64_t>(start_);
    const auto step = static_cast<std::uint64_t>(step_);
    return (span - 1) / step + 1;
  }

 private:
  std::int64_t start_, end_, step_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"start", ParameterType::Int, "1", "", "first value"},
    {"end", ParameterType::Int, "9223372036854775807", "", "the values end before this"},
    {"step", ParameterType::Int, "1", "at least 1", "distance of two values"},
};
constexpr std::string_view kExamples[] = {"IncrementGenerator", "IncrementGenerator(start=1000, step=10)"};

}  // namespace

extern const GeneratorDeclaration kIncrementGenerator{
    .name = "IncrementGenerator",
    .summary = "consecutive numbers; starts anew in each nested list",
    .result = Type::Int64,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      if (arguments.integer("step") <= 0) {
        return fail("generator.argument",
                    "step must be a positive whole number, but is " + std::to_string(arguments.integer("step")));
      }
      return std::make_unique<Increment>(arguments.integer("start"), arguments.integer("end"),
                                         arguments.integer("step"));
    },
};

}  // namespace mimus
