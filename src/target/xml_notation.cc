#include "target/xml_notation.h"

#include <emmintrin.h>

#include <cstring>

#include "base/put.h"
#include "base/text.h"

namespace mimus {
namespace {

bool is_name_start(char32_t c) {
  return c == ':' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0xD6) ||
         (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) || (c >= 0x370 && c <= 0x37D) ||
         (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) || (c >= 0x2070 && c <= 0x218F) ||
         (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
         (c >= 0xFDF0 && c <= 0xFFFC) || (c >= 0x10000 && c <= 0xEFFFF);
}

bool is_name_character(char32_t c) {
  return is_name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}

// The number of bytes at the start that stand as they are and need no check.
std::size_t plain_prefix(std::string_view text) {
  const char* p = text.data();
  std::size_t i = 0;
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + i));
    // Signed: bytes from 0x80 on are below 0x20 too.
    __m128i special = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
    const int mask = _mm_movemask_epi8(special);
    if (mask != 0) return i + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
  }
  for (; i < text.size(); ++i) {
    const char c = p[i];
    if (c < 0x20 || c == '<' || c == '>' || c == '&') break;
  }
  return i;
}

// XML 1.0, production 2.
void check_characters(std::string_view text, XmlProblem& problem) {
  bool wide = false;
  for (const char c : text) {
    wide = wide || c < 0;
    if (c >= 0 && c < 0x20 && c != '\n' && c != '\r' && c != '\t') {
      return problem.report("target.xml_text", "the control character " + std::to_string(static_cast<int>(c)) +
                                                   ", which no XML document can hold");
    }
  }
  if (!wide) return;
  if (!is_utf8(text)) return problem.report("target.xml_text", "bytes that are no UTF-8");
  if (text.find("\xEF\xBF\xBE") != std::string_view::npos || text.find("\xEF\xBF\xBF") != std::string_view::npos) {
    problem.report("target.xml_text", "the character U+FFFE or U+FFFF, which no XML document can hold");
  }
}

void append_escaped(std::string& out, std::string_view text, XmlProblem& problem) {
  const std::size_t start = out.size();
  out.resize(start + 5 * text.size());
  const char* end = write_xml_text(out.data() + start, text, problem);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

const ValueList* items_of(const Value& value) {
  if (const auto* items = value.as_list()) return items;
  if (const auto* items = value.as_tuple()) return items;
  return value.as_set();
}

const ValueMap* entries_of(const Value& value) {
  if (const auto* dotable = value.as_dotable()) return dotable->get();
  return value.as_map();
}

std::string scalar_text(const Value& value, bool top) {
  if (value.is_null()) return std::string(top ? kXmlNull : "");
  if (const auto* truth = value.as_bool()) return *truth ? "true" : "false";
  if (value.as_time() != nullptr) return text_of(value).substr(0, 10);
  return text_of(value);
}

// The same lists and maps, with a text for every scalar.
Value with_texts(const Value& value) {
  if (const auto* items = items_of(value)) {
    ValueList out;
    for (const Value& item : *items) out.push_back(with_texts(item));
    return Value::list(std::move(out));
  }
  if (const auto* entries = entries_of(value)) {
    ValueMap out;
    for (const auto& [name, entry] : *entries) out.emplace_back(name, with_texts(entry));
    return Value::map(std::move(out));
  }
  return Value(scalar_text(value, true));
}

}  // namespace

void XmlProblem::report(std::string_view problem_code, std::string text) {
  if (found()) return;
  code = problem_code;
  message = std::move(text);
}

bool is_xml_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  for (std::size_t i = 0; i < name.size();) {
    const bool first = i == 0;
    const char32_t c = next_code_point(name, i);
    if (!(first ? is_name_start(c) : is_name_character(c))) return false;
  }
  return true;
}

void check_xml_name(std::string_view name, XmlProblem& problem) {
  const bool is_attribute = name.starts_with('@');
  if (is_xml_name(is_attribute ? name.substr(1) : name)) return;
  problem.report("target.xml_name", "'" + std::string(name) + "' cannot be the name of an XML " +
                                        (is_attribute ? "attribute" : "element"));
}

char* write_xml_text(char* out, std::string_view text, XmlProblem& problem) {
  std::size_t i = plain_prefix(text);
  out = put(out, text.substr(0, i));
  if (i == text.size()) return out;
  check_characters(text, problem);
  for (; i < text.size(); ++i) {
    switch (text[i]) {
      case '<':
        out = put(out, "&lt;");
        break;
      case '>':
        out = put(out, "&gt;");
        break;
      case '&':
        out = put(out, "&amp;");
        break;
      default:
        *out++ = text[i];
    }
  }
  return out;
}

void append_xml_attribute(std::string& out, std::string_view field, const Value& value, bool top, XmlProblem& problem) {
  check_xml_name(field, problem);
  std::string escaped;
  append_xml_scalar(escaped, value, top, problem);
  const bool has_double = escaped.find('"') != std::string::npos;
  const char quote = has_double && escaped.find('\'') == std::string::npos ? '\'' : '"';
  out += ' ';
  out += field.substr(1);
  out += '=';
  out += quote;
  for (const char c : escaped) {
    if (c == '\n') {
      out += "&#10;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if (c == '\t') {
      out += "&#9;";
    } else if (c == '"' && quote == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  out += quote;
}

void append_xml_scalar(std::string& out, const Value& value, bool top, XmlProblem& problem) {
  append_escaped(out, scalar_text(value, top), problem);
}

void append_xml_element(std::string& out, std::string_view name, const Value& value, bool top, XmlProblem& problem) {
  if (const auto* items = items_of(value)) {
    for (const Value& item : *items) {
      const bool nested = items_of(item) != nullptr;
      append_xml_element(out, name, nested ? Value(text_of(with_texts(item))) : item, true, problem);
    }
    return;
  }
  if (const auto* entries = entries_of(value)) return append_xml_map(out, name, *entries, false, problem);
  check_xml_name(name, problem);
  (out += '<') += name;
  out += '>';
  append_xml_scalar(out, value, top, problem);
  (out += "</") += name;
  out += '>';
}

void append_xml_map(std::string& out, std::string_view name, const ValueMap& map, bool top, XmlProblem& problem) {
  check_xml_name(name, problem);
  (out += '<') += name;
  for (const auto& [field, value] : map) {
    if (field.starts_with('@')) append_xml_attribute(out, field, value, top, problem);
  }
  out += '>';
  if (const Value* text = find(map, "#text")) append_xml_scalar(out, *text, false, problem);
  for (const auto& [field, value] : map) {
    if (!field.starts_with('@') && field != "#text") append_xml_element(out, field, value, top, problem);
  }
  (out += "</") += name;
  out += '>';
}

}  // namespace mimus
