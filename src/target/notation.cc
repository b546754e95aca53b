#include "target/notation.h"

#include <emmintrin.h>

#include <cmath>
#include <cstring>

#include "base/put.h"
#include "base/text.h"

namespace mimus {
namespace {

// The number of bytes at the start that JSON strings hold as they are: ASCII from 0x20 to 0x7E but " and \.
std::size_t plain_prefix(std::string_view text) {
  const char* p = text.data();
  std::size_t i = 0;
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + i));
    // Signed: bytes from 0x80 on are below 0x20 too.
    __m128i special = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    const int mask = _mm_movemask_epi8(special);
    if (mask != 0) return i + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
  }
  for (; i < text.size(); ++i) {
    const char c = p[i];
    if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') break;
  }
  return i;
}

bool append_items(std::string& out, const ValueList& items) {
  bool good = true;
  out += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ", ";
    good = JsonNotation::append(out, items[i]) && good;
  }
  out += ']';
  return good;
}

bool append_entries(std::string& out, const ValueMap& entries) {
  bool good = true;
  out += '{';
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out += ", ";
    JsonNotation::append_name(out, entries[i].first);
    good = JsonNotation::append(out, entries[i].second) && good;
  }
  out += '}';
  return good;
}

// Lists and maps, and the kinds that JSON does not have.
bool append_container(std::string& out, const Value& value) {
  if (const auto* items = value.as_list()) return append_items(out, *items);
  if (const auto* items = value.as_tuple()) return append_items(out, *items);
  if (const auto* entries = value.as_map()) return append_entries(out, *entries);
  if (const auto* entries = value.as_dotable()) return append_entries(out, **entries);
  if (const auto* items = value.as_set()) {
    (void)append_items(out, *items);
  } else {
    append_json_string(out, text_of(value));
  }
  return false;
}

}  // namespace

char* JsonNotation::write_text(char* out, std::string_view text) {
  const std::size_t plain = plain_prefix(text);
  if (plain == text.size()) return write_clean_text(out, text);
  thread_local std::string scratch;
  scratch.clear();
  append_json_string(scratch, text);
  return put(out, scratch);
}

char* JsonNotation::write_clean_text(char* out, std::string_view text) {
  *out++ = '"';
  out = put(out, text);
  *out++ = '"';
  return out;
}

char* JsonNotation::write_time(char* out, Timestamp time) {
  *out++ = '"';
  out = mimus::write_time(out, time, 'T');
  *out++ = '"';
  return out;
}

char* JsonNotation::write_float(char* out, double value) {
  if (std::isnan(value)) return put(out, "NaN");
  if (std::isinf(value)) return put(out, value < 0 ? "-Infinity" : "Infinity");
  return mimus::write_float(out, value);
}

bool JsonNotation::append(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += kNull;
  } else if (const auto* truth = value.as_bool()) {
    out += *truth ? kTrue : kFalse;
  } else if (const auto* integer = value.as_int()) {
    out += std::to_string(*integer);
  } else if (const auto* big = value.as_big()) {
    out += big->digits;
  } else if (const auto* real = value.as_float()) {
    char text[kMaxFloatText];
    out.append(text, static_cast<std::size_t>(write_float(text, *real) - text));
  } else if (const auto* string = value.as_text()) {
    append_json_string(out, *string);
  } else if (const auto* time = value.as_time()) {
    char text[kMaxTime];
    out.append(text, static_cast<std::size_t>(write_time(text, *time) - text));
  } else {
    return append_container(out, value);
  }
  return true;
}

void JsonNotation::append_name(std::string& out, std::string_view name) {
  append_json_string(out, name);
  out += ": ";
}

char* ReprNotation::write_text(char* out, std::string_view text) {
  thread_local std::string scratch;
  scratch.clear();
  append_repr(scratch, text);
  return put(out, scratch);
}

char* ReprNotation::write_clean_text(char* out, std::string_view text) {
  *out++ = '\'';
  out = put(out, text);
  *out++ = '\'';
  return out;
}

char* ReprNotation::write_time(char* out, Timestamp time) {
  thread_local std::string scratch;
  scratch.clear();
  append_repr(scratch, Value(time));
  return put(out, scratch);
}

void ReprNotation::append_name(std::string& out, std::string_view name) {
  append_repr(out, name);
  out += ": ";
}

}  // namespace mimus
