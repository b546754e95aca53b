#include "python/interpreter.h"

#include <cstdlib>
#include <mutex>

#include "python/draws.h"
#include "python/errors.h"
#include "python/library.h"
#include "python/object.h"
#include "python/types.h"

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
    // Each imports those before it.
    for (const auto& [name, file] : {std::pair{"faker", "faker.py"},
                                     {"mimus_draws", "draws.py"},
                                     {"mimus_components", "components.py"},
                                     {"mimus_names", "names.py"},
                                     {"mimus_effects", "effects.py"}}) {
      MIMUS_TRY(load_module(name, file));
    }
    MIMUS_ASSIGN(const Ref prelude, load_module("mimus_prelude", "prelude.py"));
    MIMUS_TRY(replace_methods(prelude.get()));
    return find_types(prelude.get());
  }();
  api().PyEval_SaveThread();
  return status;
}

}  // namespace

// Once a process: the interpreter cannot be ended and started anew.
Status start_interpreter_once(const std::string& timezone) {
  static std::once_flag once;
  static Status status;
  std::call_once(once, [&] { status = start_interpreter(timezone); });
  return status;
}

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

}  // namespace mimus::python
