#include <algorithm>
#include <array>

#include "python/convert.h"
#include "python/draws.h"
#include "python/engine.h"
#include "python/errors.h"
#include "python/session.h"
#include "script/parse.h"

namespace mimus::python {

// A function for each set of parameters that rows have. Used under the lock.
struct Expression::Functions {
  std::string text;
  std::vector<std::string> parameters;
  Ref constants;
  bool dotted = true;
  std::vector<std::pair<std::uint64_t, Ref>> made;

  // The function that evaluates rows which have just these parameters.
  Ref find(std::uint64_t present) {
    const auto known = std::ranges::find(made, present, &std::pair<std::uint64_t, Ref>::first);
    if (known != made.end()) return known->second;
    ValueList names;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if ((present >> i & 1U) != 0) names.emplace_back(parameters[i]);
    }
    const std::array<Ref, 3> arguments{text_object(text), to_python(Value::list(std::move(names))), constants};
    Ref function = call("compile_batch", arguments);
    if (function) made.emplace_back(present, function);
    return function;
  }

  // The results of the rows first … first + count, which all have the parameters `present`, as a list; `lists` are
  // their arguments, from the row `first` on.
  std::optional<RowFailure> run(std::uint64_t present, std::span<const Ref> lists, const Rows& rows, std::size_t first,
                                std::size_t count, const Stream& stream, Ref& values) {
    const Ref function = find(present);
    if (!function) return RowFailure{first, take_error()};
    const Busy evaluating;
    script::Draws draws{stream, {}, 0};
    const DrawScope scope(draws);
    values = Ref(api().PyList_New(0));
    const Ref iterator = row_iterator(draws, rows, first, count);
    if (!values || !iterator) return RowFailure{first, take_error()};
    std::vector<PyObject*> arguments{iterator.get(), values.get()};
    for (const Ref& list : lists) arguments.push_back(list.get());
    const Ref done(api().PyObject_Vectorcall(function.get(), arguments.data(), arguments.size(), nullptr));
    if (done) return std::nullopt;
    return RowFailure{first + static_cast<std::size_t>(PyList_GET_SIZE(values.get())), take_error()};
  }
};

Expression::Expression() : functions_(std::make_unique<Functions>()) {}

Expression::~Expression() {
  const Lock lock;
  functions_.reset();
}

Result<std::shared_ptr<const Expression>> Session::compile(ExpressionSource source) {
  if (source.parameters.size() > Expression::kMaxParameters) {
    return fail("script.memory", "an expression of more than 64 names");
  }
  const Lock lock;
  std::shared_ptr<Expression> out(new Expression);
  Expression::Functions& functions = *out->functions_;
  functions.text = script::python_text(source.text);
  functions.parameters = std::move(source.parameters);
  rename_colons(functions.parameters);
  functions.dotted = source.dotted;
  rename_colons(source.constants);
  MIMUS_ASSIGN(functions.constants, dict_of(source.constants));
  const std::array<Ref, 2> arguments{text_object(functions.text), functions.constants};
  const Ref effect = call("effect_of", arguments);
  if (!effect) return fail(take_error());
  MIMUS_ASSIGN(const Value kind, from_python(effect.get()));
  out->effect_ = static_cast<Effect>(*kind.as_int());
  return std::shared_ptr<const Expression>(std::move(out));
}

std::optional<RowFailure> Expression::evaluate(std::span<const Argument> arguments, const Rows& rows,
                                               std::span<const std::uint8_t> skip, const Stream& stream, bool keep,
                                               Column& out) const {
  const auto is_skipped = [&](std::size_t row) { return !skip.empty() && skip[row] != 0; };
  const Lock lock;
  std::vector<Value> values;
  std::optional<RowFailure> failure;
  std::size_t first = 0;
  while (first < rows.count && !failure) {
    if (is_skipped(first)) {
      ++first;
      continue;
    }
    const std::uint64_t present = present_in(arguments, first);
    std::size_t end = first + 1;
    while (end < rows.count && !is_skipped(end) && present_in(arguments, end) == present) ++end;
    std::vector<Ref> lists;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if ((present >> i & 1U) == 0) continue;
      lists.push_back(to_python_list(*arguments[i], first, end - first, functions_->dotted));
      if (!lists.back()) return RowFailure{first, take_error()};
    }
    Ref results;
    failure = functions_->run(present, lists, rows, first, end - first, stream, results);
    if (!results) return failure;
    // Most often all rows are alike, and so are their values.
    if (!failure && end - first == rows.count && !keep && to_simple_column(results.get(), out)) return std::nullopt;
    values.resize(rows.count);
    if (auto earlier = take_values(results.get(), first, keep, values)) failure = std::move(earlier);
    first = end;
  }
  values.resize(rows.count);
  const auto made = column_of(values);
  out = *made;
  out.owner = made;
  return failure;
}

Result<Value> Expression::evaluate(std::span<const Value* const> arguments, Row row, const Stream& stream,
                                   bool keep) const {
  const Lock lock;
  std::uint64_t present = 0;
  std::vector<Ref> lists;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == nullptr) continue;
    present |= std::uint64_t{1} << i;
    Ref list(api().PyList_New(1));
    Ref item = !list ? Ref() : functions_->dotted ? to_python_name(*arguments[i]) : to_python(*arguments[i]);
    if (!item) return fail(take_error());
    PyList_SET_ITEM(list.get(), 0, item.release());
    lists.push_back(std::move(list));
  }
  const Rows rows{.first = row.root, .count = 1, .roots = &row.root, .ordinals = &row.ordinal};
  Ref results;
  if (auto failure = functions_->run(present, lists, rows, 0, 1, stream, results)) {
    return fail(std::move(failure->finding));
  }
  std::vector<Value> out(1);
  if (auto failure = take_values(results.get(), 0, keep, out)) return fail(std::move(failure->finding));
  return std::move(out[0]);
}

}  // namespace mimus::python
