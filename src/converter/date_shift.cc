// Dates moved by a number of days that a secret key and the subject give: intervals between the dates of one subject
// stay, and nobody without the key can tell by how much they were moved.
#include <algorithm>

#include "base/time.h"
#include "converter/scalar.h"
#include "converter/secret.h"
#include "random/philox.h"

namespace mimus {
namespace {

class DateShift final : public ScalarConverter {
 public:
  explicit DateShift(std::int64_t days) : days_(days) {}

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    if (const Timestamp* time = value.as_time()) return Value(Timestamp{time->micros + days_ * kMicrosPerDay});
    if (const Date* date = value.as_date()) return Value(Date{date->days + days_});
    return refuse_value("DateShift", "a date, or a date and time", value);
  }

  [[nodiscard]] bool convert_flat(Column& column, std::optional<RowFailure>&) const override {
    if (column.type != Type::DateTime) return false;
    for (std::int64_t& value : column.ints) value += days_ * kMicrosPerDay;
    column.is_written = true;
    return true;
  }

 private:
  std::int64_t days_;
};

// Of records: the dates in the named fields, by the subject that another field names.
class RecordDateShift final : public ScalarConverter {
 public:
  RecordDateShift(std::string key, std::string subject, std::vector<std::string> fields, std::int64_t most)
      : key_(std::move(key)), subject_(std::move(subject)), fields_(std::move(fields)), most_(most) {}

 protected:
  [[nodiscard]] Result<Value> convert_value(const Value& value) const override {
    const ValueMap* record = value.as_map();
    if (record == nullptr) return refuse_value("DateShift", "a record, since 'subject' is given", value);
    const Value* subject = find(*record, subject_);
    if (subject == nullptr) return fail("converter.value", "DateShift: the record has no field '" + subject_ + "'");
    const std::int64_t days = offset_of(key_, text_of(*subject), most_);
    ValueMap out = *record;
    for (auto& [name, field] : out) {
      if (std::ranges::find(fields_, name) == fields_.end() || field.is_null()) continue;
      if (const Timestamp* time = field.as_time()) {
        field = Value(Timestamp{time->micros + days * kMicrosPerDay});
      } else if (const Date* date = field.as_date()) {
        field = Value(Date{date->days + days});
      } else {
        return refuse_value("DateShift", "a date in '" + name + "'", field);
      }
    }
    return Value::map(std::move(out));
  }

 public:
  // From -most to most, never 0.
  static std::int64_t offset_of(std::string_view key, std::string_view subject, std::int64_t most) {
    const auto draw = static_cast<std::int64_t>(bounded(short_mac(key, subject), static_cast<std::uint64_t>(2 * most)));
    return draw < most ? draw - most : draw - most + 1;
  }

 private:
  std::string key_, subject_;
  std::vector<std::string> fields_;
  std::int64_t most_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"key", ParameterType::String, "", "a text, or hex: and 32, 48 or 64 digits", "the secret key", false, true},
    {"days", ParameterType::Int, "180", "1 to 36,500", "the greatest shift, in either direction"},
    {"subject", ParameterType::String, "", "", "of records: the field that tells whose dates they are", true},
    {"fields", ParameterType::Texts, "", "", "of records: the fields that hold dates"},
};
constexpr ConverterExample kExamples[] = {
    {"DateShift(key='k', days=1)", "'2024-03-01T10:00:00Z'", "'2024-02-29T10:00:00Z'"},
};

}  // namespace

extern const ConverterDeclaration kDateShift{
    .name = "DateShift",
    .summary = "dates moved by days that a secret key gives, the same for all dates of a subject",
    .takes = "date and time, or record",
    .gives = "the same",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::string key, key_of(arguments.text("key")));
      const std::int64_t most = arguments.integer("days");
      if (most < 1 || most > 36'500) {
        return fail("converter.argument", "days must be from 1 to 36500, but is " + std::to_string(most));
      }
      if (arguments.has("subject") != arguments.has("fields")) {
        return fail("converter.argument", "subject and fields go together: of records");
      }
      if (!arguments.has("subject")) return std::make_unique<DateShift>(RecordDateShift::offset_of(key, "", most));
      return std::make_unique<RecordDateShift>(std::move(key), arguments.text("subject"), arguments.texts("fields"),
                                               most);
    },
};

}  // namespace mimus
