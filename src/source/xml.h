// XML files as rows.
//
// An element becomes a map as xmltodict does it: attributes as "@name", then its children by name, a repeated name as a
// list, then its text as "#text", without white space around. An element with nothing but text is that text, one with
// nothing at all is null. Comments and processing instructions are left out; prefixes stay part of the names.
// <list> with <item> children gives a row an item, any other document one row: {root: …}.
//
// Read with expat, in one pass. Hostile input is refused: DOCTYPE (hence entities), more than kMaxXmlDepth levels, more
// than kMaxXmlAttributes attributes an element, more than kMaxXmlBytes in all, since the rows are kept in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "source/source.h"

namespace mimus {

inline constexpr std::size_t kMaxXmlDepth = 200;
inline constexpr std::size_t kMaxXmlAttributes = 1000;
inline constexpr std::size_t kMaxXmlBytes = std::size_t{256} << 20U;

// Rows of XML text; pure. `is_utf8`: the text was converted, whatever its declaration says. Fails with xml.malformed,
// xml.doctype, xml.depth, xml.attributes (the message begins with "<shown_name>:<line>:<column>: "), source.too_large,
// source.shape (an item is a text).
[[nodiscard]] Result<std::shared_ptr<const Source>> parse_xml_rows(std::string_view text, bool is_utf8,
                                                                   std::string_view shown_name);

// A file, in the encoding that its declaration or `options` names; fails also with what open_text() fails with.
[[nodiscard]] Result<std::shared_ptr<const Source>> open_xml(const fs::path& file, const FileOptions& options,
                                                             std::string_view shown_name);

}  // namespace mimus
