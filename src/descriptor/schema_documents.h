// The language as documents, all made from the table in schema.h.
//
// Those for validation hold what this version carries out; JSON and Markdown hold every word, marked. Pure.
#pragma once

#include <string>

namespace mimus {

// W3C XML Schema 1.0. Any attribute may be the name of a property in braces, as in the language itself.
[[nodiscard]] std::string schema_xsd();
// RELAX NG, XML syntax.
[[nodiscard]] std::string schema_rng();
// {"elements": [{name, summary, children, attributes: […], …}], "kinds": […], "reserved_names": […]}: for editors.
[[nodiscard]] std::string schema_json();
// docs/reference/language.md.
[[nodiscard]] std::string schema_markdown();

}  // namespace mimus
