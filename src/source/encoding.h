// Encodings of text files: their names, telling them from bytes, converting to UTF-8.
//
// Known are UTF-8, UTF-16 and UTF-32 in both byte orders, and single-byte encodings of Windows, ISO 8859, KOI8, DOS and
// Mac. Pure; a converter has one owner at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mimus {

// upper[i]: the character of byte 0x80 + i; U+FFFD: there is none; U+FFFF: the control character of that number.
struct SingleByteTable {
  std::string_view name;
  const char16_t* upper;  // 128 of them
};
extern const SingleByteTable kSingleByteTables[];
extern const std::size_t kSingleByteTableCount;

// The character of a byte of 0x80 or more; U+FFFD: there is none.
[[nodiscard]] char32_t upper_character(const SingleByteTable& table, unsigned char byte);

enum class EncodingForm : std::uint8_t { Utf8, Utf16Little, Utf16Big, Utf32Little, Utf32Big, SingleByte };

struct Encoding {
  EncodingForm form = EncodingForm::Utf8;
  const SingleByteTable* table = nullptr;  // of SingleByte

  [[nodiscard]] std::string_view name() const;
};

// By its name, in any case, with or without '-' and '_': "UTF-8", "latin1", "cp1252". False when it is not known.
[[nodiscard]] bool find_encoding(std::string_view name, Encoding& out);
[[nodiscard]] std::vector<std::string_view> encoding_names();

struct DetectedEncoding {
  Encoding encoding;
  std::size_t mark = 0;   // bytes of the byte order mark
  bool is_guess = false;  // by the frequency of letters
};

// What the first bytes of a text say. A mark decides; else zero bytes tell UTF-16, well-formed UTF-8 is UTF-8, and the
// rest is the one of windows-1252, windows-1250, windows-1251, windows-1253 and koi8-r under which the letters make the
// most likely words.
[[nodiscard]] DetectedEncoding detect_encoding(std::string_view start);
// The length of a mark of that encoding at the start of the bytes.
[[nodiscard]] std::size_t mark_length(const Encoding& encoding, std::string_view start);

// The bytes before the first one that is no well-formed UTF-8; a character cut off at the end is not counted.
[[nodiscard]] std::size_t utf8_prefix(std::string_view bytes);
// True when `rest`, what follows that prefix, may be the start of a character.
[[nodiscard]] bool may_go_on(std::string_view rest);

class Utf8Converter {
 public:
  explicit Utf8Converter(Encoding encoding) : encoding_(encoding) {}

  // Appends the text of the next bytes to `out`. False where they are no text of the encoding: line() is the place.
  [[nodiscard]] bool convert(std::string_view bytes, bool is_end, std::string& out);
  // The line reached, from 1.
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  [[nodiscard]] bool convert_utf8(std::string_view bytes, std::string& out);
  [[nodiscard]] bool convert_utf16(std::string_view bytes, std::string& out);
  [[nodiscard]] bool convert_utf32(std::string_view bytes, std::string& out);
  [[nodiscard]] bool convert_single(std::string_view bytes, std::string& out) const;

  Encoding encoding_;
  std::string rest_;  // the start of a character that was cut off
  std::size_t line_ = 1;
};

}  // namespace mimus
