// JSON read piece by piece (RFC 8259): strings of any size pass through without being held.
//
// For bodies that carry whole files. Small bodies are read by a library (options.cc).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus::server {

// Receives what is read. A failure ends the reading, and is what take() returns.
class JsonSink {
 public:
  virtual ~JsonSink() = default;
  [[nodiscard]] virtual Status begin(char bracket) = 0;  // '{' or '['
  [[nodiscard]] virtual Status end(char bracket) = 0;    // '}' or ']'
  [[nodiscard]] virtual Status key(std::string_view name) = 0;
  // A string value in pieces of UTF-8; `last` with the last one, which may be empty.
  [[nodiscard]] virtual Status string(std::string_view piece, bool last) = 0;
  [[nodiscard]] virtual Status scalar(std::string_view text) = 0;  // a number, true, false, null
};

// Errors: request.syntax with the offset in bytes.
class JsonStream {
 public:
  explicit JsonStream(JsonSink& sink) : sink_(sink) {}

  [[nodiscard]] Status take(std::string_view bytes);
  [[nodiscard]] Status finish();

 private:
  enum class Expect { Value, FirstValue, KeyOrEnd, Key, Colon, CommaOrEnd, Nothing };
  enum class Token { None, String, Escape, Unicode, Scalar };

  [[nodiscard]] Status take_character(char c);
  [[nodiscard]] Status take_structure(char c);
  [[nodiscard]] Status take_in_string(char c);
  [[nodiscard]] Status take_escape(char c);
  [[nodiscard]] Status take_unicode(char c);
  [[nodiscard]] Status begin_container(char c);
  [[nodiscard]] Status end_container(char c);
  [[nodiscard]] Status begin_value(char c);
  [[nodiscard]] Status end_scalar();
  [[nodiscard]] Status end_string();
  [[nodiscard]] Status flush(bool last);
  void after_value();
  [[nodiscard]] std::unexpected<Diagnostic> wrong(std::string_view what) const;

  JsonSink& sink_;
  Expect expect_ = Expect::Value;
  Token token_ = Token::None;
  bool in_key_ = false;
  std::vector<char> open_;  // brackets
  std::string text_;        // of the token under way: a piece of a string, a scalar
  unsigned unicode_ = 0;    // digits of an escape, and how many there are
  unsigned digits_ = 0;
  char32_t high_surrogate_ = 0;
  std::size_t offset_ = 0;
};

}  // namespace mimus::server
