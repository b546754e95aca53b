// What converters of single values have in common: the forms of columns, nulls, and failures.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "converter/converter.h"

namespace mimus {

// A finding of code converter.value: "UpperCase needs a text, but the value is 5 (int)".
[[nodiscard]] std::unexpected<Diagnostic> refuse_value(std::string_view converter, std::string_view needs,
                                                       const Value& value);

// Converts value by value. A dictionary is converted once for all rows that share its values, a constant once.
class ScalarConverter : public Converter {
 public:
  [[nodiscard]] std::optional<RowFailure> convert(const Rows& rows, const Stream& stream, Column& column) const final;

 protected:
  // Of any value, also null.
  [[nodiscard]] virtual Result<Value> convert_value(const Value& value) const = 0;
  // A flat column all at once, without nulls; false when it is of another type than this kernel is for. Absent rows
  // may hold anything. A failure is that of the first row that cannot be converted.
  [[nodiscard]] virtual bool convert_flat(Column& column, std::optional<RowFailure>& failure) const;

 private:
  [[nodiscard]] bool convert_dictionary(Column& column) const;

  // The last dictionary and what it became: batches share theirs, and so must those that are made of it, since encoders
  // keep the bytes of each one.
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Column> from_, to_;
};

// Converts texts into texts; refuses anything else.
class TextConverter : public ScalarConverter {
 protected:
  // `name`: for messages. `keeps_clean`: what comes of clean text is clean (Column::clean).
  explicit TextConverter(std::string_view name, bool keeps_clean = false) : name_(name), keeps_clean_(keeps_clean) {}

  // Appends what becomes of a text.
  virtual Status append(std::string_view text, std::string& out) const = 0;

  [[nodiscard]] Result<Value> convert_value(const Value& value) const final;
  [[nodiscard]] bool convert_flat(Column& column, std::optional<RowFailure>& failure) const final;
  [[nodiscard]] std::string_view name() const { return name_; }

 private:
  std::string_view name_;
  bool keeps_clean_;
};

}  // namespace mimus
