#include "source/xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "source/encoding.h"
#include "source/source_text.h"
#include "source/table.h"

namespace mimus {
namespace {

constexpr std::string_view kListName = "list";
constexpr std::string_view kItemName = "item";
constexpr std::size_t kPieceBytes = 1U << 20U;

// An element that is not closed yet.
struct OpenElement {
  std::string name;
  ValueMap entries;
  std::unordered_map<std::string, std::size_t> places = {};  // of the names in `entries`, once there are many
  // Names that came more than once: their values so far, by place in `entries`.
  std::unordered_map<std::size_t, ValueList> repeated = {};
  std::string text;
};

constexpr std::size_t kFewEntries = 16;

std::size_t place_of(OpenElement& parent, const std::string& name) {
  if (parent.entries.size() <= kFewEntries) {
    const auto found = std::ranges::find(parent.entries, name, &ValueMap::value_type::first);
    return static_cast<std::size_t>(found - parent.entries.begin());
  }
  if (parent.places.empty()) {
    for (std::size_t i = 0; i < parent.entries.size(); ++i) parent.places[parent.entries[i].first] = i;
  }
  return parent.places.try_emplace(name, parent.entries.size()).first->second;
}

void add_child(OpenElement& parent, std::string name, Value value) {
  const std::size_t place = place_of(parent, name);
  if (place == parent.entries.size()) {
    parent.entries.emplace_back(std::move(name), std::move(value));
    return;
  }
  ValueList& values = parent.repeated[place];
  if (values.empty()) values.push_back(std::move(parent.entries[place].second));
  values.push_back(std::move(value));
}

Value closed(OpenElement element) {
  for (auto& [place, values] : element.repeated) element.entries[place].second = Value::list(std::move(values));
  const std::string_view text = trim(element.text);
  if (element.entries.empty()) return text.empty() ? Value() : Value(std::string(text));
  if (!text.empty()) element.entries.emplace_back("#text", Value(std::string(text)));
  return Value::map(std::move(element.entries));
}

// Single-byte encodings that expat does not know by itself.
int set_encoding(void*, const char* name, XML_Encoding* out) {
  Encoding encoding;
  if (!find_encoding(name, encoding) || encoding.form != EncodingForm::SingleByte) return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) {
    const char32_t c =
        byte < 0x80 ? static_cast<char32_t>(byte) : upper_character(*encoding.table, static_cast<unsigned char>(byte));
    out->map[byte] = c == 0xFFFD ? -1 : static_cast<int>(c);
  }
  out->data = nullptr;
  out->convert = nullptr;
  out->release = nullptr;
  return XML_STATUS_OK;
}

class RowBuilder {
 public:
  RowBuilder(bool is_utf8, std::string_view shown_name)
      : shown_name_(shown_name), parser_(XML_ParserCreate(is_utf8 ? "UTF-8" : nullptr), &XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          static_cast<RowBuilder*>(self)->start(name, attributes);
        },
        [](void* self, const char*) { static_cast<RowBuilder*>(self)->end(); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int length) {
      auto& open = static_cast<RowBuilder*>(self)->open_;
      if (!open.empty()) open.back().text.append(text, static_cast<std::size_t>(length));
    });
    XML_SetUnknownEncodingHandler(parser_.get(), &set_encoding, nullptr);
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char*, const char*, const char*, int) {
      static_cast<RowBuilder*>(self)->refuse("xml.doctype", "a DOCTYPE is not allowed in a source",
                                             "remove the <!DOCTYPE …> declaration and its entities");
    });
  }

  // The text in pieces, since expat counts in int.
  Result<ValueList> parse(std::string_view text) {
    do {
      const std::string_view piece = text.substr(0, kPieceBytes);
      text.remove_prefix(piece.size());
      const auto status =
          XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), text.empty() ? XML_TRUE : XML_FALSE);
      if (refusal_) return fail(std::move(*refusal_));
      if (status != XML_STATUS_OK) {
        const XML_Error error = XML_GetErrorCode(parser_.get());
        return fail("xml.malformed", here() + "not well-formed XML: " + XML_ErrorString(error),
                    error == XML_ERROR_UNKNOWN_ENCODING ? "save the file as UTF-8" : "");
      }
    } while (!text.empty());
    return std::move(rows_);
  }

 private:
  [[nodiscard]] std::string here() const {
    return shown_name_ + ":" + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + ":" +
           std::to_string(XML_GetCurrentColumnNumber(parser_.get()) + 1) + ": ";
  }

  void refuse(std::string code, const std::string& message, std::string hint) {
    if (!refusal_) {
      refusal_ = Diagnostic{.code = std::move(code), .message = here() + message, .hint = std::move(hint)};
    }
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void start(const char* name, const char** attributes) {
    if (refusal_) return;
    if (open_.size() >= kMaxXmlDepth) {
      return refuse("xml.depth", "elements are nested deeper than " + std::to_string(kMaxXmlDepth) + " levels", "");
    }
    OpenElement element{.name = name, .entries = {}, .text = {}};
    for (const char** at = attributes; *at != nullptr; at += 2) {
      if (element.entries.size() >= kMaxXmlAttributes) {
        return refuse(
            "xml.attributes",
            "element <" + element.name + "> has more than " + std::to_string(kMaxXmlAttributes) + " attributes", "");
      }
      element.entries.emplace_back("@" + std::string(at[0]), Value(std::string(at[1])));
    }
    open_.push_back(std::move(element));
  }

  void end() {
    if (refusal_) return;
    OpenElement element = std::move(open_.back());
    open_.pop_back();
    std::string name = element.name;
    if (open_.empty()) {
      // Items were taken as rows already; what else the list holds is no row.
      if (!rows_.empty()) return;
      rows_.push_back(Value::map({{std::move(name), closed(std::move(element))}}));
    } else if (open_.size() == 1 && open_[0].name == kListName && name == kItemName) {
      add_item(closed(std::move(element)));
    } else {
      add_child(open_.back(), std::move(name), closed(std::move(element)));
    }
  }

  void add_item(Value item) {
    if (item.is_null()) item = Value::map({});
    if (item.as_map() == nullptr) {
      return refuse(
          "source.shape",
          "item " + std::to_string(rows_.size() + 1) + " holds a text, but a row needs elements or attributes",
          "write <item><name>…</name></item>");
    }
    rows_.push_back(std::move(item));
  }

  std::string shown_name_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::vector<OpenElement> open_;
  ValueList rows_;
  std::optional<Diagnostic> refusal_;
};

std::unexpected<Diagnostic> too_large(std::string_view shown_name) {
  return fail("source.too_large",
              "XML source '" + std::string(shown_name) + "' has more than " + with_thousands(kMaxXmlBytes) + " bytes",
              "larger sources are read from .csv or .ndjson files");
}

}  // namespace

Result<std::shared_ptr<const Source>> parse_xml_rows(std::string_view text, bool is_utf8, std::string_view shown_name) {
  if (text.size() > kMaxXmlBytes) return too_large(shown_name);
  MIMUS_ASSIGN(ValueList rows, RowBuilder(is_utf8, shown_name).parse(text));
  return table_of_maps(std::move(rows));
}

Result<std::shared_ptr<const Source>> open_xml(const fs::path& file, const FileOptions& options,
                                               std::string_view shown_name) {
  MIMUS_ASSIGN(const std::shared_ptr<SourceText> text, open_text(file, options, shown_name, TextConversion::Keep));
  if (text->size() > kMaxXmlBytes) return too_large(shown_name);
  MIMUS_TRY(text->map());
  return parse_xml_rows(text->view(), !options.encoding.empty(), shown_name);
}

}  // namespace mimus
