// A text at the end of each text.
#include "converter/scalar.h"

namespace mimus {
namespace {

class Append final : public TextConverter {
 public:
  explicit Append(std::string suffix) : TextConverter("Append", is_clean_text(suffix)), suffix_(std::move(suffix)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    out.append(text).append(suffix_);
    return {};
  }

 private:
  std::string suffix_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"append_char", ParameterType::String, "", "any text", "what is put at the end", false, true},
};
constexpr ConverterExample kExamples[] = {{"Append('-EU')", "'A7'", "'A7-EU'"}};

}  // namespace

extern const ConverterDeclaration kAppend{
    .name = "Append",
    .summary = "the text with another one at its end",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<Append>(arguments.text("append_char"));
    },
};

}  // namespace mimus
