// Numbers from 1 that never start anew in a run: 1 + how often the statement has been carried out before, whatever the
// records around it.
#include "generator/generator.h"

namespace mimus {
namespace {

class GlobalIncrement final : public Generator {
 public:
  void generate(const Rows& rows, const Stream&, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) values[k] = 1 + static_cast<std::int64_t>(rows.position(k));
  }
  [[nodiscard]] bool never_repeats() const override { return true; }
  [[nodiscard]] bool counts_run() const override { return true; }
};

constexpr std::string_view kExamples[] = {"GlobalIncrementGenerator"};

}  // namespace

extern const GeneratorDeclaration kGlobalIncrementGenerator{
    .name = "GlobalIncrementGenerator",
    .summary = "consecutive numbers from 1; goes on over all lists of a run, without gaps",
    .result = Type::Int64,
    .parameters = {},
    .examples = kExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return std::make_unique<GlobalIncrement>();
    },
    .ignores_arguments = true,
};

}  // namespace mimus
