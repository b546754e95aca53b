// The Python tier of `mimus eval`: the interpreter of a run.
#include <algorithm>
#include <array>
#include <string_view>

#include "cli/eval.h"
#include "generator/faker_call.h"
#include "python/faker_methods.h"
#include "python/session.h"
#include "script/errors.h"

namespace mimus::cli {
namespace {

constexpr std::array<std::string_view, 9> kNoValues{
    "function", "builtin_function_or_method", "method", "method_descriptor", "method-wrapper", "module",
    "type",     "wrapper_descriptor",         "partial"};

class Interpreter final : public PythonEvaluator {
 public:
  Interpreter(Timestamp now, std::string zone) : now_(now), timezone_(std::move(zone)) {}

  [[nodiscard]] Result<Value> evaluate(std::string_view expression, const ValueMap& variables) override {
    if (session_ == nullptr) {
      python::set_faker_methods(call_faker);
      MIMUS_ASSIGN(session_, python::Session::start({.now = now_, .stream = {}, .timezone = timezone_}));
    }
    MIMUS_ASSIGN(const auto compiled,
                 session_->compile({.text = expression, .constants = variables, .parameters = {}}));
    MIMUS_ASSIGN(Value value, compiled->evaluate({}, {}, {}, false));
    const Opaque* object = value.as_opaque();
    if (object != nullptr && std::ranges::find(kNoValues, object->type_name()) != kNoValues.end()) {
      return script::type_error("the expression gives a function or module, not a value");
    }
    return value;
  }

 private:
  Timestamp now_;
  std::string timezone_;
  std::shared_ptr<python::Session> session_;
};

}  // namespace

std::unique_ptr<PythonEvaluator> make_python_evaluator(Timestamp now, const std::string& zone) {
  return std::make_unique<Interpreter>(now, zone);
}

}  // namespace mimus::cli
