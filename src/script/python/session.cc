#include "python/session.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>

#include "python/convert.h"
#include "python/draws.h"
#include "python/errors.h"
#include "python/library.h"
#include "python/object.h"
#include "python/types.h"
#include "script/parse.h"

namespace mimus::python {
namespace {

Types found_types;

Status not_started(const std::string& what) {
  return fail("python.missing", "the Python interpreter does not start: " + what,
              "install the package libpython" MIMUS_PYTHON_VERSION "-stdlib");
}

// No environment, no user's packages, the same order of sets in every process.
Status initialize(const std::string& timezone) {
  const Api& python = api();
  setenv("TZ", timezone.c_str(), 1);
  PyConfig config;
  python.PyConfig_InitIsolatedConfig(&config);
  config.site_import = 0;
  config.write_bytecode = 0;
  config.install_signal_handlers = 0;
  config.use_hash_seed = 1;
  config.hash_seed = 0;
  PyStatus status = python.PyConfig_SetBytesString(&config, &config.home, "/usr");
  if (python.PyStatus_Exception(status) == 0) status = python.Py_InitializeFromConfig(&config);
  python.PyConfig_Clear(&config);
  if (python.PyStatus_Exception(status) != 0) return not_started(status.err_msg == nullptr ? "" : status.err_msg);
  return {};
}

// A file of Python's side as a module.
Result<Ref> load_module(const char* name, const char* file) {
  const std::string source(asset(file));
  PyObject* module = api().PyImport_AddModule(name);  // borrowed
  if (module == nullptr) return fail(take_error());
  PyObject* names = api().PyModule_GetDict(module);
  const Ref builtins(api().PyImport_ImportModule("builtins"));
  api().PyDict_SetItemString(names, "__builtins__", builtins.get());
  const Ref code(api().Py_CompileStringExFlags(source.c_str(), file, Py_file_input, nullptr, -1));
  const Ref done(code ? api().PyEval_EvalCode(code.get(), names, names) : nullptr);
  if (!done) {
    if (types().engine != nullptr) return fail(take_error());
    api().PyErr_Clear();
    return fail("python.missing", std::string("the interpreter cannot run '") + file + "'");
  }
  return Ref::borrowed(module);
}

// Methods of types that cannot be assigned to: (type, name, what takes its place).
Status replace_methods(PyObject* prelude) {
  const Ref replaced(api().PyObject_GetAttrString(prelude, "REPLACED"));
  if (!replaced) return not_started("no clock");
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(replaced.get()); ++i) {
    PyObject* entry = PyTuple_GET_ITEM(replaced.get(), i);
    auto* type = reinterpret_cast<PyTypeObject*>(PyTuple_GET_ITEM(entry, 0));
    if (api().PyDict_SetItem(type->tp_dict, PyTuple_GET_ITEM(entry, 1), PyTuple_GET_ITEM(entry, 2)) != 0)
      return not_started("no clock");
    api().PyType_Modified(type);
  }
  return {};
}

Status start_interpreter(const std::string& timezone) {
  MIMUS_TRY(load_api());
  MIMUS_TRY(initialize(timezone));
  // From here on the thread holds the lock; it is given up at the end.
  Status status = [] -> Status {
    MIMUS_TRY(make_engine_module());
    MIMUS_ASSIGN(const Ref faker, load_module("faker", "faker.py"));
    MIMUS_ASSIGN(const Ref prelude, load_module("mimus_prelude", "prelude.py"));
    MIMUS_TRY(replace_methods(prelude.get()));
    return find_types(prelude.get());
  }();
  api().PyEval_SaveThread();
  return status;
}

// Once a process: the interpreter cannot be ended and started anew.
Status interpreter(const std::string& timezone) {
  static std::once_flag once;
  static Status status;
  std::call_once(once, [&] { status = start_interpreter(timezone); });
  return status;
}

Ref call(const char* function, std::span<const Ref> arguments) {
  const Ref callee(api().PyObject_GetAttrString(types().engine, function));
  if (!callee) return {};
  std::vector<PyObject*> given;
  for (const Ref& argument : arguments) {
    if (!argument) return {};
    given.push_back(argument.get());
  }
  return Ref(api().PyObject_Vectorcall(callee.get(), given.data(), given.size(), nullptr));
}

Ref text_object(std::string_view text) { return to_python(Value(std::string(text))); }

Result<Ref> dict_of(const ValueMap& entries) {
  Ref out(api().PyDict_New());
  for (const auto& [name, value] : entries) {
    const Ref made = to_python_name(value);
    if (!made || api().PyDict_SetItemString(out.get(), name.c_str(), made.get()) != 0) return fail(take_error());
  }
  return out;
}

}  // namespace

const Types& types() { return found_types; }

Status find_types(PyObject* prelude) {
  const Ref builtins(api().PyImport_ImportModule("builtins"));
  if (!builtins) return not_started("no builtins");
  // They live as long as the interpreter, so that borrowed references do.
  const auto find = [](PyObject* module, const char* name) { return api().PyObject_GetAttrString(module, name); };
  Types out;
  out.engine = prelude;
  Py_INCREF(prelude);
  out.none = api().Py_BuildValue("");
  out.bool_type = find(builtins.get(), "bool");
  out.int_type = find(builtins.get(), "int");
  out.float_type = find(builtins.get(), "float");
  out.str_type = find(builtins.get(), "str");
  out.bytes_type = find(builtins.get(), "bytes");
  out.list_type = find(builtins.get(), "list");
  out.tuple_type = find(builtins.get(), "tuple");
  out.set_type = find(builtins.get(), "set");
  out.frozenset_type = find(builtins.get(), "frozenset");
  out.dict_type = find(builtins.get(), "dict");
  out.uuid_type = find(prelude, "UUID");
  out.dotable = find(prelude, "Dotable");
  out.dates = static_cast<PyDateTime_CAPI*>(api().PyCapsule_Import(PyDateTime_CAPSULE_NAME, 0));
  if (out.dotable == nullptr || out.uuid_type == nullptr || out.dates == nullptr) return not_started("no types");
  found_types = out;
  return {};
}

std::vector<std::string> library_folders() {
  std::vector<std::string> out;
  for (const char* folder :
       {"/usr/lib/python" MIMUS_PYTHON_VERSION, "/usr/lib/python3/dist-packages",
        "/usr/local/lib/python" MIMUS_PYTHON_VERSION "/dist-packages", "/usr/lib/" MIMUS_LIBRARY_FOLDER}) {
    if (::access(folder, R_OK) == 0) out.emplace_back(folder);
  }
  return out;
}

Result<std::shared_ptr<Session>> Session::start(const Settings& settings) {
  MIMUS_TRY(interpreter(settings.timezone));
  set_clock(settings.now);
  set_default_draws(settings.stream);
  const Lock lock;
  set_printer(settings.print);
  ValueMap variables;
  for (const auto& [name, value] : settings.variables) variables.emplace_back(name, Value(value));
  const std::array<Ref, 1> arguments{to_python(Value::map(std::move(variables)))};
  if (!call("begin", arguments)) return fail(take_error());
  return std::make_shared<Session>();
}

namespace {

// The threads that evaluate something, by Python's names for them. Under the lock.
std::vector<unsigned long> busy;

class Busy {
 public:
  Busy() { busy.push_back(pthread_self()); }
  ~Busy() { busy.erase(std::ranges::find(busy, pthread_self())); }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
};

}  // namespace

void Session::silence() {
  const Lock lock;
  set_printer([](std::string_view) {});
}

void Session::interrupt() {
  const Lock lock;
  const Ref limit(api().PyObject_GetAttrString(types().engine, "_TimeLimit"));
  for (const unsigned long thread : busy) api().PyThreadState_SetAsyncExc(thread, limit.get());
}

Result<ValueMap> Session::execute(const std::string& text, const std::string& file, const ValueMap& names,
                                  const Stream& stream) {
  const Lock lock;
  const Busy evaluating;
  script::Draws draws{stream, {}, 0};
  const DrawScope scope(draws);
  MIMUS_ASSIGN(Ref known, dict_of(names));
  const std::array<Ref, 3> arguments{text_object(text), text_object(file), std::move(known)};
  const Ref made = call("execute", arguments);
  if (!made) return fail(take_error());
  ValueMap out;
  Py_ssize_t at = 0;
  PyObject* key = nullptr;
  PyObject* object = nullptr;
  while (api().PyDict_Next(made.get(), &at, &key, &object) != 0) {
    MIMUS_ASSIGN(Value value, from_python(object, true));
    out.emplace_back(utf8_of(key), std::move(value));
  }
  return out;
}

Result<std::vector<std::string>> Session::defined_names(const std::string& text, const std::string& file) {
  const Lock lock;
  const std::array<Ref, 2> arguments{text_object(text), text_object(file)};
  const Ref names = call("defined_names", arguments);
  if (!names) return fail(take_error());
  std::vector<std::string> out;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names.get()); ++i) out.push_back(utf8_of(PyList_GET_ITEM(names.get(), i)));
  return out;
}

Result<bool> Session::is_kept(const Value& component) {
  const Lock lock;
  const std::array<Ref, 1> arguments{to_python(component)};
  const Ref kept = call("is_kept", arguments);
  if (!kept) return fail(take_error());
  return api().PyObject_IsTrue(kept.get()) == 1;
}

Result<Value> Session::hold(const Value& value) {
  const Lock lock;
  const Ref made = to_python(value);
  if (!made) return fail(take_error());
  return from_python(made.get(), true);
}

namespace {

// A function, a class or a module is no value: most often its parentheses are missing.
bool is_function(PyObject* object) {
  const std::string_view type = Py_TYPE(object)->tp_name;
  return PyType_Check(object) || type == "function" || type == "builtin_function_or_method" || type == "method" ||
         type == "module" || type == "method_descriptor";
}

Diagnostic no_value(PyObject* object) {
  const std::string_view kind = PyType_Check(object) ? "class" : Py_TYPE(object)->tp_name;
  return {.code = "script.type",
          .message = "the expression gives a " + std::string(kind) + ", not a value",
          .hint = "a call needs '()'"};
}

}  // namespace

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

namespace {

// The values of a list, from the row `first` on.
std::optional<RowFailure> take_values(PyObject* list, std::size_t first, bool keep, std::vector<Value>& out) {
  const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list));
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (is_function(object)) return RowFailure{first + k, no_value(object)};
    auto value = from_python(object, keep);
    if (!value) return RowFailure{first + k, std::move(value).error()};
    out[first + k] = std::move(*value);
  }
  return std::nullopt;
}

}  // namespace

Expression::Expression() : functions_(std::make_unique<Functions>()) {}

Expression::~Expression() {
  const Lock lock;
  functions_.reset();
}

namespace {

void rename_colons(std::vector<std::string>& names) {
  for (std::string& name : names) name = script::python_name(name);
}

void rename_colons(ValueMap& constants) {
  for (auto& [name, value] : constants) name = script::python_name(name);
}

// Names with colons have others in the interpreter.
void rename_colons(SequenceSource& source) {
  for (SequenceSource::Part& part : source.parts) {
    part.text = script::python_text(part.text);
    part.name = script::python_name(part.name);
  }
  rename_colons(source.parameters);
  rename_colons(source.constants);
}

}  // namespace

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
  const auto present_at = [&](std::size_t row) {
    std::uint64_t present = 0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (row < arguments[i]->size && arguments[i]->is_present(row)) present |= std::uint64_t{1} << i;
    }
    return present;
  };
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
    const std::uint64_t present = present_at(first);
    std::size_t end = first + 1;
    while (end < rows.count && !is_skipped(end) && present_at(end) == present) ++end;
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

// ---- several expressions a row

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
  rename_colons(source);
  std::shared_ptr<Sequence> out(new Sequence);
  MIMUS_ASSIGN(out->functions_->constants, dict_of(source.constants));
  out->functions_->source = std::move(source);
  return std::shared_ptr<const Sequence>(std::move(out));
}

std::optional<Sequence::PartFailure> Sequence::evaluate(std::span<const Argument> arguments, const Rows& rows,
                                                        std::span<const Stream> streams,
                                                        std::vector<Column>& out) const {
  const std::size_t count = functions_->source.parts.size();
  const auto present_at = [&](std::size_t row) {
    std::uint64_t present = 0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (row < arguments[i]->size && arguments[i]->is_present(row)) present |= std::uint64_t{1} << i;
    }
    return present;
  };
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
    const std::uint64_t present = present_at(first);
    std::size_t end = first + 1;
    while (end < rows.count && present_at(end) == present) ++end;
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
