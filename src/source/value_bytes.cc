#include "source/value_bytes.h"

#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>

namespace mimus {
namespace {

enum class Tag : char {
  Null,
  False,
  True,
  Int,
  Big,
  Float,
  Text,
  Time,
  List,
  Map,
  Date,
  Duration,
  ClockTime,
  Bytes,
  Tuple,
  Set,
  Dotable,
  Uuid,
  Digest,
};

template <class T>
void append_raw(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof bytes);
}

template <class T>
T take_raw(std::string_view& bytes) {
  assert(bytes.size() >= sizeof(T));
  T value{};
  bytes.copy(reinterpret_cast<char*>(&value), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

void append_text(std::string& out, std::string_view text) {
  append_raw(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

std::string take_text(std::string_view& bytes) {
  const auto size = take_raw<std::uint32_t>(bytes);
  std::string text(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return text;
}

void append_items(std::string& out, Tag tag, const ValueList& items) {
  append_raw(out, tag);
  append_raw(out, static_cast<std::uint32_t>(items.size()));
  for (const Value& item : items) append_value(out, item);
}

ValueList take_items(std::string_view& bytes) {
  ValueList items(take_raw<std::uint32_t>(bytes));
  for (Value& item : items) item = take_value(bytes);
  return items;
}

void append_entries(std::string& out, Tag tag, const ValueMap& entries) {
  append_raw(out, tag);
  append_raw(out, static_cast<std::uint32_t>(entries.size()));
  for (const auto& [name, value] : entries) {
    append_text(out, name);
    append_value(out, value);
  }
}

ValueMap take_entries(std::string_view& bytes) {
  ValueMap entries(take_raw<std::uint32_t>(bytes));
  for (auto& [name, value] : entries) {
    name = take_text(bytes);
    value = take_value(bytes);
  }
  return entries;
}

struct Appending {
  std::string& out;

  void operator()(std::monostate) const { append_raw(out, Tag::Null); }
  void operator()(bool truth) const { append_raw(out, truth ? Tag::True : Tag::False); }
  void operator()(std::int64_t number) const { tagged(Tag::Int, number); }
  void operator()(const BigInteger& number) const { text(Tag::Big, number.digits); }
  void operator()(double number) const { tagged(Tag::Float, number); }
  void operator()(const std::string& value) const { text(Tag::Text, value); }
  void operator()(Timestamp time) const { tagged(Tag::Time, time.micros); }
  void operator()(const std::shared_ptr<const ValueList>& list) const { append_items(out, Tag::List, *list); }
  void operator()(const std::shared_ptr<const ValueMap>& map) const { append_entries(out, Tag::Map, *map); }
  void operator()(Date date) const { tagged(Tag::Date, date.days); }
  void operator()(Duration duration) const { tagged(Tag::Duration, duration.micros); }
  void operator()(ClockTime time) const { tagged(Tag::ClockTime, time.micros); }
  void operator()(const Bytes& value) const { text(Tag::Bytes, value.bytes); }
  void operator()(const std::shared_ptr<const Tuple>& tuple) const { append_items(out, Tag::Tuple, tuple->items); }
  void operator()(const std::shared_ptr<const Set>& set) const { append_items(out, Tag::Set, set->items); }
  void operator()(const std::shared_ptr<const Dotable>& map) const { append_entries(out, Tag::Dotable, *map->entries); }

  void operator()(const Uuid& id) const { tagged(Tag::Uuid, id.bytes); }
  void operator()(const std::shared_ptr<const Digest>& digest) const {
    text(Tag::Digest, digest->algorithm);
    append_text(out, digest->bytes);
  }

  // The interpreter's objects do not outlive it: what is kept of them is their text.
  void operator()(const std::shared_ptr<const Opaque>& opaque) const { text(Tag::Text, opaque->text()); }

  template <class T>
  void tagged(Tag tag, T value) const {
    append_raw(out, tag);
    append_raw(out, value);
  }
  void text(Tag tag, std::string_view value) const {
    append_raw(out, tag);
    append_text(out, value);
  }
};

}  // namespace

void append_value(std::string& out, const Value& value) { std::visit(Appending{out}, value.data); }

Value take_value(std::string_view& bytes) {
  switch (take_raw<Tag>(bytes)) {
    case Tag::Null:
      return Value();
    case Tag::False:
      return Value(false);
    case Tag::True:
      return Value(true);
    case Tag::Int:
      return Value(take_raw<std::int64_t>(bytes));
    case Tag::Big:
      return Value(BigInteger{take_text(bytes)});
    case Tag::Float:
      return Value(take_raw<double>(bytes));
    case Tag::Text:
      return Value(take_text(bytes));
    case Tag::Time:
      return Value(Timestamp{take_raw<std::int64_t>(bytes)});
    case Tag::List:
      return Value::list(take_items(bytes));
    case Tag::Map:
      return Value::map(take_entries(bytes));
    case Tag::Date:
      return Value(Date{take_raw<std::int64_t>(bytes)});
    case Tag::Duration:
      return Value(Duration{take_raw<std::int64_t>(bytes)});
    case Tag::ClockTime:
      return Value(ClockTime{take_raw<std::int64_t>(bytes)});
    case Tag::Bytes:
      return Value(Bytes{take_text(bytes)});
    case Tag::Tuple:
      return Value::tuple(take_items(bytes));
    case Tag::Set:
      return Value::set(take_items(bytes));
    case Tag::Dotable:
      return Value::dotable(std::make_shared<const ValueMap>(take_entries(bytes)));
    case Tag::Uuid:
      return Value(Uuid{take_raw<std::array<std::uint8_t, 16>>(bytes)});
    case Tag::Digest: {
      auto digest = std::make_shared<Digest>();
      digest->algorithm = take_text(bytes);
      digest->bytes = take_text(bytes);
      return Value(std::shared_ptr<const Digest>(std::move(digest)));
    }
  }
  assert(false);
  return Value();
}

}  // namespace mimus
