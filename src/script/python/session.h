// Session: Python for one run. The interpreter is loaded when the first one starts, and stays in the process; what
// executed files define belongs to the session.
//
// Thread-safe as far as members say so: the interpreter's own lock lets one thread at a time work in it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/column.h"
#include "data/failure.h"
#include "data/value.h"
#include "random/philox.h"

namespace mimus::python {

// What an expression does beside giving a value.
enum class Effect : std::uint8_t {
  Pure,    // nothing, and nothing that others do changes it
  Reads,   // depends on objects that others may change
  Writes,  // may change what others depend on
};

// An expression with the names that it takes from outside.
struct ExpressionSource {
  std::string_view text;
  ValueMap constants;                   // the same in every row
  std::vector<std::string> parameters;  // a value for each row
  bool dotted = true;                   // parameters that are maps are reached by dots, as names are
};

// An argument of an expression: a value for each row of a batch; absent where a row has no such name.
using Argument = const Column*;

// Compiled. Immutable; any thread.
class Expression {
 public:
  ~Expression();
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;

  [[nodiscard]] Effect effect() const { return effect_; }
  // At most so many parameters.
  static constexpr std::size_t kMaxParameters = 64;

  // The values for the rows of a batch, one after the other. `skip`: rows that are left out (null in the result);
  // may be empty. When a row fails, those before it are right. `keep`: containers are held as objects.
  [[nodiscard]] std::optional<RowFailure> evaluate(std::span<const Argument> arguments, const Rows& rows,
                                                   std::span<const std::uint8_t> skip, const Stream& stream, bool keep,
                                                   Column& out) const;
  // For one row.
  [[nodiscard]] Result<Value> evaluate(std::span<const Value* const> arguments, Row row, const Stream& stream,
                                       bool keep) const;

 private:
  friend class Session;
  Expression();
  struct Functions;
  std::unique_ptr<Functions> functions_;
  Effect effect_ = Effect::Writes;
};

// Expressions that share state: all of them in one row, one after the other, then in the next row.
struct SequenceSource {
  struct Part {
    std::string text;
    std::string name;  // by which later parts know its result; empty: none does
  };
  std::vector<Part> parts;
  ValueMap constants;
  std::vector<std::string> parameters;
};

// Compiled. Immutable; one thread at a time.
class Sequence {
 public:
  ~Sequence();
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;

  struct PartFailure {
    std::size_t part = 0;
    RowFailure failure;
  };
  // The results of each part for the rows of a batch, and where the first one failed: the columns hold those before.
  // `streams`: of each part.
  [[nodiscard]] std::optional<PartFailure> evaluate(std::span<const Argument> arguments, const Rows& rows,
                                                    std::span<const Stream> streams, std::vector<Column>& out) const;

 private:
  friend class Session;
  Sequence();
  struct Functions;
  std::unique_ptr<Functions> functions_;
};

struct Settings {
  Timestamp now;
  Stream stream;                                                    // of draws at the top level of executed files
  std::vector<std::pair<std::string, std::string>> variables = {};  // of the environment, beside the process's own
  // Of times without one, as timestamp() takes them; that of the process's first session counts.
  std::string timezone = "UTC";
  std::function<void(std::string_view)> print = {};  // takes whole lines of what is printed; empty: stdout
};

// The folders that the interpreter reads: itself, its modules and those installed beside them. Only those that exist.
[[nodiscard]] std::vector<std::string> library_folders();

class Session {
 public:
  // Fails with python.missing.
  [[nodiscard]] static Result<std::shared_ptr<Session>> start(const Settings& settings);

  // Runs a file's text; its new and changed names, as objects that are shared with it. `file` is for messages.
  // Fails with script.* codes and the place in the file.
  [[nodiscard]] Result<ValueMap> execute(const std::string& text, const std::string& file, const ValueMap& names,
                                         const Stream& stream);

  // Nothing is printed from here on.
  static void silence();

  // Ends what threads are evaluating at the moment, with script.time. Any thread.
  static void interrupt();

  // The names that a file defines at its top level, as far as they can be told without running it.
  [[nodiscard]] Result<std::vector<std::string>> defined_names(const std::string& text, const std::string& file);

  // Whether a component serves all records of a run; else every generate makes its own.
  [[nodiscard]] Result<bool> is_kept(const Value& component);

  // A list, set or dict as an object that expressions may change; other values as they are. Any thread.
  [[nodiscard]] static Result<Value> hold(const Value& value);

  // Any thread.
  [[nodiscard]] Result<std::shared_ptr<const Expression>> compile(ExpressionSource source);
  [[nodiscard]] Result<std::shared_ptr<const Sequence>> compile(SequenceSource source);
};

}  // namespace mimus::python
