// What `mimus eval` works with: expressions outside of a descriptor, one by one or from a file, by one of two tiers.
//
// The native evaluator (script/evaluate.h) comes first; what it does not cover goes to Python.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "data/value.h"

namespace mimus::cli {

// Evaluates what the native evaluator does not cover. One thread at a time.
class PythonEvaluator {
 public:
  virtual ~PythonEvaluator() = default;
  // The value, with maps as plain maps; a variable that is a map is reached by dots. Fails with script.* codes, and
  // with others when there is no interpreter.
  [[nodiscard]] virtual Result<Value> evaluate(std::string_view expression, const ValueMap& variables) = 0;
};

// Starts nothing until the first expression comes. `now`: the clock of the expressions, in that zone.
[[nodiscard]] std::unique_ptr<PythonEvaluator> make_python_evaluator(Timestamp now, const std::string& zone);

// The value as JSON: floats that are no finite numbers as texts, dates and times in ISO 8601, lengths of time as
// Python's str() gives them, bytes in hexadecimal, sets as sorted lists. Texts are not escaped beyond what JSON needs.
[[nodiscard]] std::string json_of_result(const Value& value);

// What type(value).__name__ gives.
[[nodiscard]] std::string type_of_result(const Value& value);

// The name of the Python exception that a failure stands for: "NameError".
[[nodiscard]] std::string exception_of(const Diagnostic& failure);

}  // namespace mimus::cli
