#include "server/json_stream.h"

#include "base/text.h"

namespace mimus::server {
namespace {

constexpr std::size_t kDepth = 64;
constexpr std::size_t kKeyBytes = 1024;
constexpr std::size_t kScalarBytes = 64;
constexpr std::size_t kStringPiece = 16U << 10U;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_scalar(std::string_view text) {
  if (text == "true" || text == "false" || text == "null") return true;
  // RFC 8259: no plus, no leading zero, digits on both sides of the point.
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - start;
  };
  const std::size_t start = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[start] == '0')) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

// How much of `text` ends with a whole character, so that a piece never ends within one.
std::size_t whole_characters(std::string_view text) {
  std::size_t back = 0;
  while (back < 3 && back < text.size() &&
         (static_cast<unsigned char>(text[text.size() - 1 - back]) & 0xC0U) == 0x80U) {
    ++back;
  }
  if (back == text.size()) return text.size();
  const auto lead = static_cast<unsigned char>(text[text.size() - 1 - back]);
  const std::size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  return need > back ? text.size() - 1 - back : text.size();
}

}  // namespace

std::unexpected<Diagnostic> JsonStream::wrong(std::string_view what) const {
  return fail("request.syntax",
              "the body is no valid JSON at byte " + std::to_string(offset_) + ": " + std::string(what));
}

Status JsonStream::take(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (token_ == Token::String && high_surrogate_ == 0) {
      // The fast way: a run of plain characters.
      const std::size_t start = i;
      while (i < bytes.size() && bytes[i] != '"' && bytes[i] != '\\' && static_cast<unsigned char>(bytes[i]) >= 0x20) {
        ++i;
      }
      text_.append(bytes.substr(start, i - start));
      offset_ += i - start;
      if (text_.size() >= kStringPiece) MIMUS_TRY(flush(false));
      if (i == bytes.size()) break;
    }
    MIMUS_TRY(take_character(bytes[i]));
    ++offset_;
  }
  return {};
}

Status JsonStream::finish() {
  if (token_ == Token::Scalar) MIMUS_TRY(end_scalar());
  if (token_ != Token::None || expect_ != Expect::Nothing) return wrong("it ends in the middle");
  return {};
}

Status JsonStream::take_character(char c) {
  switch (token_) {
    case Token::String:
      return take_in_string(c);
    case Token::Escape:
      return take_escape(c);
    case Token::Unicode:
      return take_unicode(c);
    case Token::Scalar:
      if (!is_blank(c) && c != ',' && c != ']' && c != '}') {
        if (text_.size() >= kScalarBytes) return wrong("a number is too long");
        text_ += c;
        return {};
      }
      MIMUS_TRY(end_scalar());
      return take_structure(c);
    case Token::None:
      return take_structure(c);
  }
  return {};
}

Status JsonStream::take_structure(char c) {
  if (is_blank(c)) return {};
  switch (expect_) {
    case Expect::Nothing:
      return wrong("something follows the value");
    case Expect::Colon:
      if (c != ':') return wrong("':' is expected");
      expect_ = Expect::Value;
      return {};
    case Expect::KeyOrEnd:
    case Expect::Key:
      if (c == '}' && expect_ == Expect::KeyOrEnd) return end_container(c);
      if (c != '"') return wrong("a member's name is expected");
      token_ = Token::String;
      in_key_ = true;
      text_.clear();
      return {};
    case Expect::CommaOrEnd:
      if (c == ',') {
        expect_ = open_.back() == '{' ? Expect::Key : Expect::Value;
        return {};
      }
      return end_container(c);
    case Expect::FirstValue:
      if (c == ']') return end_container(c);
      return begin_value(c);
    case Expect::Value:
      return begin_value(c);
  }
  return {};
}

Status JsonStream::begin_value(char c) {
  if (c == '{' || c == '[') return begin_container(c);
  text_.clear();
  if (c == '"') {
    token_ = Token::String;
    in_key_ = false;
    return {};
  }
  text_ = c;
  token_ = Token::Scalar;
  return {};
}

Status JsonStream::begin_container(char c) {
  if (open_.size() >= kDepth) return wrong("it is nested too deep");
  open_.push_back(c);
  expect_ = c == '{' ? Expect::KeyOrEnd : Expect::FirstValue;
  return sink_.begin(c);
}

Status JsonStream::end_container(char c) {
  if (open_.empty() || c != (open_.back() == '{' ? '}' : ']')) return wrong("',' or a closing bracket is expected");
  open_.pop_back();
  after_value();
  return sink_.end(c);
}

void JsonStream::after_value() { expect_ = open_.empty() ? Expect::Nothing : Expect::CommaOrEnd; }

Status JsonStream::end_scalar() {
  token_ = Token::None;
  if (!is_scalar(text_)) return wrong("a value is expected");
  after_value();
  return sink_.scalar(text_);
}

Status JsonStream::take_in_string(char c) {
  if (high_surrogate_ != 0 && c != '\\') return wrong("half of a surrogate pair");
  if (c == '"') return end_string();
  if (c == '\\') {
    token_ = Token::Escape;
    return {};
  }
  if (static_cast<unsigned char>(c) < 0x20) return wrong("a control character in a string");
  text_ += c;
  return {};
}

Status JsonStream::take_escape(char c) {
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  token_ = Token::String;
  if (c == 'u') {
    token_ = Token::Unicode;
    unicode_ = 0;
    digits_ = 0;
    return {};
  }
  const std::size_t found = kNames.find(c);
  if (found == std::string_view::npos) return wrong("an unknown escape");
  if (high_surrogate_ != 0) return wrong("half of a surrogate pair");
  text_ += kMeant[found];
  return {};
}

Status JsonStream::take_unicode(char c) {
  unsigned digit = 0;
  if (c >= '0' && c <= '9')
    digit = static_cast<unsigned>(c - '0');
  else if (c >= 'a' && c <= 'f')
    digit = static_cast<unsigned>(c - 'a') + 10;
  else if (c >= 'A' && c <= 'F')
    digit = static_cast<unsigned>(c - 'A') + 10;
  else
    return wrong("an escape needs four hex digits");
  unicode_ = unicode_ * 16 + digit;
  if (++digits_ < 4) return {};
  token_ = Token::String;
  const bool low = unicode_ >= 0xDC00 && unicode_ <= 0xDFFF;
  if ((high_surrogate_ != 0) != low) return wrong("half of a surrogate pair");
  if (unicode_ >= 0xD800 && unicode_ <= 0xDBFF) {
    high_surrogate_ = unicode_;
    return {};
  }
  append_utf8(text_, low ? 0x10000 + ((high_surrogate_ - 0xD800) << 10U) + (unicode_ - 0xDC00) : unicode_);
  high_surrogate_ = 0;
  return {};
}

// Hands the piece of a string on; what is left is the begin of a character.
Status JsonStream::flush(bool last) {
  const std::size_t size = last ? text_.size() : whole_characters(text_);
  const std::string_view piece = std::string_view(text_).substr(0, size);
  if (!is_utf8(piece)) return wrong("a string is no UTF-8");
  if (in_key_) {
    if (size > kKeyBytes) return wrong("a member's name is too long");
    if (!last) return {};
    MIMUS_TRY(sink_.key(piece));
  } else {
    MIMUS_TRY(sink_.string(piece, last));
  }
  text_.erase(0, size);
  return {};
}

Status JsonStream::end_string() {
  token_ = Token::None;
  MIMUS_TRY(flush(true));
  if (in_key_)
    expect_ = Expect::Colon;
  else
    after_value();
  return {};
}

}  // namespace mimus::server
