#include "cli/eval.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "data/json.h"
#include "generator/faker_call.h"
#include "script/errors.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus::cli {
namespace {

class VariableNames final : public script::Names {
 public:
  explicit VariableNames(const ValueMap& variables) : variables_(variables) {}
  [[nodiscard]] std::optional<Value> find(std::string_view name) const override {
    const Value* value = mimus::find(variables_, name);
    return value == nullptr ? std::nullopt : std::optional(*value);
  }

 private:
  const ValueMap& variables_;
};

// Whether the value depends on the time zone: times have none, and the native evaluator takes them for UTC.
bool depends_on_zone(const script::Node& node) {
  if (node.kind == script::NodeKind::Attribute && node.text == "timestamp") return true;
  return std::ranges::any_of(node.children,
                             [](const script::NodePtr& child) { return child != nullptr && depends_on_zone(*child); });
}

class Evaluator {
 public:
  Evaluator(const EvalArguments& arguments, Timestamp now)
      : tier_(arguments.tier),
        is_utc_(arguments.timezone == "UTC"),
        now_(now),
        python_(make_python_evaluator(now, arguments.timezone)) {}

  Result<Value> evaluate(std::string_view expression, const ValueMap& variables) {
    if (tier_ != "python") {
      auto value = native(expression, variables);
      if (value || value.error().code != script::kNotCovered || tier_ == "native") return value;
    }
    return python_->evaluate(expression, variables);
  }

 private:
  [[nodiscard]] Result<Value> native(std::string_view expression, const ValueMap& variables) const {
    MIMUS_ASSIGN(const script::NodePtr tree, script::parse_expression(expression));
    if (!is_utc_ && depends_on_zone(*tree)) return script::not_covered("timestamp() in another zone than UTC");
    const VariableNames names(variables);
    return script::evaluate(*tree, {.names = names, .now = now_, .fake = call_faker});
  }

  std::string tier_;
  bool is_utc_;
  Timestamp now_;
  std::unique_ptr<PythonEvaluator> python_;
};

// The time on the clocks of a zone of the system's database.
Result<Timestamp> now_in(const std::string& zone) {
  const Timestamp time = now();
  const bool is_name = !zone.empty() && zone.front() != '/' && !zone.contains("..") && !zone.contains('\0');
  std::error_code error;
  if (zone != "UTC" && (!is_name || !fs::is_regular_file(fs::path("/usr/share/zoneinfo") / zone, error))) {
    return fail("time.zone", "'" + zone + "' is no time zone of this system", "as in --timezone Europe/Berlin");
  }
  setenv("TZ", zone.c_str(), 1);
  tzset();
  auto seconds = static_cast<std::time_t>(time.micros / kMicrosPerSecond);
  std::tm local{};
  localtime_r(&seconds, &local);
  return Timestamp{time.micros + local.tm_gmtoff * kMicrosPerSecond};
}

Result<ValueMap> variables_of(std::string_view json, const std::string& shown_name) {
  MIMUS_ASSIGN(const Value value, parse_json(json, shown_name));
  if (value.as_map() == nullptr) return fail("json.syntax", shown_name + ": the variables are no JSON object");
  return *value.as_map();
}

// "expression TAB variables" and what follows; a line that begins with the word "expression" and a tab is a header. A
// result a line: JSON and type, or error:<exception>, or what is not covered, and "-".
int evaluate_file(const EvalArguments& arguments, Evaluator& evaluator) {
  const auto text = read_file(arguments.expressions);
  if (!text) return report(text.error());
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t tab = line.find('\t');
    if (number == 1 && line.substr(0, tab) == "expression") continue;
    std::string_view json = tab == std::string_view::npos ? "" : line.substr(tab + 1);
    json = json.substr(0, json.find('\t'));
    const auto variables =
        variables_of(json.empty() ? "{}" : json, arguments.expressions + ":" + std::to_string(number));
    if (!variables) return report(variables.error());
    std::string out;
    if (const auto value = evaluator.evaluate(line.substr(0, tab), *variables)) {
      out = json_of_result(*value) + "\t" + type_of_result(*value);
    } else if (value.error().code == script::kNotCovered) {
      out = "not covered: " + script::construct_of(value.error()) + "\t-";
    } else {
      out = "error:" + exception_of(value.error()) + "\t-";
    }
    out += '\n';
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return kOk;
}

int evaluate_one(const EvalArguments& arguments, Evaluator& evaluator) {
  const auto variables = variables_of(arguments.variables, "--vars");
  if (!variables) {
    report(variables.error());
    return kUsage;
  }
  const auto value = evaluator.evaluate(arguments.expression, *variables);
  if (!value) {
    const Diagnostic& failure = value.error();
    if (failure.code == script::kNotCovered) {
      std::fprintf(stderr, "not covered: %s\n", script::construct_of(failure).c_str());
      return kNotCovered;
    }
    if (!failure.code.starts_with("script.")) return report(failure);
    std::string message = exception_of(failure) + ": " + failure.message;
    if (failure.code == "script.exception") message = failure.message;
    std::fprintf(stderr, "%s\n", message.c_str());
    return kFailed;
  }
  std::string out = json_of_result(*value);
  if (arguments.type) out += "\t" + type_of_result(*value);
  out += '\n';
  std::fwrite(out.data(), 1, out.size(), stdout);
  return kOk;
}

}  // namespace

int eval(const EvalArguments& arguments) {
  const auto time = now_in(arguments.timezone);
  if (!time) {
    report(time.error());
    return kUsage;
  }
  Evaluator evaluator(arguments, *time);
  return arguments.expressions.empty() ? evaluate_one(arguments, evaluator) : evaluate_file(arguments, evaluator);
}

}  // namespace mimus::cli
