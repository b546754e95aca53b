// Upper and lower case, by Unicode's full mappings.
#include "script/letter_case.h"

#include "converter/scalar.h"

namespace mimus {
namespace {

class LetterCase final : public TextConverter {
 public:
  explicit LetterCase(bool upper) : TextConverter(upper ? "UpperCase" : "LowerCase", true), upper_(upper) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    for (std::size_t k = 0; k < text.size(); ++k) {
      if (static_cast<unsigned char>(text[k]) >= 0x80) {
        out.resize(out.size() - k);
        out += upper_ ? script::upper_case(text) : script::lower_case(text);
        return {};
      }
      const bool turns = upper_ ? text[k] >= 'a' && text[k] <= 'z' : text[k] >= 'A' && text[k] <= 'Z';
      out += turns ? static_cast<char>(text[k] ^ 0x20) : text[k];
    }
    return {};
  }

 private:
  bool upper_;
};

constexpr ConverterExample kUpperExamples[] = {{"UpperCase", "'straße'", "'STRASSE'"}};
constexpr ConverterExample kLowerExamples[] = {{"LowerCase", "'ÄRA 7'", "'ära 7'"}};

}  // namespace

extern const ConverterDeclaration kUpperCase{
    .name = "UpperCase",
    .summary = "the text in capital letters",
    .takes = "text",
    .gives = "text",
    .parameters = {},
    .examples = kUpperExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<LetterCase>(true);
    },
};

extern const ConverterDeclaration kLowerCase{
    .name = "LowerCase",
    .summary = "the text in small letters",
    .takes = "text",
    .gives = "text",
    .parameters = {},
    .examples = kLowerExamples,
    .make = [](const Arguments&, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      return std::make_unique<LetterCase>(false);
    },
};

}  // namespace mimus
