// Writes JSON text, member by member, without building a document first.
//
//   Json json;
//   json.begin_object();
//   json.member("name", file.name);
//   json.end_object();
//   std::move(json).text()
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace mimus::server {

class Json {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void key(std::string_view name) {
    separate();
    append_json_string(text_, name, false);
    text_ += ": ";
    fresh_ = true;
  }

  void value(std::string_view text) {
    separate();
    append_json_string(text_, text, false);
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(Timestamp time) { value(rfc3339(time)); }
  template <std::same_as<bool> Bool>
  void value(Bool truth) {
    raw(truth ? "true" : "false");
  }
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  void value(Integer number) {
    raw(std::to_string(number));
  }
  void value(double number) { raw(float_text(number)); }
  template <class T>
  void value(const std::optional<T>& maybe) {
    if (maybe)
      value(*maybe);
    else
      null();
  }
  void null() { raw("null"); }
  // JSON text that is there already.
  void raw(std::string_view text) {
    separate();
    text_ += text;
  }

  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }
  void null_member(std::string_view name) {
    key(name);
    null();
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }
  [[nodiscard]] std::string& buffer() { return text_; }

 private:
  void separate() {
    if (!fresh_) text_ += ", ";
    fresh_ = false;
  }
  void open(char bracket) {
    separate();
    text_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    fresh_ = false;
  }

  std::string text_;
  bool fresh_ = true;  // nothing stands before the next value
};

}  // namespace mimus::server
