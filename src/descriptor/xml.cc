#include "descriptor/xml.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace mimus {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Walks over the raw start tag to find where its attributes stand.
class TagScanner {
 public:
  TagScanner(std::string_view raw, Location start) : raw_(raw), place_(std::move(start)) {}

  void skip_name() {
    advance();  // '<'
    while (i_ < raw_.size() && !is_blank(raw_[i_]) && raw_[i_] != '>' && raw_[i_] != '/') advance();
  }

  // The next attribute's name and value places; false at the end of the tag.
  bool next(Location& name_at, Location& value_at) {
    skip_blanks();
    if (i_ >= raw_.size() || raw_[i_] == '>' || raw_[i_] == '/') return false;
    name_at = here();
    const std::size_t name_start = i_;
    while (i_ < raw_.size() && raw_[i_] != '=' && !is_blank(raw_[i_])) advance();
    name_at.length = static_cast<int>(i_ - name_start);
    skip_blanks();
    advance();  // '='
    skip_blanks();
    if (i_ >= raw_.size()) return false;
    const char quote = raw_[i_];
    advance();
    value_at = here();
    const std::size_t value_start = i_;
    while (i_ < raw_.size() && raw_[i_] != quote) advance();
    value_at.length = static_cast<int>(i_ - value_start);
    advance();
    return true;
  }

 private:
  void skip_blanks() {
    while (i_ < raw_.size() && is_blank(raw_[i_])) advance();
  }
  void advance() {
    if (i_ >= raw_.size()) return;
    if (raw_[i_] == '\n') {
      ++place_.line;
      place_.column = 1;
    } else {
      ++place_.column;
    }
    ++i_;
  }
  [[nodiscard]] Location here() const { return place_; }

  std::string_view raw_;
  Location place_;
  std::size_t i_ = 0;
};

class Builder {
 public:
  explicit Builder(XmlDocument& document) : document_(document), parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          static_cast<Builder*>(self)->start(name, attributes);
        },
        [](void* self, const char*) { static_cast<Builder*>(self)->open_.pop_back(); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int length) {
      static_cast<Builder*>(self)->open_.back()->text.append(text, static_cast<std::size_t>(length));
    });
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char*, const char*, const char*, int) {
      static_cast<Builder*>(self)->refuse("xml.doctype", "a DOCTYPE is not allowed in a descriptor",
                                          "remove the <!DOCTYPE …> declaration and its entities");
    });
  }

  std::optional<Diagnostic> parse() {
    const auto status = XML_Parse(parser_.get(), document_.bytes.data(), static_cast<int>(document_.bytes.size()), 1);
    if (refusal_) return refusal_;
    if (status == XML_STATUS_OK) return std::nullopt;
    const std::string reason = XML_ErrorString(XML_GetErrorCode(parser_.get()));
    return Diagnostic{.code = "xml.malformed", .message = "not well-formed XML: " + reason, .where = here()};
  }

 private:
  [[nodiscard]] Location here() const {
    return {document_.file, static_cast<int>(XML_GetCurrentLineNumber(parser_.get())),
            static_cast<int>(XML_GetCurrentColumnNumber(parser_.get())) + 1, 0};
  }

  void refuse(std::string code, std::string message, std::string hint) {
    if (!refusal_) {
      refusal_ =
          Diagnostic{.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = here()};
    }
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void start(const char* name, const char** attributes) {
    if (refusal_) return;
    if (open_.size() >= kMaxDepth) {
      refuse("xml.depth", "elements are nested deeper than " + std::to_string(kMaxDepth) + " levels", "");
      return;
    }
    XmlElement* element = &document_.root;
    if (!open_.empty()) element = &open_.back()->children.emplace_back();
    element->name = name;
    element->at = here();
    ++element->at.column;  // past '<'
    element->at.length = static_cast<int>(element->name.size());
    open_.push_back(element);
    std::size_t count = 0;
    for (const char** at = attributes; *at != nullptr; at += 2) ++count;
    if (count > kMaxAttributes) {
      refuse("xml.attributes",
             "element <" + element->name + "> has more than " + std::to_string(kMaxAttributes) + " attributes", "");
      return;
    }
    read_attributes(*element, attributes);
  }

  void read_attributes(XmlElement& element, const char** attributes) {
    const auto offset = static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
    const auto length = static_cast<std::size_t>(std::max(0, XML_GetCurrentByteCount(parser_.get())));
    TagScanner scanner(std::string_view(document_.bytes).substr(std::min(offset, document_.bytes.size()), length),
                       here());
    scanner.skip_name();
    for (const char** at = attributes; *at != nullptr; at += 2) {
      XmlAttribute attribute{at[0], at[1], element.at, element.at};
      scanner.next(attribute.name_at, attribute.value_at);
      element.attributes.push_back(std::move(attribute));
    }
  }

  XmlDocument& document_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::vector<XmlElement*> open_;  // a parent's vector does not grow while its last child is open
  std::optional<Diagnostic> refusal_;
};

}  // namespace

const XmlAttribute* XmlElement::find(std::string_view attribute) const {
  const auto found = std::ranges::find(attributes, attribute, &XmlAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

std::string XmlDocument::line(int number) const {
  std::size_t start = 0;
  for (int i = 1; i < number; ++i) {
    start = bytes.find('\n', start);
    if (start == std::string::npos) return {};
    ++start;
  }
  std::string text = bytes.substr(start, bytes.find('\n', start) - start);
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::expected<XmlDocument, Diagnostics> parse_xml(std::string bytes, std::string file) {
  XmlDocument document{.file = std::move(file), .bytes = std::move(bytes), .root = {}};
  std::optional<Diagnostic> finding;
  if (document.bytes.size() > kMaxDescriptorBytes) {
    finding = Diagnostic{.code = "xml.too_large",
                         .message = "a descriptor may have at most " + std::to_string(kMaxDescriptorBytes) + " bytes",
                         .where = {document.file}};
  } else {
    finding = Builder(document).parse();
  }
  if (!finding) return document;
  Diagnostics findings{std::move(*finding)};
  show_lines(document, findings);
  return std::unexpected(std::move(findings));
}

void show_lines(const XmlDocument& document, Diagnostics& diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.where.file == document.file && diagnostic.where.line > 0 && diagnostic.line_text.empty()) {
      diagnostic.line_text = document.line(diagnostic.where.line);
    }
  }
}

}  // namespace mimus
