// Masks: a character in the place of all characters of a text, or of those between a start and an end.
#include "base/text.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

void append_mask(std::size_t count, const std::string& mask, std::string& out) {
  for (std::size_t k = 0; k < count; ++k) out += mask;
}

class Mask final : public TextConverter {
 public:
  explicit Mask(std::string mask) : TextConverter("Mask"), mask_(std::move(mask)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    append_mask(code_points(text), mask_, out);
    return {};
  }

 private:
  std::string mask_;
};

class MiddleMask final : public TextConverter {
 public:
  MiddleMask(std::uint64_t start, std::uint64_t end, std::string mask)
      : TextConverter("MiddleMask"), start_(start), end_(end), mask_(std::move(mask)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    const std::uint64_t length = code_points(text);
    if (start_ > end_ || end_ >= length || start_ + end_ >= length) {
      out += text;
      return {};
    }
    std::size_t i = 0;
    for (std::uint64_t k = 0; k < start_; ++k) (void)next_code_point(text, i);
    out += text.substr(0, i);
    append_mask(length - start_ - end_, mask_, out);
    for (std::uint64_t k = start_; k < length - end_; ++k) (void)next_code_point(text, i);
    out += text.substr(i);
    return {};
  }

 private:
  std::uint64_t start_, end_;
  std::string mask_;
};

Result<std::string> mask_of(const Arguments& arguments) {
  std::string mask = arguments.text("mask_char");
  if (code_points(mask) == 1) return mask;
  return fail("converter.argument", "mask_char must be exactly one character, but is '" + mask.substr(0, 40) + "'");
}

constexpr ParameterDeclaration kMaskParameters[] = {
    {"mask_char", ParameterType::String, "*", "one character", "stands in the place of each character"},
};
constexpr ConverterExample kMaskExamples[] = {{"Mask", "'café'", "'****'"}, {"Mask('#')", "'1234'", "'####'"}};

constexpr ParameterDeclaration kMiddleParameters[] = {
    {"start_mask_index", ParameterType::Int, "", "0 to end_mask_offset", "how many characters stay at the start", false,
     true},
    {"end_mask_offset", ParameterType::Int, "", "at least start_mask_index: otherwise the text stays as it is",
     "how many characters stay at the end", false, true},
    {"mask_char", ParameterType::String, "*", "one character", "stands in the place of each character between"},
};
constexpr ConverterExample kMiddleExamples[] = {{"MiddleMask(2, 3)", "'0123456789'", "'01*****789'"},
                                                {"MiddleMask(0, 4, '#')", "'12345678'", "'####5678'"},
                                                {"MiddleMask(2, 3)", "'0123'", "'0123'"}};

}  // namespace

extern const ConverterDeclaration kMask{
    .name = "Mask",
    .summary = "as many mask characters as the text has characters",
    .takes = "text",
    .gives = "text",
    .parameters = kMaskParameters,
    .examples = kMaskExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string mask, mask_of(arguments));
      return std::make_unique<Mask>(std::move(mask));
    },
};

extern const ConverterDeclaration kMiddleMask{
    .name = "MiddleMask",
    .summary = "mask characters between the first and the last characters of a text that is long enough",
    .takes = "text",
    .gives = "text",
    .parameters = kMiddleParameters,
    .examples = kMiddleExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string mask, mask_of(arguments));
      const std::int64_t start = arguments.integer("start_mask_index");
      const std::int64_t end = arguments.integer("end_mask_offset");
      constexpr std::int64_t kMost = 1'000'000'000;
      if (start < 0 || end < 0 || start > kMost || end > kMost) {
        return fail("converter.argument",
                    "start_mask_index and end_mask_offset must be from 0 to 1000000000, but are " +
                        std::to_string(start) + " and " + std::to_string(end));
      }
      return std::make_unique<MiddleMask>(start, end, std::move(mask));
    },
};

}  // namespace mimus
