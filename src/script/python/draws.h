// The module _mimus: what the engine gives to Python's side. Random draws come from the stream of the statement and the
// row under way, the clock is the run's.
//
//   draw()      64 random bits          unit()      a float in [0, 1)
//   bounded(n)  a whole number below n  now()       microseconds since 1970, UTC
//   write(text) to the run's console
//   fake(locale, seed, method, positional, named)  what a method of Faker gives
#pragma once

#include <functional>
#include <string_view>

#include "base/time.h"
#include "python/object.h"
#include "random/philox.h"
#include "script/call.h"

namespace mimus::python {

// While it lives, the calling thread's draws come from `draws`.
class DrawScope {
 public:
  explicit DrawScope(script::Draws& draws);
  ~DrawScope();
  DrawScope(const DrawScope&) = delete;
  DrawScope& operator=(const DrawScope&) = delete;

 private:
  script::Draws* before_;
};

// An iterator over the rows of a batch, each of which begins its draws. Gives None each time. `draws` and `rows` are
// borrowed. Under the lock.
[[nodiscard]] Ref row_iterator(script::Draws& draws, const Rows& rows, std::size_t first, std::size_t count);

// Takes the result of one of several expressions of a row: appends it to the list, and lets the next one draw from a
// stream of its own.
struct Put {
  PyObject* list = nullptr;
  script::Draws* draws = nullptr;
  Stream then;
};
// A function that does it; `put` is borrowed. Under the lock.
[[nodiscard]] Ref put_function(Put& put);

void set_clock(Timestamp now);
// Takes what print() writes, whole lines; empty: stdout. Called under the lock.
void set_printer(std::function<void(std::string_view)> print);
// What draws come from where no statement is under way: the top level of executed files.
void set_default_draws(const Stream& stream);

// Makes the module. Under the lock; fails with python.missing.
[[nodiscard]] Status make_engine_module();

}  // namespace mimus::python
