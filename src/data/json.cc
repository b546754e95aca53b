#include "data/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"

namespace mimus {
namespace {

// Builds values from the reader's events.
class ValueBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ValueBuilder> {
 public:
  bool Null() { return add(Value()); }
  bool Bool(bool truth) { return add(Value(truth)); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return add(number({text, size})); }
  bool String(const char* text, rapidjson::SizeType size, bool) { return add(Value(std::string(text, size))); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    open_.back().key.assign(text, size);
    return true;
  }
  bool StartObject() { return open(true); }
  bool StartArray() { return open(false); }
  bool EndObject(rapidjson::SizeType) {
    ValueMap entries = std::move(open_.back().entries);
    open_.pop_back();
    return add(Value::map(std::move(entries)));
  }
  bool EndArray(rapidjson::SizeType) {
    ValueList items = std::move(open_.back().items);
    open_.pop_back();
    return add(Value::list(std::move(items)));
  }

  [[nodiscard]] bool is_too_deep() const { return open_.size() >= kMaxJsonDepth; }
  [[nodiscard]] Value take() { return std::move(root_); }

 private:
  struct Open {
    bool is_map;
    ValueList items;
    ValueMap entries;
    std::string key;
    std::unordered_map<std::string, std::size_t> places = {};  // of the names in entries
  };

  static Value number(std::string_view text) {
    if (text.find_first_of(".eEIN") != std::string_view::npos) return Value(parse_float(text).value_or(0));
    if (const auto integer = parse_int(text)) return Value(*integer);
    return Value(BigInteger{std::string(text)});
  }

  bool open(bool is_map) {
    if (is_too_deep()) return false;
    open_.push_back({is_map, {}, {}, {}});
    return true;
  }

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (!open_.back().is_map) {
      open_.back().items.push_back(std::move(value));
    } else {
      set_entry(open_.back(), std::move(value));
    }
    return true;
  }

  // Of two entries of one name the last counts, in the place of the first.
  static void set_entry(Open& map, Value value) {
    const auto [place, is_new] = map.places.try_emplace(map.key, map.entries.size());
    if (is_new) {
      map.entries.emplace_back(std::move(map.key), std::move(value));
    } else {
      map.entries[place->second].second = std::move(value);
    }
  }

  std::vector<Open> open_;
  Value root_;
};

struct Place {
  std::size_t line, column;
};

Place place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t start = before.rfind('\n');
  return {line, before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1};
}

}  // namespace

Result<Value> parse_json(std::string_view text, std::string_view shown_name) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  ValueBuilder builder;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseNanAndInfFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (!result.IsError()) return builder.take();
  const Place place = place_of(text, result.Offset());
  const std::string where =
      std::string(shown_name) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  if (builder.is_too_deep()) {
    return fail("json.depth", where + ": nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
  }
  return fail("json.syntax", where + ": " + rapidjson::GetParseError_En(result.Code()), "the file must be valid JSON");
}

}  // namespace mimus
