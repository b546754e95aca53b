// Python in a plan: the interpreter of a run, started when something needs it, and its way of an expression.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "data/value.h"
#include "python/session.h"

namespace mimus {

// The interpreter for one run. Any thread.
class PythonHost {
 public:
  // `is_over`: asked some times a second while the interpreter is there; true ends what it does. Any thread.
  // `is_allowed`: false refuses to start it.
  PythonHost(python::Settings settings, std::function<bool()> is_over, bool is_allowed)
      : settings_(std::move(settings)), is_over_(std::move(is_over)), is_allowed_(is_allowed) {}
  // Fails with python.refused, python.missing.
  [[nodiscard]] Result<python::Session*> session();
  // From here on nothing of what was handed in is used any more.
  void end();

 private:
  void watch(const std::stop_token& stop) const;

  python::Settings settings_;
  std::function<bool()> is_over_;
  bool is_allowed_;
  std::mutex mutex_;
  std::shared_ptr<python::Session> session_;
  std::jthread watcher_;
};

// An expression as the interpreter evaluates it, compiled when it is first needed. Any thread.
class PythonTier {
 public:
  // `constants`: the names that are the same in every row; `parameters`: those that have a value for each; `dotted`:
  // maps among these are reached by dots.
  PythonTier(std::shared_ptr<PythonHost> host, std::string text, ValueMap constants,
             std::vector<std::string> parameters, bool dotted = true)
      : host_(std::move(host)),
        text_(std::move(text)),
        constants_(std::move(constants)),
        parameters_(std::move(parameters)),
        dotted_(dotted) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const ValueMap& constants() const { return constants_; }
  [[nodiscard]] const std::vector<std::string>& parameters() const { return parameters_; }
  // Fails with script.* codes.
  [[nodiscard]] Result<const python::Expression*> expression() const;

 private:
  std::shared_ptr<PythonHost> host_;
  std::string text_;
  ValueMap constants_;
  std::vector<std::string> parameters_;
  bool dotted_;
  mutable std::mutex mutex_;
  mutable std::optional<Result<std::shared_ptr<const python::Expression>>> made_;
};

}  // namespace mimus
