#include "python/object.h"

namespace mimus::python {

HeldObject::HeldObject(Ref object) : object_(std::move(object)) {}

HeldObject::~HeldObject() {
  const Lock lock;
  object_ = Ref();
}

std::string HeldObject::type_name() const { return Py_TYPE(object_.get())->tp_name; }

std::string HeldObject::text() const {
  const Lock lock;
  return str_of(object_.get());
}

std::string HeldObject::repr() const {
  const Lock lock;
  return repr_of(object_.get());
}

PyObject* object_of(const Value& value) {
  const auto* held = dynamic_cast<const HeldObject*>(value.as_opaque());
  return held == nullptr ? nullptr : held->get();
}

std::string utf8_of(PyObject* text) {
  Py_ssize_t size = 0;
  const char* bytes = text == nullptr ? nullptr : api().PyUnicode_AsUTF8AndSize(text, &size);
  if (bytes == nullptr) {
    api().PyErr_Clear();
    return {};
  }
  return {bytes, static_cast<std::size_t>(size)};
}

namespace {

std::string shown(const Ref& text, PyObject* object) {
  if (text) return utf8_of(text.get());
  api().PyErr_Clear();
  return "<" + std::string(Py_TYPE(object)->tp_name) + " without a text>";
}

}  // namespace

std::string str_of(PyObject* object) { return shown(Ref(api().PyObject_Str(object)), object); }
std::string repr_of(PyObject* object) { return shown(Ref(api().PyObject_Repr(object)), object); }

}  // namespace mimus::python
