#include "python/draws.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <string>
#include <utility>

#include "python/faker.h"

namespace mimus::python {
namespace {

thread_local script::Draws* current = nullptr;
script::Draws fallback{};  // under the lock
std::atomic<std::int64_t> clock_micros = 0;
std::function<void(std::string_view)> printer;  // under the lock

std::uint64_t next_draw() { return current == nullptr ? fallback.draw() : current->draw(); }

PyObject* draw(PyObject*, PyObject*) { return api().PyLong_FromUnsignedLongLong(next_draw()); }

PyObject* unit_draw(PyObject*, PyObject*) { return api().PyFloat_FromDouble(unit(next_draw())); }

PyObject* bounded_draw(PyObject*, PyObject* most) {
  int overflow = 0;
  const long long count = api().PyLong_AsLongLongAndOverflow(most, &overflow);
  if (overflow != 0 || count <= 0) {
    if (api().PyErr_Occurred() == nullptr) {
      Ref builtins(api().PyImport_ImportModule("builtins"));
      const Ref error(builtins ? api().PyObject_GetAttrString(builtins.get(), "ValueError") : nullptr);
      if (error) api().PyErr_SetString(error.get(), "bounded() needs a positive number of 63 bits");
    }
    return nullptr;
  }
  return api().PyLong_FromUnsignedLongLong(bounded(next_draw(), static_cast<std::uint64_t>(count)));
}

PyObject* write(PyObject*, PyObject* text) {
  const std::string lines = utf8_of(text);
  if (printer) {
    printer(lines);
  } else {
    std::fwrite(lines.data(), 1, lines.size(), stdout);
  }
  return api().Py_BuildValue("");
}

PyObject* now(PyObject*, PyObject*) { return api().PyLong_FromLongLong(clock_micros); }

PyObject* fake(PyObject*, PyObject* const* arguments, Py_ssize_t count) {
  return call_faker_method(arguments, count, Timestamp{clock_micros}, current == nullptr ? fallback : *current);
}

// A function that takes an array of arguments: the flags of its entry say so.
PyCFunction fast(PyObject* (*function)(PyObject*, PyObject* const*, Py_ssize_t)) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

std::array<PyMethodDef, 7> methods{{{"fake", fast(fake), METH_FASTCALL, "What a method of Faker gives."},
                                    {"draw", draw, METH_NOARGS, "64 random bits."},
                                    {"unit", unit_draw, METH_NOARGS, "A float in [0, 1)."},
                                    {"bounded", bounded_draw, METH_O, "A whole number below n."},
                                    {"now", now, METH_NOARGS, "The run's clock, in microseconds since 1970."},
                                    {"write", write, METH_O, "Takes lines for the run's console."},
                                    {nullptr, nullptr, 0, nullptr}}};

// ---- the iterator over rows

struct RowIterator {
  PyObject_HEAD script::Draws* draws;
  const Rows* rows;
  std::size_t at, end;
  PyObject* none;
};

PyObject* next_row(PyObject* self) {
  auto* own = reinterpret_cast<RowIterator*>(self);
  if (own->at >= own->end) return nullptr;
  own->draws->row = (*own->rows)[own->at++];
  own->draws->next = 0;
  Py_INCREF(own->none);
  return own->none;
}

PyObject* self_iterator(PyObject* self) {
  Py_INCREF(self);
  return self;
}

PyObject* iterator_type = nullptr;

Status make_iterator_type() {
  static std::array<PyType_Slot, 3> slots{{{Py_tp_iter, reinterpret_cast<void*>(self_iterator)},
                                           {Py_tp_iternext, reinterpret_cast<void*>(next_row)},
                                           {0, nullptr}}};
  static PyType_Spec spec{"_mimus.Rows", sizeof(RowIterator), 0, Py_TPFLAGS_DEFAULT, slots.data()};
  iterator_type = api().PyType_FromSpec(&spec);
  if (iterator_type == nullptr) return fail("python.missing", "the interpreter's type of rows cannot be made");
  return {};
}

}  // namespace

namespace {

PyObject* put_result(PyObject* self, PyObject* result) {
  const auto* put = static_cast<const Put*>(api().PyCapsule_GetPointer(self, nullptr));
  if (put == nullptr || api().PyList_Append(put->list, result) != 0) return nullptr;
  put->draws->stream = put->then;
  put->draws->next = 0;
  Py_INCREF(put->list);
  return put->list;
}

PyMethodDef put_method{"put", put_result, METH_O, "Takes the result of an expression."};

}  // namespace

Ref put_function(Put& put) {
  const Ref self(api().PyCapsule_New(&put, nullptr, nullptr));
  return self ? Ref(api().PyCMethod_New(&put_method, self.get(), nullptr, nullptr)) : Ref();
}

DrawScope::DrawScope(script::Draws& draws) : before_(current) { current = &draws; }
DrawScope::~DrawScope() { current = before_; }

Ref row_iterator(script::Draws& draws, const Rows& rows, std::size_t first, std::size_t count) {
  auto* type = reinterpret_cast<PyTypeObject*>(iterator_type);
  Ref made(type->tp_alloc(type, 0));
  if (!made) return made;
  auto* own = reinterpret_cast<RowIterator*>(made.get());
  own->draws = &draws;
  own->rows = &rows;
  own->at = first;
  own->end = first + count;
  own->none = api().Py_BuildValue("");
  Py_DECREF(own->none);  // None lives as long as the interpreter
  return made;
}

void set_printer(std::function<void(std::string_view)> print) { printer = std::move(print); }
void set_clock(Timestamp time) { clock_micros = time.micros; }
void set_default_draws(const Stream& stream) { fallback = {stream, {}, 0}; }

Status make_engine_module() {
  const Ref name(api().Py_BuildValue("s", "_mimus"));
  Ref module(name ? api().PyModule_NewObject(name.get()) : nullptr);
  PyObject* modules = api().PyImport_GetModuleDict();
  if (!module || api().PyModule_AddFunctions(module.get(), methods.data()) != 0 ||
      api().PyDict_SetItemString(modules, "_mimus", module.get()) != 0) {
    return fail("python.missing", "the interpreter's module of the engine cannot be made");
  }
  return make_iterator_type();
}

}  // namespace mimus::python
