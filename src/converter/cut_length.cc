// The first characters of a text; with a negative number all but the last ones.
#include "base/text.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

class CutLength final : public TextConverter {
 public:
  explicit CutLength(std::int64_t length) : TextConverter("CutLength", true), length_(length) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::int64_t left = length_;
    if (left < 0) left = std::max<std::int64_t>(0, static_cast<std::int64_t>(code_points(text)) + left);
    std::size_t i = 0;
    for (; left > 0 && i < text.size(); --left) (void)next_code_point(text, i);
    out += text.substr(0, i);
    return {};
  }

 private:
  std::int64_t length_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"length_to_cut", ParameterType::Int, "", "", "how many characters are kept; negative: how many are cut off", false,
     true},
};
constexpr ConverterExample kExamples[] = {{"CutLength(3)", "'abcdef'", "'abc'"}, {"CutLength(-1)", "'abc'", "'ab'"}};

}  // namespace

extern const ConverterDeclaration kCutLength{
    .name = "CutLength",
    .summary = "the first characters of the text",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<CutLength>(arguments.integer("length_to_cut"));
    },
};

}  // namespace mimus
