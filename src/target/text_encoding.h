// The encodings that files of text can be written in: those that sources are read in, and ASCII.
//
// Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "source/encoding.h"

namespace mimus {

class TextEncoding {
 public:
  // By a name as Python knows it: "latin-1", "cp1252", "utf-16". "utf-8-sig", "utf-16" and "utf-32" put a byte order
  // mark at the start of a file. nullopt when it is not known.
  [[nodiscard]] static std::optional<TextEncoding> find(std::string_view name);

  // True when UTF-8 can stay as it is.
  [[nodiscard]] bool is_utf8() const { return form_ == EncodingForm::Utf8; }
  // As XML declares it: "iso-8859-1".
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view mark() const { return mark_; }

  // Appends well-formed UTF-8 in this encoding. When a character has no form in it, it is returned, and what stands
  // before it has been appended.
  [[nodiscard]] std::optional<char32_t> append(std::string_view text, Buffer& out) const;
  // What append() has made, as UTF-8 again.
  [[nodiscard]] std::string decode(std::string_view bytes) const;

 private:
  [[nodiscard]] std::optional<char32_t> append_single(std::string_view text, Buffer& out) const;
  void append_wide(std::string_view text, Buffer& out) const;
  void set_table(const SingleByteTable* table);

  EncodingForm form_ = EncodingForm::Utf8;
  std::string name_ = "utf-8";
  std::string mark_;
  const SingleByteTable* table_ = nullptr;  // nullptr, of single bytes: ASCII
  std::vector<std::uint8_t> bytes_;         // by character below 2^16; 0: it has none
};

}  // namespace mimus
