#include "python/convert.h"

#include <cstring>
#include <string>

#include "base/time.h"
#include "python/types.h"

namespace mimus::python {
namespace {

constexpr int kDeepest = 200;

Ref text_object(std::string_view text) {
  return Ref(api().PyUnicode_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size())));
}

Ref none() { return Ref::borrowed(types().none); }

Ref datetime_object(Timestamp time) {
  const Civil c = civil_from(time);
  const PyDateTime_CAPI& dates = *types().dates;
  return Ref(dates.DateTime_FromDateAndTime(static_cast<int>(c.year), c.month, c.day, c.hour, c.minute, c.second,
                                            c.micro, types().none, dates.DateTimeType));
}

Ref date_object(Date date) {
  const Civil c = civil_from({date.days * kMicrosPerDay});
  return Ref(types().dates->Date_FromDate(static_cast<int>(c.year), c.month, c.day, types().dates->DateType));
}

Ref clock_object(ClockTime time) {
  const Civil c = civil_from({time.micros});
  const PyDateTime_CAPI& dates = *types().dates;
  return Ref(dates.Time_FromTime(c.hour, c.minute, c.second, c.micro, types().none, dates.TimeType));
}

Ref duration_object(Duration duration) {
  std::int64_t days = duration.micros / kMicrosPerDay;
  std::int64_t rest = duration.micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  const PyDateTime_CAPI& dates = *types().dates;
  return Ref(dates.Delta_FromDelta(static_cast<int>(days), static_cast<int>(rest / kMicrosPerSecond),
                                   static_cast<int>(rest % kMicrosPerSecond), 0, dates.DeltaType));
}

Ref uuid_object(const Uuid& uuid) {
  const std::string text = text_of(Value(uuid));
  const Ref argument = text_object(text);
  return argument ? Ref(api().PyObject_CallOneArg(types().uuid_type, argument.get())) : Ref();
}

Ref tuple_object(const ValueList& items) {
  Ref out(api().PyTuple_New(static_cast<Py_ssize_t>(items.size())));
  for (std::size_t i = 0; out && i < items.size(); ++i) {
    Ref item = to_python(items[i]);
    if (!item) return {};
    PyTuple_SET_ITEM(out.get(), static_cast<Py_ssize_t>(i), item.release());
  }
  return out;
}

Ref list_object(const ValueList& items) {
  Ref out(api().PyList_New(static_cast<Py_ssize_t>(items.size())));
  for (std::size_t i = 0; out && i < items.size(); ++i) {
    Ref item = to_python(items[i]);
    if (!item) return {};
    PyList_SET_ITEM(out.get(), static_cast<Py_ssize_t>(i), item.release());
  }
  return out;
}

Ref set_object(const ValueList& items) {
  Ref out(api().PySet_New(nullptr));
  for (const Value& item : items) {
    const Ref made = out ? to_python(item) : Ref();
    if (!made || api().PySet_Add(out.get(), made.get()) != 0) return {};
  }
  return out;
}

Ref dict_object(const ValueMap& entries) {
  Ref out(api().PyDict_New());
  for (const auto& [name, value] : entries) {
    const Ref key = out ? text_object(name) : Ref();
    const Ref made = key ? to_python(value) : Ref();
    if (!made || api().PyDict_SetItem(out.get(), key.get(), made.get()) != 0) return {};
  }
  return out;
}

Ref dotable_object(PyObject* dict) { return Ref(api().PyObject_CallOneArg(types().dotable, dict)); }

Ref container_object(const Value& value) {
  if (const auto* items = value.as_list()) return list_object(*items);
  if (const auto* entries = value.as_map()) return dict_object(*entries);
  if (const auto* tuple = value.as_tuple()) return tuple_object(*tuple);
  if (const auto* set = value.as_set()) return set_object(*set);
  if (const auto* dotable = value.as_dotable()) {
    const Ref dict = dict_object(**dotable);
    return dict ? dotable_object(dict.get()) : Ref();
  }
  if (PyObject* held = object_of(value)) return Ref::borrowed(held);
  return text_object(text_of(value));
}

}  // namespace

Ref to_python(const Value& value) {
  if (value.is_null()) return none();
  if (const auto* text = value.as_text()) return text_object(*text);
  if (const auto* truth = value.as_bool()) return Ref(api().PyBool_FromLong(*truth ? 1 : 0));
  if (const auto* number = value.as_int()) return Ref(api().PyLong_FromLongLong(*number));
  if (const auto* real = value.as_float()) return Ref(api().PyFloat_FromDouble(*real));
  if (const auto* big = value.as_big()) return Ref(api().PyLong_FromString(big->digits.c_str(), nullptr, 10));
  if (const auto* time = value.as_time()) return datetime_object(*time);
  if (const auto* date = value.as_date()) return date_object(*date);
  if (const auto* duration = value.as_duration()) return duration_object(*duration);
  if (const auto* clock = value.as_clock_time()) return clock_object(*clock);
  if (const auto* bytes = value.as_bytes()) {
    return Ref(api().PyBytes_FromStringAndSize(bytes->bytes.data(), static_cast<Py_ssize_t>(bytes->bytes.size())));
  }
  if (const auto* uuid = value.as_uuid()) return uuid_object(*uuid);
  return container_object(value);
}

Ref to_python_name(const Value& value) {
  Ref out = to_python(value);
  if (out && is_exactly(out.get(), types().dict_type)) return dotable_object(out.get());
  return out;
}

namespace {

// Of a flat column without nulls; nullptr: not of this type.
PyObject* simple_object(const Column& column, std::size_t row) {
  switch (column.type) {
    case Type::Int64:
      return api().PyLong_FromLongLong(column.ints[row]);
    case Type::String:
      return api().PyUnicode_FromStringAndSize(column.texts[row].data(),
                                               static_cast<Py_ssize_t>(column.texts[row].size()));
    default:
      return nullptr;
  }
}

bool is_simple(const Column& column) {
  return column.form == Form::Flat && column.valid.empty() && column.present.empty() &&
         (column.type == Type::Int64 || column.type == Type::String);
}

}  // namespace

Ref to_python_list(const Column& column, std::size_t first, std::size_t count, bool dotted) {
  Ref out(api().PyList_New(static_cast<Py_ssize_t>(count)));
  if (out && is_simple(column)) {
    for (std::size_t k = 0; k < count; ++k) {
      PyObject* const item = simple_object(column, first + k);
      if (item == nullptr) return {};
      PyList_SET_ITEM(out.get(), static_cast<Py_ssize_t>(k), item);
    }
    return out;
  }
  for (std::size_t k = 0; out && k < count; ++k) {
    const Value value = value_at(column, first + k);
    Ref item = dotted ? to_python_name(value) : to_python(value);
    if (!item) return {};
    PyList_SET_ITEM(out.get(), static_cast<Py_ssize_t>(k), item.release());
  }
  return out;
}

// ---- back

namespace {

Value held(PyObject* object) {
  return Value(std::shared_ptr<const Opaque>(std::make_shared<HeldObject>(Ref::borrowed(object))));
}

Result<Value> whole_number(PyObject* object) {
  int overflow = 0;
  const long long number = api().PyLong_AsLongLongAndOverflow(object, &overflow);
  if (overflow == 0) return Value(static_cast<std::int64_t>(number));
  // Python refuses to write numbers of more than 4300 digits.
  const Ref text(api().PyObject_Str(object));
  if (!text) {
    api().PyErr_Clear();
    return fail("script.value", "a whole number of more than 4300 digits");
  }
  return Value(BigInteger{utf8_of(text.get())});
}

Result<Value> text_value(PyObject* object) {
  Py_ssize_t size = 0;
  const char* bytes = api().PyUnicode_AsUTF8AndSize(object, &size);
  if (bytes == nullptr) {
    api().PyErr_Clear();
    return fail("script.value", "the text has characters that are no Unicode (lone surrogates)");
  }
  return Value(std::string(bytes, static_cast<std::size_t>(size)));
}

Timestamp time_of_fields(PyObject* object) {
  return timestamp_from({.year = PyDateTime_GET_YEAR(object),
                         .month = PyDateTime_GET_MONTH(object),
                         .day = PyDateTime_GET_DAY(object),
                         .hour = PyDateTime_DATE_GET_HOUR(object),
                         .minute = PyDateTime_DATE_GET_MINUTE(object),
                         .second = PyDateTime_DATE_GET_SECOND(object),
                         .micro = PyDateTime_DATE_GET_MICROSECOND(object)});
}

// A date, a time …; nullopt for other objects. Those with a time zone are held.
std::optional<Value> time_value(PyObject* object) {
  const PyDateTime_CAPI& dates = *types().dates;
  if (is_kind_of(object, dates.DateTimeType)) {
    if (reinterpret_cast<PyDateTime_DateTime*>(object)->hastzinfo != 0) return held(object);
    return Value(time_of_fields(object));
  }
  if (is_kind_of(object, dates.DateType)) {
    return Value(Date{timestamp_from({.year = PyDateTime_GET_YEAR(object),
                                      .month = PyDateTime_GET_MONTH(object),
                                      .day = PyDateTime_GET_DAY(object)})
                          .micros /
                      kMicrosPerDay});
  }
  if (is_kind_of(object, dates.DeltaType)) {
    const std::int64_t days = PyDateTime_DELTA_GET_DAYS(object);
    // Beyond 290,000 years.
    if (days > 100'000'000 || days < -100'000'000) return held(object);
    return Value(Duration{(days * 86'400 + PyDateTime_DELTA_GET_SECONDS(object)) * kMicrosPerSecond +
                          PyDateTime_DELTA_GET_MICROSECONDS(object)});
  }
  if (is_kind_of(object, dates.TimeType)) {
    if (reinterpret_cast<PyDateTime_Time*>(object)->hastzinfo != 0) return held(object);
    return Value(
        ClockTime{((PyDateTime_TIME_GET_HOUR(object) * std::int64_t{60} + PyDateTime_TIME_GET_MINUTE(object)) * 60 +
                   PyDateTime_TIME_GET_SECOND(object)) *
                      kMicrosPerSecond +
                  PyDateTime_TIME_GET_MICROSECOND(object)});
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(bool keep) : keep_(keep) {}

  Result<Value> read(PyObject* object, int depth) {
    if (object == types().none) return Value();
    if (is_exactly(object, types().bool_type)) return Value(api().PyObject_IsTrue(object) == 1);
    // Subclasses of these are what they are based on (an IntEnum, a str of somebody's own).
    if (PyLong_Check(object)) return whole_number(object);
    if (PyUnicode_Check(object)) return text_value(object);
    if (is_kind_of(object, types().float_type)) return Value(PyFloat_AS_DOUBLE(object));
    if (PyBytes_Check(object)) {
      return Value(Bytes{{PyBytes_AS_STRING(object), static_cast<std::size_t>(PyBytes_GET_SIZE(object))}});
    }
    if (auto time = time_value(object)) return *time;
    if (is_exactly(object, types().uuid_type)) return uuid_value(object);
    if (is_exactly(object, types().dotable)) return unwrapped(object, depth);
    if (keep_) return held(object);
    if (depth > kDeepest) return fail("script.value", "the value is nested more than 200 deep");
    if (PyList_Check(object)) return list_value(object, depth);
    if (PyTuple_Check(object)) return tuple_value(object, depth);
    if (PyDict_Check(object)) return dict_value(object, depth);
    if (is_exactly(object, types().set_type) || is_exactly(object, types().frozenset_type))
      return set_value(object, depth);
    if (auto number = number_value(object)) return *number;
    return held(object);
  }

 private:
  // NumPy's numbers and truths: item() gives Python's own.
  static std::optional<Value> number_value(PyObject* object) {
    const std::string_view name = Py_TYPE(object)->tp_name;
    if (!name.starts_with("numpy.") || name == "numpy.ndarray") return std::nullopt;
    const Ref item(api().PyObject_GetAttrString(object, "item"));
    const Ref plain(item ? api().PyObject_CallNoArgs(item.get()) : nullptr);
    if (!plain) {
      api().PyErr_Clear();
      return std::nullopt;
    }
    auto value = Reader(true).read(plain.get(), 0);
    if (!value) return std::nullopt;
    return *value;
  }

  Result<Value> items(PyObject* object, int depth, ValueList& out) {
    const Ref list(api().PySequence_List(object));
    if (!list) {
      api().PyErr_Clear();
      return fail("script.value", "the items cannot be read");
    }
    const Py_ssize_t size = PyList_GET_SIZE(list.get());
    out.reserve(static_cast<std::size_t>(size));
    for (Py_ssize_t i = 0; i < size; ++i) {
      MIMUS_ASSIGN(Value item, read(PyList_GET_ITEM(list.get(), i), depth + 1));
      out.push_back(std::move(item));
    }
    return Value();
  }

  Result<Value> list_value(PyObject* object, int depth) {
    ValueList out;
    MIMUS_TRY(items(object, depth, out));
    return Value::list(std::move(out));
  }
  Result<Value> tuple_value(PyObject* object, int depth) {
    ValueList out;
    MIMUS_TRY(items(object, depth, out));
    return Value::tuple(std::move(out));
  }
  Result<Value> set_value(PyObject* object, int depth) {
    ValueList out;
    MIMUS_TRY(items(object, depth, out));
    return Value::set(std::move(out));
  }

  Result<Value> dict_value(PyObject* object, int depth) {
    ValueMap out;
    Py_ssize_t at = 0;
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    while (api().PyDict_Next(object, &at, &key, &value) != 0) {
      std::string name;
      if (PyUnicode_Check(key)) {
        MIMUS_ASSIGN(const Value text, text_value(key));
        name = *text.as_text();
      } else {
        // A record's names are texts.
        name = str_of(key);
      }
      MIMUS_ASSIGN(Value entry, read(value, depth + 1));
      out.emplace_back(std::move(name), std::move(entry));
    }
    return Value::map(std::move(out));
  }

  Result<Value> unwrapped(PyObject* object, int depth) {
    const Ref get(api().PyObject_GetAttrString(object, "to_dict"));
    const Ref dict(get ? api().PyObject_CallNoArgs(get.get()) : nullptr);
    if (!dict) {
      api().PyErr_Clear();
      return held(object);
    }
    return read(dict.get(), depth);
  }

  static Result<Value> uuid_value(PyObject* object) {
    const Ref bytes(api().PyObject_GetAttrString(object, "bytes"));
    if (!bytes || !PyBytes_Check(bytes.get()) || PyBytes_GET_SIZE(bytes.get()) != 16) {
      api().PyErr_Clear();
      return held(object);
    }
    Uuid out;
    std::memcpy(out.bytes.data(), PyBytes_AS_STRING(bytes.get()), out.bytes.size());
    return Value(out);
  }

  bool keep_;
};

}  // namespace

Result<Value> from_python(PyObject* object, bool keep) { return Reader(keep).read(object, 0); }

// ---- whole columns

namespace {

bool fill_ints(PyObject* list, std::size_t count, Column& out) {
  out.reset(Type::Int64, count);
  std::int64_t* const ints = out.make_ints();
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (!is_exactly(object, types().int_type)) return false;
    int overflow = 0;
    ints[k] = api().PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow != 0) return false;
  }
  return true;
}

bool fill_floats(PyObject* list, std::size_t count, Column& out) {
  out.reset(Type::Float64, count);
  double* const floats = out.make_floats();
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (!is_exactly(object, types().float_type)) return false;
    floats[k] = PyFloat_AS_DOUBLE(object);
  }
  return true;
}

bool fill_truths(PyObject* list, std::size_t count, Column& out) {
  out.reset(Type::Bool, count);
  std::uint8_t* const bools = out.make_bools();
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (!is_exactly(object, types().bool_type)) return false;
    bools[k] = api().PyObject_IsTrue(object) == 1 ? 1 : 0;
  }
  return true;
}

bool fill_texts(PyObject* list, std::size_t count, Column& out) {
  out.reset(Type::String, count);
  std::string_view* const texts = out.make_texts();
  std::size_t bytes = 0;
  for (std::size_t k = 0; k < count; ++k) {
    PyObject* const object = PyList_GET_ITEM(list, static_cast<Py_ssize_t>(k));
    if (!is_exactly(object, types().str_type)) return false;
    Py_ssize_t size = 0;
    const char* const text = api().PyUnicode_AsUTF8AndSize(object, &size);
    if (text == nullptr) {
      api().PyErr_Clear();
      return false;
    }
    texts[k] = {text, static_cast<std::size_t>(size)};  // the object's, until it is copied
    bytes += texts[k].size();
  }
  char* at = out.make_arena(bytes);
  for (std::size_t k = 0; k < count; ++k) {
    if (!texts[k].empty()) std::memcpy(at, texts[k].data(), texts[k].size());
    texts[k] = {at, texts[k].size()};
    at += texts[k].size();
  }
  return true;
}

}  // namespace

bool to_simple_column(PyObject* list, Column& out) {
  const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list));
  if (count == 0) return false;
  PyObject* const first = PyList_GET_ITEM(list, 0);
  if (is_exactly(first, types().int_type)) return fill_ints(list, count, out);
  if (is_exactly(first, types().str_type)) return fill_texts(list, count, out);
  if (is_exactly(first, types().float_type)) return fill_floats(list, count, out);
  return is_exactly(first, types().bool_type) && fill_truths(list, count, out);
}

}  // namespace mimus::python
