// Generalisation: numbers as bands, texts as their start, dates as their year, quarter or month.
#include <cmath>

#include "base/text.h"
#include "base/time.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

// "30-39" of 34 by tens; the last band is open: "90+".
class Band final : public ScalarConverter {
 public:
  Band(std::int64_t width, std::optional<std::int64_t> top) : width_(width), top_(top) {}

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    double number = 0;
    if (const auto* integer = value.as_int()) {
      number = static_cast<double>(*integer);
    } else if (const double* real = value.as_float()) {
      number = *real;
    } else {
      return refuse_value("Band", "a number", value);
    }
    if (!(std::abs(number) < 1e15)) return refuse_value("Band", "a number between -1e15 and 1e15", value);
    const auto first = static_cast<std::int64_t>(std::floor(number / static_cast<double>(width_))) * width_;
    if (top_ && number >= static_cast<double>(*top_)) return Value(std::to_string(*top_) + "+");
    std::int64_t last = first + width_ - 1;
    if (top_) last = std::min(last, *top_ - 1);
    return Value(width_ == 1 ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last));
  }

 private:
  std::int64_t width_;
  std::optional<std::int64_t> top_;
};

class Prefix final : public TextConverter {
 public:
  Prefix(std::uint64_t keep, std::string fill) : TextConverter("Prefix"), keep_(keep), fill_(std::move(fill)) {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::size_t i = 0;
    std::uint64_t count = 0;
    for (; count < keep_ && i < text.size(); ++count) (void)next_code_point(text, i);
    out += text.substr(0, i);
    while (i < text.size()) {
      (void)next_code_point(text, i);
      out += fill_;
    }
    return {};
  }

 private:
  std::uint64_t keep_;
  std::string fill_;
};

class DatePart final : public ScalarConverter {
 public:
  explicit DatePart(char part) : part_(part) {}

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    Timestamp time;
    if (const Timestamp* given = value.as_time()) {
      time = *given;
    } else if (const Date* date = value.as_date()) {
      time = {date->days * kMicrosPerDay};
    } else {
      return refuse_value("DatePart", "a date, or a date and time", value);
    }
    const Civil civil = civil_from(time);
    std::string out = std::to_string(civil.year);
    if (part_ == 'q') out += "-Q" + std::to_string((civil.month + 2) / 3);
    if (part_ == 'm') out += (civil.month < 10 ? "-0" : "-") + std::to_string(civil.month);
    return Value(std::move(out));
  }

 private:
  char part_;
};

constexpr ParameterDeclaration kBandParameters[] = {
    {"width", ParameterType::Int, "10", "at least 1", "how many whole numbers a band has"},
    {"top", ParameterType::Int, "", "", "from here on there is one band: 90+", true},
};
constexpr ParameterDeclaration kPrefixParameters[] = {
    {"keep", ParameterType::Int, "", "at least 0", "how many characters stay", false, true},
    {"fill", ParameterType::String, "*", "may be empty", "stands in the place of each other one"},
};
constexpr ParameterDeclaration kDateParameters[] = {
    {"part", ParameterType::String, "year", "year, quarter, month", "what is left of the date"},
};
constexpr ConverterExample kBandExamples[] = {{"Band", "34", "'30-39'"}, {"Band(width=15, top=90)", "93", "'90+'"}};
constexpr ConverterExample kPrefixExamples[] = {{"Prefix(2)", "'10115'", "'10***'"},
                                                {"Prefix(2, fill='')", "'10115'", "'10'"}};
constexpr ConverterExample kDateExamples[] = {{"DatePart", "'1987-05-06T07:08:09Z'", "'1987'"},
                                              {"DatePart('quarter')", "'1987-05-06T07:08:09Z'", "'1987-Q2'"}};

}  // namespace

extern const ConverterDeclaration kBand{
    .name = "Band",
    .summary = "the band in which a number lies, such as an age",
    .takes = "number",
    .gives = "text",
    .parameters = kBandParameters,
    .examples = kBandExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      const std::int64_t width = arguments.integer("width");
      if (width < 1 || width > 1'000'000'000'000) {
        return fail("converter.argument", "width must be from 1 to 1000000000000, but is " + std::to_string(width));
      }
      return std::make_unique<Band>(width,
                                    arguments.has("top") ? std::optional(arguments.integer("top")) : std::nullopt);
    },
};

extern const ConverterDeclaration kPrefix{
    .name = "Prefix",
    .summary = "the start of a text, such as a postal code, and a mask for the rest",
    .takes = "text",
    .gives = "text",
    .parameters = kPrefixParameters,
    .examples = kPrefixExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      if (const std::int64_t keep = arguments.integer("keep"); keep < 0) {
        return fail("converter.argument", "keep must be at least 0, but is " + std::to_string(keep));
      }
      return std::make_unique<Prefix>(static_cast<std::uint64_t>(arguments.integer("keep")), arguments.text("fill"));
    },
};

extern const ConverterDeclaration kDatePart{
    .name = "DatePart",
    .summary = "the year, quarter or month of a date",
    .takes = "date and time",
    .gives = "text",
    .parameters = kDateParameters,
    .examples = kDateExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      const std::string part = arguments.text("part");
      if (part != "year" && part != "quarter" && part != "month") {
        return fail("converter.argument", "part must be year, quarter or month, but is '" + part.substr(0, 40) + "'");
      }
      return std::make_unique<DatePart>(part[0]);
    },
};

}  // namespace mimus
