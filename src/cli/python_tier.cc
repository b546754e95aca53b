// The Python tier of `mimus eval`: the interpreter of a run.
#include <optional>

#include "cli/eval.h"
#include "python/session.h"

namespace mimus::cli {
namespace {

class Interpreter final : public PythonTier {
 public:
  explicit Interpreter(Timestamp now) : now_(now) {}

  [[nodiscard]] Result<Value> evaluate(std::string_view expression, const ValueMap& variables) override {
    if (session_ == nullptr) {
      MIMUS_ASSIGN(session_, python::Session::start({.now = now_, .stream = {}}));
    }
    MIMUS_ASSIGN(const auto compiled,
                 session_->compile({.text = expression, .constants = variables, .parameters = {}}));
    return compiled->evaluate({}, {}, {}, false);
  }

 private:
  Timestamp now_;
  std::shared_ptr<python::Session> session_;
};

}  // namespace

std::unique_ptr<PythonTier> make_python_tier(Timestamp now) { return std::make_unique<Interpreter>(now); }

}  // namespace mimus::cli
