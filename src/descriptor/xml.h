// A small document model of XML with the place of everything, for descriptors.
//
// Parsed by expat (strict, as Python's ElementTree). Hostile input is refused: DOCTYPE (hence entities), more than
// kMaxDepth levels, more than kMaxAttributes attributes an element, more than kMaxBytes in all.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace mimus {

inline constexpr std::size_t kMaxDepth = 200;
inline constexpr std::size_t kMaxAttributes = 1000;
inline constexpr std::size_t kMaxDescriptorBytes = 16U << 20U;

struct XmlAttribute {
  std::string name;
  std::string value;
  Location name_at;
  Location value_at;  // the first character inside the quotes
};

struct XmlElement {
  std::string name;
  Location at;  // of the name in the start tag
  std::vector<XmlAttribute> attributes;
  std::vector<XmlElement> children;
  std::string text;  // all character data directly inside

  [[nodiscard]] const XmlAttribute* find(std::string_view attribute) const;
};

struct XmlDocument {
  std::string file;  // as shown in messages
  std::string bytes;
  XmlElement root;

  // The text of a line (from 1) without its end.
  [[nodiscard]] std::string line(int number) const;
};

// `file` names the document in findings. Positions are exact for UTF-8; for other encodings lines are.
[[nodiscard]] std::expected<XmlDocument, Diagnostics> parse_xml(std::string bytes, std::string file);

// Fills in `line_text` of the findings in this document.
void show_lines(const XmlDocument& document, Diagnostics& diagnostics);

}  // namespace mimus
