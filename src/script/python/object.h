// References to Python's objects, and the lock that every use of them needs.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "data/value.h"
#include "python/api.h"

namespace mimus::python {

// An owned reference, or none. Made, copied and destroyed under the lock.
class Ref {
 public:
  Ref() = default;
  // Takes over a new reference.
  explicit Ref(PyObject* owned) : object_(owned) {}
  [[nodiscard]] static Ref borrowed(PyObject* object) {
    Py_XINCREF(object);
    return Ref(object);
  }
  Ref(const Ref& other) : object_(other.object_) { Py_XINCREF(object_); }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() { Py_XDECREF(object_); }

  [[nodiscard]] PyObject* get() const { return object_; }
  [[nodiscard]] PyObject* release() { return std::exchange(object_, nullptr); }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  PyObject* object_ = nullptr;
};

// The interpreter's lock, for the calling thread, as long as this lives.
class Lock {
 public:
  Lock() : state_(api().PyGILState_Ensure()) {}
  ~Lock() { api().PyGILState_Release(state_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  PyGILState_STATE state_;
};

// An object as a value that only the interpreter knows more of. Takes the lock itself.
class HeldObject final : public Opaque {
 public:
  // Under the lock.
  explicit HeldObject(Ref object);
  ~HeldObject() override;
  [[nodiscard]] PyObject* get() const { return object_.get(); }
  [[nodiscard]] std::string type_name() const override;
  [[nodiscard]] std::string text() const override;
  [[nodiscard]] std::string repr() const override;

 private:
  Ref object_;
};

// The object behind a value, or nullptr; borrowed from the value.
[[nodiscard]] PyObject* object_of(const Value& value);

// A text as UTF-8; empty, with the error cleared, where it cannot be written so. Under the lock.
[[nodiscard]] std::string utf8_of(PyObject* text);
// str() and repr() of an object; what fails in them gives a text that says so. Under the lock.
[[nodiscard]] std::string str_of(PyObject* object);
[[nodiscard]] std::string repr_of(PyObject* object);

}  // namespace mimus::python
