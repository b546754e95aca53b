// Calls of Python's side (library/*.py), and the batches that they are called with. All under the lock.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/failure.h"
#include "data/value.h"
#include "python/object.h"
#include "python/session.h"

namespace mimus::python {

// The result of a function of prelude.py; none, with Python's error set, when it or an argument fails.
[[nodiscard]] Ref call(const char* function, std::span<const Ref> arguments);

[[nodiscard]] Ref text_object(std::string_view text);
// Names as expressions hold them.
[[nodiscard]] Result<Ref> dict_of(const ValueMap& entries);

// Names with colons have others in the interpreter.
void rename_colons(std::vector<std::string>& names);
void rename_colons(ValueMap& constants);

// Which arguments a row has, a bit each.
[[nodiscard]] std::uint64_t present_in(std::span<const Argument> arguments, std::size_t row);

// The values of a list, from the row `first` on. `keep`: as from_python() has it.
[[nodiscard]] std::optional<RowFailure> take_values(PyObject* list, std::size_t first, bool keep,
                                                    std::vector<Value>& out);

// While it lives, interrupt_busy() ends what the calling thread does.
class Busy {
 public:
  Busy();
  ~Busy();
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
};
void interrupt_busy();

}  // namespace mimus::python
