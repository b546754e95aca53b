// Calls in expressions: builtin functions, functions of modules, methods of values. Pure but for the clock that is
// handed in; thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "data/value.h"
#include "random/philox.h"

namespace mimus::script {

struct CallArguments {
  ValueList positional;
  ValueMap named;

  [[nodiscard]] std::size_t size() const { return positional.size() + named.size(); }
  // The argument at a place or of a name; nullptr when it is not given.
  [[nodiscard]] const Value* get(std::size_t place, std::string_view name) const {
    if (place < positional.size()) return &positional[place];
    return find(named, name);
  }
};

// Fails with script.type when there are fewer or more arguments than that.
[[nodiscard]] Status check_count(const CallArguments& arguments, std::size_t least, std::size_t most,
                                 std::string_view function);

// Fails with script.type when an argument has a name that is not among `names` (words; "*": the function looks itself),
// or when fewer than `least` have none and the first may not be given by its name.
[[nodiscard]] Status check_names(const CallArguments& arguments, std::size_t least, std::string_view names,
                                 bool first_by_name, std::string_view function);

// The value of a name of a module that is no function: math.pi. nullopt: no such name.
[[nodiscard]] std::optional<Value> module_constant(std::string_view path);

// Whether a dotted path names a function that call_function() knows: "len", "datetime.timedelta", "math.floor".
[[nodiscard]] bool is_function(std::string_view path);
// Names that begin a path of a function: "len", "math", "datetime" …
[[nodiscard]] bool is_function_root(std::string_view name);

// Names that only the interpreter knows: builtin functions, types and exceptions of Python that have no kernel here.
[[nodiscard]] bool is_python_name(std::string_view name);

// The draws of one evaluation of an expression, in the order of the calls.
struct Draws {
  Stream stream;
  Row row;
  std::uint32_t next = 0;
  [[nodiscard]] std::uint64_t draw() { return stream.draw(row, next++); }
};

// A call of a method of `fake`, or of a Faker of another locale.
struct FakerCall {
  std::string_view method;
  const CallArguments& arguments;
  std::string_view locale = "en_US";
  std::string_view seed = {};  // another one gives other values
};
// What gives its value, handed in by the rooms that know the methods. Pure but for `draws`; any thread.
using FakerMethods = Result<Value> (*)(const FakerCall& call, Timestamp now, Draws& draws);

// `now`: the run's clock. Fails with script.not_covered for functions that need an interpreter.
[[nodiscard]] Result<Value> call_function(std::string_view path, const CallArguments& arguments, Timestamp now,
                                          Draws& draws);

[[nodiscard]] Result<Value> call_method(const Value& self, std::string_view name, const CallArguments& arguments);
// A method's name on values of any type, so that value.name without a call can be told from an attribute.
[[nodiscard]] bool is_method(const Value& self, std::string_view name);

}  // namespace mimus::script
