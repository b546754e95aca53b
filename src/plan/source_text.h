// The texts of scripted sources (`sourceScripted`): a text in braces is an expression whose value takes its place, with
// its type; others may hold variables between marks, as `string` has them. Only texts that came from the source are
// looked at, never values that were made of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/expression.h"
#include "random/philox.h"

namespace mimus {

// One text, compiled.
struct CompiledText {
  std::optional<Value> constant;        // known already; or
  std::optional<ExpressionPlan> whole;  // the inside of the braces; or
  TextPlan text;
  bool draws = false;  // it may hold random functions
};

// What the texts of one source may name at one place. Immutable; may be used by many threads.
class TextScope {
 public:
  // All names are kept as they are now, since descriptors that a generate includes may change those of the setup.
  // `source` is the attribute that names the source: for messages. `stream` is what random functions in the texts draw
  // from.
  TextScope(const NameScope& names, const AttributeText& source, TextMarks marks, Stream stream);
  TextScope(const TextScope&) = delete;
  TextScope& operator=(const TextScope&) = delete;

  // False for texts that stay as they are, by a look at their marks.
  [[nodiscard]] bool is_scripted(std::string_view text) const;
  // The same for what a value holds. Lists in lists count too: they are joined to the list around them.
  [[nodiscard]] bool is_scripted(const Value& value) const;

  // Fails with script.syntax, at the attribute.
  [[nodiscard]] Result<CompiledText> compile(const std::string& text) const;
  // The stream of one place in the rows: "price", "lines/0/price".
  [[nodiscard]] Stream stream_at(std::string_view path) const { return stream_.sub(path); }
  // A failure of an expression in a text, at the attribute.
  [[nodiscard]] Diagnostic located(Diagnostic cause) const;

 private:
  std::vector<OpenLevel> levels_;
  std::vector<ShapePlan> shapes_;
  SharedScope shared_;  // no more of it than names need
  SetupScope setup_;
  AttributeText source_;
  TextMarks marks_;
  Stream stream_;
};

// What stands for a text at a place in its row.
using TextValue = std::function<Result<Value>(const std::string& text, const std::string& path)>;

// The value with its scripted texts replaced; `path` is where it stands in its row.
[[nodiscard]] Result<Value> fill_in(const Value& value, const TextScope& scope, const std::string& path,
                                    const TextValue& value_of);

// The same by the names of the setup alone.
[[nodiscard]] Result<Value> fill_in_setup(const Value& value, const TextScope& scope);

}  // namespace mimus
