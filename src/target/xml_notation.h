// XML as the language's descriptors expect it: maps as elements, lists as repeated elements, "@name" as attributes,
// "#text" as the text of an element. What XML cannot hold (names, control characters) is a problem, never written out.
//
// Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "data/value.h"

namespace mimus {

// What cannot be written; the code is empty as long as all could. Keeps the first.
struct XmlProblem {
  std::string code;
  std::string message;
  [[nodiscard]] bool found() const { return !code.empty(); }
  void report(std::string_view problem_code, std::string text);
};

// Name of an element or attribute (XML 1.0, production 5).
[[nodiscard]] bool is_xml_name(std::string_view name);

// Reports the name of an element, or of an attribute with its "@", that XML does not allow.
void check_xml_name(std::string_view name, XmlProblem& problem);

// A null is written "None" where it is a field of a record or an item of a list, and as nothing inside of maps.
inline constexpr std::string_view kXmlNull = "None";

// Text between tags. Writes at most 5 * size bytes; returns the end.
[[nodiscard]] char* write_xml_text(char* out, std::string_view text, XmlProblem& problem);

// ` name="value"`, of a field called "@name".
void append_xml_attribute(std::string& out, std::string_view field, const Value& value, bool top, XmlProblem& problem);

// The escaped text of a value that is no map or list; what is one is shown as Python's repr.
void append_xml_scalar(std::string& out, const Value& value, bool top, XmlProblem& problem);

// <name>…</name>, for a list once for each item. `top`: a field of a record, whose null has a word.
void append_xml_element(std::string& out, std::string_view name, const Value& value, bool top, XmlProblem& problem);

// A map as an element with its entries as children; `top` holds for these.
void append_xml_map(std::string& out, std::string_view name, const ValueMap& map, bool top, XmlProblem& problem);

}  // namespace mimus
