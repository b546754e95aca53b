#include "python/api.h"

#include <dlfcn.h>

#include <string>

namespace mimus::python {
namespace {

// What the headers are of: another version's interface differs.
constexpr const char* kLibrary = "libpython" MIMUS_PYTHON_VERSION ".so.1.0";

Api& table() {
  static Api loaded;
  return loaded;
}

}  // namespace

const Api& api() { return table(); }

Status load_api() {
  Api& out = table();
  if (out._Py_Dealloc != nullptr) return {};
  // Its extension modules find the interface in the process: they are not linked with the library.
  void* library = dlopen(kLibrary, RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) {
    return fail("python.missing", std::string("the Python interpreter cannot be loaded: ") + dlerror(),
                "install the package libpython" MIMUS_PYTHON_VERSION);
  }
  const char* missing = nullptr;
#define MIMUS_PYTHON_FIND(name)                                           \
  out.name = reinterpret_cast<decltype(out.name)>(dlsym(library, #name)); \
  if (out.name == nullptr) missing = #name;
  MIMUS_PYTHON_API(MIMUS_PYTHON_FIND)
#undef MIMUS_PYTHON_FIND
  if (missing != nullptr) {
    out._Py_Dealloc = nullptr;
    return fail("python.missing", std::string(kLibrary) + " lacks " + missing);
  }
  return {};
}

}  // namespace mimus::python

// What Py_DECREF calls.
extern "C" void _Py_Dealloc(PyObject* object) { mimus::python::api()._Py_Dealloc(object); }
