// One expression on single values: the form that is always right. The engine's columns come to it for what has no
// kernel.
//
// Pure as long as the names are; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "random/philox.h"
#include "script/ast.h"
#include "script/call.h"

namespace mimus::script {

// Where the names of an expression get their values.
class Names {
 public:
  virtual ~Names() = default;
  // nullopt: there is no such name.
  [[nodiscard]] virtual std::optional<Value> find(std::string_view name) const = 0;
  // Of a lambda or a comprehension: a map that it holds is a plain one.
  [[nodiscard]] virtual bool is_local(std::string_view) const { return false; }
};

struct Scope {
  const Names& names;
  Timestamp now;       // the run's clock
  Stream stream = {};  // what random functions draw from: the k-th call of an evaluation takes the k-th draw of the row
  Row row = {};
  FakerMethods fake = nullptr;  // nullptr: `fake` is not known
};

// The value, with maps as plain maps. Failures carry the offset and length of the part that failed in `where.column`
// and `where.length`.
[[nodiscard]] Result<Value> evaluate(const Node& node, const Scope& scope);

// Visits the names that an expression takes from outside (no parameters, no loop variables), each place once.
void collect_names(const Node& node, std::vector<std::string>& names);

}  // namespace mimus::script
