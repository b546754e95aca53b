// The events of JSON text: RapidJSON's, with numbers as their digits.
//
// NaN, Infinity and -Infinity, which Python writes, are numbers too. RapidJSON can read them by itself, but not where
// numbers are their digits; so they are looked for before, and the handler is told where they stood.
//
// A handler is one of RapidJSON's, with RawNumber(text, size, copy) for numbers and Special(double) for those three.
#pragma once

// RapidJSON's empty stack adds offsets to a null pointer to see whether there is room, which does no harm.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mimus {

// A text in which special numbers are replaced by others of the same length.
class JsonText {
 public:
  // `text` is borrowed.
  explicit JsonText(std::string_view text);

  struct Special {
    std::size_t offset;
    double value;
  };
  [[nodiscard]] std::string_view text() const { return specials_.empty() ? text_ : std::string_view(replaced_); }
  [[nodiscard]] const std::vector<Special>& specials() const { return specials_; }

 private:
  std::string_view text_;
  std::string replaced_;
  std::vector<Special> specials_;
};

struct JsonOutcome {
  bool is_good = true;
  std::size_t offset = 0;  // of the mistake
  const char* reason = "";
  bool has_more = false;  // a whole value, and something behind it
};

template <class Handler>
class SpecialNumbers {
 public:
  SpecialNumbers(Handler& handler, const JsonText& json, const rapidjson::MemoryStream& stream)
      : handler_(handler), specials_(json.specials()), stream_(stream) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls
  bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
    if (next_ < specials_.size() && stream_.Tell() > specials_[next_].offset) {
      return handler_.Special(specials_[next_++].value);
    }
    return handler_.RawNumber(text, size, copy);
  }
  bool Null() { return handler_.Null(); }
  bool Bool(bool truth) { return handler_.Bool(truth); }
  bool Int(int) { return false; }  // numbers come as their digits
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const char* text, rapidjson::SizeType size, bool copy) { return handler_.String(text, size, copy); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) { return handler_.Key(text, size, copy); }
  bool StartObject() { return handler_.StartObject(); }
  bool EndObject(rapidjson::SizeType members) { return handler_.EndObject(members); }
  bool StartArray() { return handler_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) { return handler_.EndArray(elements); }
  // NOLINTEND(readability-identifier-naming)

 private:
  Handler& handler_;
  const std::vector<JsonText::Special>& specials_;
  const rapidjson::MemoryStream& stream_;
  std::size_t next_ = 0;
};

// One JSON value to the handler's events. Nothing is recursive.
template <class Handler>
[[nodiscard]] JsonOutcome read_json_events(std::string_view text, Handler& handler) {
  const JsonText json(text);
  rapidjson::MemoryStream stream(json.text().data(), json.text().size());
  rapidjson::Reader reader;
  SpecialNumbers<Handler> numbers(handler, json, stream);
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, numbers);
  // RapidJSON takes a null byte for the end.
  if (!result.IsError() && stream.Tell() < text.size()) {
    return {.is_good = false,
            .offset = stream.Tell(),
            .reason = rapidjson::GetParseError_En(rapidjson::kParseErrorDocumentRootNotSingular),
            .has_more = true};
  }
  if (!result.IsError()) return {};
  return {.is_good = false,
          .offset = result.Offset(),
          .reason = rapidjson::GetParseError_En(result.Code()),
          .has_more = result.Code() == rapidjson::kParseErrorDocumentRootNotSingular};
}

}  // namespace mimus
