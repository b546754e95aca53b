// JSON text to values.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "data/json.h"
#include "data/json_events.h"

namespace mimus {
namespace {

// Builds values from the reader's events.
class ValueBuilder {
 public:
  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls
  bool Null() { return add(Value()); }
  bool Bool(bool truth) { return add(Value(truth)); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return add(json_number({text, size})); }
  bool Special(double value) { return add(Value(value)); }
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
  // NOLINTEND(readability-identifier-naming)

  [[nodiscard]] bool is_too_deep() const { return open_.size() >= kMaxJsonDepth; }
  [[nodiscard]] Value take() { return std::move(root_); }

 private:
  struct Open {
    bool is_map;
    ValueList items;
    ValueMap entries;
    std::string key;
    std::unordered_map<std::string, std::size_t> places = {};  // of the names in entries, once there are many
  };

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
    const std::size_t place = place_of(map);
    if (place == map.entries.size()) {
      map.entries.emplace_back(std::move(map.key), std::move(value));
    } else {
      map.entries[place].second = std::move(value);
    }
  }

  static std::size_t place_of(Open& map) {
    constexpr std::size_t kFewEntries = 16;
    if (map.entries.size() <= kFewEntries) {
      const auto found = std::ranges::find(map.entries, map.key, &ValueMap::value_type::first);
      return static_cast<std::size_t>(found - map.entries.begin());
    }
    if (map.places.empty()) {
      for (std::size_t i = 0; i < map.entries.size(); ++i) map.places[map.entries[i].first] = i;
    }
    return map.places.try_emplace(map.key, map.entries.size()).first->second;
  }

  std::vector<Open> open_;
  Value root_;
};

}  // namespace

Value json_number(std::string_view digits) {
  if (digits.find_first_of(".eE") != std::string_view::npos) return Value(parse_float(digits).value_or(0));
  if (const auto integer = parse_int(digits)) return Value(*integer);
  return Value(BigInteger{std::string(digits)});
}

std::expected<Value, JsonMistake> parse_json_value(std::string_view text) {
  ValueBuilder builder;
  const JsonOutcome outcome = read_json_events(text, builder);
  if (outcome.is_good) return builder.take();
  JsonMistake mistake{.offset = std::min(outcome.offset, text.size()), .finding = {}};
  if (builder.is_too_deep()) {
    mistake.finding = {.code = "json.depth",
                       .message = "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels"};
  } else {
    mistake.finding = {.code = "json.syntax", .message = outcome.reason, .hint = "the file must be valid JSON"};
    mistake.has_more = outcome.has_more;
  }
  return std::unexpected(std::move(mistake));
}

Result<Value> parse_json(std::string_view text, std::string_view shown_name) {
  auto value = parse_json_value(text);
  if (value) return std::move(*value);
  JsonMistake& mistake = value.error();
  const std::string_view before = text.substr(0, mistake.offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
  if (mistake.has_more && text.substr(mistake.offset).starts_with('{') && trim(before).ends_with('}')) {
    mistake.finding.hint = "a file with an object a line has the extension .ndjson or .jsonl";
  }
  mistake.finding.message = std::string(shown_name) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
                            mistake.finding.message;
  return fail(std::move(mistake.finding));
}

}  // namespace mimus
