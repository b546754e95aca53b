// Numbers from a sequence of a database: a block of it is reserved for the records of a generate before they are made,
// and given out by their position.
#include "generator/generator.h"

namespace mimus {
namespace {

class SequenceNumbers final : public Generator {
 public:
  explicit SequenceNumbers(std::int64_t first) : first_(first) {}

  void generate(const Rows& rows, const Stream&, Column& out) const override {
    out.reset(Type::Int64, rows.count);
    std::int64_t* values = out.make_ints();
    for (std::size_t k = 0; k < rows.count; ++k) values[k] = first_ + static_cast<std::int64_t>(rows.position(k));
  }

 private:
  std::int64_t first_;
};

constexpr std::string_view kExamples[] = {"SequenceTableGenerator"};

}  // namespace

extern const GeneratorDeclaration kSequenceTableGenerator{
    .name = "SequenceTableGenerator",
    .summary = "consecutive numbers from a sequence of the database that the attribute database names",
    .result = Type::Int64,
    .parameters = {},
    .examples = kExamples,
    .make = [](const Arguments&, const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      return std::make_unique<SequenceNumbers>(environment.sequence_start.value_or(1));
    },
    .ignores_arguments = true,
};

}  // namespace mimus
