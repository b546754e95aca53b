// What a format keeps of a date and time: it is written by it and read again. (A text comes of outDateFormat.)
#include "base/date_format.h"

#include "converter/scalar.h"

namespace mimus {
namespace {

class DateFormatConverter final : public ScalarConverter {
 public:
  DateFormatConverter(DateFormat format, std::string text) : format_(std::move(format)), text_(std::move(text)) {}

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    const Timestamp* time = value.as_time();
    if (time == nullptr) return refuse_value("DateFormat", "a date and time", value);
    std::string written;
    format_.append(written, *time);
    const auto read = format_.parse(written);
    if (!read) {
      return fail("converter.value", "DateFormat: '" + written.substr(0, 80) +
                                         "' cannot be read again by the format '" + text_.substr(0, 80) + "'");
    }
    return Value(*read);
  }

 private:
  DateFormat format_;
  std::string text_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"format_str", ParameterType::String, "", "strftime codes", "the parts that are kept", false, true},
};
constexpr ConverterExample kExamples[] = {
    {"DateFormat('%d.%m.%Y')", "'2024-05-06T07:08:09Z'", "'2024-05-06T00:00:00Z'"}};

}  // namespace

extern const ConverterDeclaration kDateFormat{
    .name = "DateFormat",
    .summary = "the date and time without the parts that the format lacks; outDateFormat makes a text of it",
    .takes = "date and time",
    .gives = "date and time",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      std::string text = arguments.text("format_str");
      auto format = DateFormat::compile(text);
      if (!format) return fail("converter.argument", "format_str: " + format.error().message);
      return std::make_unique<DateFormatConverter>(std::move(*format), std::move(text));
    },
};

}  // namespace mimus
