#include "target/text_encoding.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {
namespace {

// Letters in lower case and digits.
std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) key += lower;
  }
  return key;
}

char* put_unit(char* p, std::uint32_t unit, std::size_t size, bool big) {
  for (std::size_t k = 0; k < size; ++k) {
    const std::size_t shift = 8 * (big ? size - 1 - k : k);
    *p++ = static_cast<char>(unit >> shift & 0xFFU);
  }
  return p;
}

}  // namespace

std::optional<TextEncoding> TextEncoding::find(std::string_view name) {
  const std::string key = key_of(name);
  TextEncoding out;
  if (key == "ascii" || key == "usascii" || key == "646") {
    out.form_ = EncodingForm::SingleByte;
    out.name_ = "us-ascii";
    out.set_table(nullptr);
    return out;
  }
  Encoding known;
  if (key == "u8") return out;
  if (!find_encoding(name, known)) return std::nullopt;
  out.form_ = known.form;
  out.name_ = known.name();
  if (known.table != nullptr) out.set_table(known.table);
  if (key == "utf8sig") out.mark_ = "\xEF\xBB\xBF";
  if (key == "utf16") {
    out.name_ = "utf-16";
    out.mark_ = "\xFF\xFE";
  }
  if (key == "utf32") {
    out.name_ = "utf-32";
    out.mark_ = std::string("\xFF\xFE\0\0", 4);
  }
  return out;
}

void TextEncoding::set_table(const SingleByteTable* table) {
  table_ = table;
  bytes_.assign(std::size_t{1} << 16U, 0);
  if (table == nullptr) return;
  for (unsigned byte = 0x80; byte <= 0xFF; ++byte) {
    const char32_t character = upper_character(*table, static_cast<unsigned char>(byte));
    if (character != 0xFFFD) bytes_[character] = static_cast<std::uint8_t>(byte);
  }
}

std::optional<char32_t> TextEncoding::append(std::string_view text, Buffer& out) const {
  if (form_ == EncodingForm::SingleByte) return append_single(text, out);
  if (form_ == EncodingForm::Utf8) {
    out.append(text);
  } else {
    append_wide(text, out);
  }
  return std::nullopt;
}

std::optional<char32_t> TextEncoding::append_single(std::string_view text, Buffer& out) const {
  char* p = out.room(out.end(), text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<signed char>(text[i]) >= 0) {
      *p++ = text[i++];
      continue;
    }
    const char32_t character = next_code_point(text, i);
    const std::uint8_t byte = character < bytes_.size() ? bytes_[character] : 0;
    if (byte == 0) {
      out.set_end(p);
      return character;
    }
    *p++ = static_cast<char>(byte);
  }
  out.set_end(p);
  return std::nullopt;
}

void TextEncoding::append_wide(std::string_view text, Buffer& out) const {
  const bool wide = form_ == EncodingForm::Utf32Little || form_ == EncodingForm::Utf32Big;
  const bool big = form_ == EncodingForm::Utf16Big || form_ == EncodingForm::Utf32Big;
  char* p = out.room(out.end(), 4 * text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char32_t character = next_code_point(text, i);
    if (wide) {
      p = put_unit(p, character, 4, big);
    } else if (character < 0x10000) {
      p = put_unit(p, character, 2, big);
    } else {
      p = put_unit(p, 0xD800 + ((character - 0x10000) >> 10U), 2, big);
      p = put_unit(p, 0xDC00 + ((character - 0x10000) & 0x3FFU), 2, big);
    }
  }
  out.set_end(p);
}

std::string TextEncoding::decode(std::string_view bytes) const {
  std::string out;
  if (form_ == EncodingForm::SingleByte && table_ == nullptr) {
    out = bytes;
  } else {
    Utf8Converter converter({.form = form_, .table = table_});
    (void)converter.convert(bytes, true, out);
  }
  return out;
}

}  // namespace mimus
