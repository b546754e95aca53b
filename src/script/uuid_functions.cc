// uuid: identifiers of 128 bits (RFC 9562), by name and from their parts.
#include <algorithm>
#include <array>

#include "data/uuid.h"
#include "script/big.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

using A = const CallArguments&;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// 32 digits; braces, hyphens and "urn:uuid:" are left out.
std::optional<Uuid> parse_uuid(std::string text) {
  for (const std::string_view prefix : {"urn:", "uuid:"}) {
    if (const auto at = text.find(prefix); at != std::string::npos) text.erase(at, prefix.size());
  }
  while (!text.empty() && (text.front() == '{' || text.front() == '}')) text.erase(0, 1);
  while (!text.empty() && (text.back() == '{' || text.back() == '}')) text.pop_back();
  std::erase(text, '-');
  if (text.size() != 32) return std::nullopt;
  Uuid out;
  for (std::size_t i = 0; i < 32; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return std::nullopt;
    out.bytes[i / 2] = static_cast<std::uint8_t>(out.bytes[i / 2] * 16 + digit);
  }
  return out;
}

Result<Uuid> from_number(const Value& value) {
  if (value.as_int() == nullptr && value.as_big() == nullptr)
    return type_error("int must be a whole number, not " + std::string(type_name_of(value)));
  std::string digits = big_digits(value, 16);
  if (digits.starts_with('-') || digits.size() > 32) return value_error("int is out of range (need a 128-bit value)");
  digits.insert(0, 32 - digits.size(), '0');
  return *parse_uuid(digits);
}

Result<Uuid> from_bytes(const Value& value, bool little) {
  const Bytes* bytes = value.as_bytes();
  if (bytes == nullptr || bytes->bytes.size() != 16) return value_error("bytes is not a 16-char string");
  Uuid out;
  std::ranges::transform(bytes->bytes, out.bytes.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  if (little) {
    std::reverse(out.bytes.begin(), out.bytes.begin() + 4);
    std::reverse(out.bytes.begin() + 4, out.bytes.begin() + 6);
    std::reverse(out.bytes.begin() + 6, out.bytes.begin() + 8);
  }
  return out;
}

Result<Value> make_uuid(A a) {
  Uuid out;
  const Value* text = a.get(0, "hex");
  const Value* bytes = a.get(1, "bytes");
  const Value* little = a.get(2, "bytes_le");
  const Value* number = a.get(4, "int");
  if (a.get(3, "fields") != nullptr) return not_covered("the parameter 'fields' of uuid.UUID()");
  const auto given = std::ranges::count_if(std::array{text, bytes, little, number},
                                           [](const Value* value) { return value != nullptr && !value->is_null(); });
  if (given != 1) return type_error("one of the hex, bytes, bytes_le, fields, or int arguments must be given");
  if (text != nullptr && !text->is_null()) {
    const auto parsed = text->as_text() == nullptr ? std::nullopt : parse_uuid(*text->as_text());
    if (!parsed) return value_error("badly formed hexadecimal UUID string");
    out = *parsed;
  } else if (number != nullptr) {
    MIMUS_ASSIGN(out, from_number(*number));
  } else {
    MIMUS_ASSIGN(out, bytes != nullptr ? from_bytes(*bytes, false) : from_bytes(*little, true));
  }
  if (const Value* version = a.get(5, "version"); version != nullptr && !version->is_null()) {
    if (version->as_int() == nullptr || *version->as_int() < 1 || *version->as_int() > 5)
      return value_error("illegal version number");
    set_version(out, static_cast<unsigned>(*version->as_int()));
  }
  return Value(out);
}

// Of a name in a name space.
Result<Value> named(A a, Uuid (*identify)(const Uuid&, std::string_view)) {
  const Value* space = a.get(0, "namespace");
  const Value* name = a.get(1, "name");
  if (space == nullptr || space->as_uuid() == nullptr) return type_error("the namespace must be a UUID");
  if (name == nullptr || name->as_text() == nullptr) return type_error("the name must be a text");
  return Value(identify(*space->as_uuid(), *name->as_text()));
}

constexpr std::array kFunctions{
    Function{"uuid.UUID", 1, 6, make_uuid, "hex bytes bytes_le fields int version", true},
    Function{"uuid.uuid3", 2, 2, [](A a) { return named(a, uuid3); }, "namespace name", true},
    Function{"uuid.uuid5", 2, 2, [](A a) { return named(a, uuid5); }, "namespace name", true},
};

std::string hex_digits(const Uuid& uuid, std::size_t first = 0, std::size_t last = 16) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    out += "0123456789abcdef"[uuid.bytes[i] >> 4U];
    out += "0123456789abcdef"[uuid.bytes[i] & 15U];
  }
  return out;
}

std::int64_t number_of(const Uuid& uuid, std::size_t first, std::size_t last) {
  std::int64_t out = 0;
  for (std::size_t i = first; i < last; ++i) out = out << 8U | uuid.bytes[i];
  return out;
}

std::string_view variant_of(const Uuid& uuid) {
  const unsigned top = uuid.bytes[8];
  if ((top & 0x80U) == 0) return "reserved for NCS compatibility";
  if ((top & 0x40U) == 0) return "specified in RFC 4122";
  return (top & 0x20U) == 0 ? "reserved for Microsoft compatibility" : "reserved for future definition";
}

Result<Value> whole_of(const Uuid& uuid) {
  const Value high(number_of(uuid, 0, 4) << 16U | number_of(uuid, 4, 6));
  const Value middle(number_of(uuid, 6, 11));
  const Value low(number_of(uuid, 11, 16));
  const Value shift(std::int64_t{40});
  MIMUS_ASSIGN(Value out, binary(Operator::ShiftLeft, high, shift));
  MIMUS_ASSIGN(out, binary(Operator::BitOr, out, middle));
  MIMUS_ASSIGN(out, binary(Operator::ShiftLeft, out, shift));
  return binary(Operator::BitOr, out, low);
}

}  // namespace

std::span<const Function> uuid_functions() { return kFunctions; }

Result<Value> attribute_of(const Uuid& uuid, std::string_view name) {
  const std::string all(uuid.bytes.begin(), uuid.bytes.end());
  if (name == "hex") return Value(hex_digits(uuid));
  if (name == "int") return whole_of(uuid);
  if (name == "bytes") return Value(Bytes{all});
  if (name == "urn") return Value("urn:uuid:" + text_of(Value(uuid)));
  if (name == "variant") return Value(std::string(variant_of(uuid)));
  if (name == "version") {
    return (uuid.bytes[8] & 0xC0U) == 0x80U ? Value(std::int64_t{uuid.bytes[6] >> 4U}) : Value();
  }
  if (name == "time_low") return Value(number_of(uuid, 0, 4));
  if (name == "time_mid") return Value(number_of(uuid, 4, 6));
  if (name == "time_hi_version") return Value(number_of(uuid, 6, 8));
  if (name == "node") return Value(number_of(uuid, 10, 16));
  return attribute_error("'UUID' has no attribute '" + std::string(name) + "'");
}

std::optional<Value> uuid_constant(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, Uuid>, 4> kSpaces{{{"uuid.NAMESPACE_DNS", kDnsSpace},
                                                                      {"uuid.NAMESPACE_URL", kUrlSpace},
                                                                      {"uuid.NAMESPACE_OID", kOidSpace},
                                                                      {"uuid.NAMESPACE_X500", kX500Space}}};
  for (const auto& [name, space] : kSpaces) {
    if (name == path) return Value(space);
  }
  return std::nullopt;
}

}  // namespace mimus::script
