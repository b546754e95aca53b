#include <algorithm>
#include <array>

#include "python/convert.h"
#include "python/draws.h"
#include "python/engine.h"
#include "python/errors.h"
#include "python/session.h"
#include "script/parse.h"

namespace mimus::python {
namespace {

// Names with colons have others in the interpreter.
void rename_names(SequenceSource& source) {
  for (SequenceSource::Part& part : source.parts) {
    part.text = script::python_text(part.text);
    part.name = script::python_name(part.name);
  }
  rename_colons(source.parameters);
  rename_colons(source.constants);
}

}  // namespace

struct Sequence::Functions {
  SequenceSource source;
  Ref constants;
  std::vector<std::pair<std::uint64_t, Ref>> made;

  Ref find(std::uint64_t present) {
    const auto known = std::ranges::find(made, present, &std::pair<std::uint64_t, Ref>::first);
    if (known != made.end()) return known->second;
    ValueList parts;
    for (const auto& part : source.parts) parts.push_back(Value::list({Value(part.text), Value(part.name)}));
    ValueList names;
    for (std::size_t i = 0; i < source.parameters.size(); ++i) {
      if ((present >> i & 1U) != 0) names.emplace_back(source.parameters[i]);
    }
    const std::array<Ref, 3> arguments{to_python(Value::list(std::move(parts))),
                                       to_python(Value::list(std::move(names))), constants};
    Ref function = call("compile_sequence", arguments);
    if (function) made.emplace_back(present, function);
    return function;
  }
};

Sequence::Sequence() : functions_(std::make_unique<Functions>()) {}

Sequence::~Sequence() {
  const Lock lock;
  functions_.reset();
}

Result<std::shared_ptr<const Sequence>> Session::compile(SequenceSource source) {
  if (source.parameters.size() > Expression::kMaxParameters) {
    return fail("script.memory", "expressions of more than 64 names");
  }
  const Lock lock;
  rename_names(source);
  std::shared_ptr<Sequence> out(new Sequence);
  MIMUS_ASSIGN(out->functions_->constants, dict_of(source.constants));
  out->functions_->source = std::move(source);
  return std::shared_ptr<const Sequence>(std::move(out));
}

std::optional<Sequence::PartFailure> Sequence::evaluate(std::span<const Argument> arguments, const Rows& rows,
                                                        std::span<const Stream> streams,
                                                        std::vector<Column>& out) const {
  const std::size_t count = functions_->source.parts.size();
  const Lock lock;
  const Busy evaluating;
  script::Draws draws{streams.front(), {}, 0};
  const DrawScope scope(draws);
  std::vector<Ref> results;
  std::vector<Put> puts(count);
  std::vector<Ref> functions;
  for (std::size_t i = 0; i < count; ++i) {
    results.emplace_back(api().PyList_New(0));
    puts[i] = {results.back().get(), &draws, streams[i + 1 < count ? i + 1 : 0]};
    functions.push_back(put_function(puts[i]));
    if (!results.back() || !functions.back()) return PartFailure{0, {0, take_error()}};
  }
  std::optional<PartFailure> failure;
  for (std::size_t first = 0; first < rows.count && !failure;) {
    const std::uint64_t present = present_in(arguments, first);
    std::size_t end = first + 1;
    while (end < rows.count && present_in(arguments, end) == present) ++end;
    const Ref function = functions_->find(present);
    const Ref iterator = row_iterator(draws, rows, first, end - first);
    std::vector<Ref> lists;
    std::vector<PyObject*> given{iterator.get()};
    for (const Ref& put : functions) given.push_back(put.get());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if ((present >> i & 1U) == 0) continue;
      lists.push_back(to_python_list(*arguments[i], first, end - first, true));
      given.push_back(lists.back().get());
    }
    if (!function || std::ranges::find(given, nullptr) != given.end()) return PartFailure{0, {first, take_error()}};
    const Ref done(api().PyObject_Vectorcall(function.get(), given.data(), given.size(), nullptr));
    if (!done) {
      // The first part that has no result for the row.
      std::size_t part = 0;
      const Py_ssize_t row = PyList_GET_SIZE(results.back().get());
      while (part + 1 < count && PyList_GET_SIZE(results[part].get()) > row) ++part;
      failure = PartFailure{part, {static_cast<std::size_t>(row), take_error()}};
    }
    first = end;
  }
  out.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!failure && to_simple_column(results[i].get(), out[i])) continue;
    std::vector<Value> values(rows.count);
    auto earlier = take_values(results[i].get(), 0, false, values);
    if (earlier && (!failure || earlier->row < failure->failure.row)) failure = PartFailure{i, std::move(*earlier)};
    const auto made = column_of(values);
    out[i] = *made;
    out[i].owner = made;
  }
  return failure;
}

}  // namespace mimus::python
