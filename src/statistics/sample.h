// Sample: values of one column, of rows that were chosen by a hash of their number.
//
// A value has a level: how small its row's hash is, in steps of an eighth to a fifth. The sample keeps the values of
// its own level and above; it rises until no more than so many are kept. Which values are kept in the end depends on
// all values and on nothing else, whatever the order in which they or other samples have come.
//
// One thread at a time.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/text_range.h"

namespace mimus::statistics {

// Of a row by its hash: the greater, the fewer there are. Four levels halve them: they have 7/8, 3/4, 5/8 and 1/2 of
// the hashes, and so on.
inline constexpr std::uint8_t kMostLevel = 240;
[[nodiscard]] inline std::uint8_t level_of(std::uint64_t hash) {
  const auto zeros = static_cast<unsigned>(std::countl_zero(hash));
  if (zeros >= kMostLevel / 4) return kMostLevel;
  // The two bits behind the first one.
  const auto quarter = static_cast<unsigned>((hash << zeros) >> 61U) & 3U;
  return static_cast<std::uint8_t>(4 * zeros + 3 - quarter);
}
// The greatest hash of a level.
[[nodiscard]] inline std::uint64_t greatest_hash(std::uint8_t level) {
  return (std::uint64_t{8} - level % 4) * (std::uint64_t{1} << 61U >> level / 4U) - 1;
}

// How much a sample keeps in the end. Until then it may be twice as much, so that it need not rise with each value.
struct SampleLimits {
  std::uint64_t values = 0;
  // As long as these are all values.
  std::uint64_t all_values = 0;
  std::uint64_t text_bytes = 0;
};

class Sample {
 public:
  // A text: its hash stands for all of it.
  struct Text {
    std::uint64_t hash = 0;
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  template <class T>
  struct Kept {
    std::vector<T> values;
    std::vector<std::uint8_t> levels;
    // Value k is value_of(k); `expected`: how many there will be in all, about.
    template <class ValueOf>
    void add(std::span<const std::uint8_t> more, ValueOf value_of, std::size_t expected) {
      const std::size_t size = values.size();
      if (size == 0) {
        values.reserve(expected);
        levels.reserve(expected);
      }
      values.resize(size + more.size());
      for (std::size_t k = 0; k < more.size(); ++k) values[size + k] = value_of(k);
      levels.insert(levels.end(), more.begin(), more.end());
    }
    void add(T value, std::uint8_t level, std::size_t expected) {
      add(std::span(&level, 1), [&](std::size_t) { return value; }, expected);
    }
  };

  // `expected`: values that there will be about, when that is known.
  void reserve(std::size_t expected) { expected_ = expected; }

  // Values of lower levels are not offered; see raise().
  [[nodiscard]] std::uint8_t level() const { return level_; }
  // Several values: value k is value_of(k), its level levels[k].
  template <class ValueOf>
  void add_ints(std::span<const std::uint8_t> levels, ValueOf value_of) {
    ints_.add(levels, value_of, expected_);
  }
  template <class ValueOf>
  void add_floats(std::span<const std::uint8_t> levels, ValueOf value_of) {
    floats_.add(levels, value_of, expected_);
  }
  template <class ValueOf>
  void add_times(std::span<const std::uint8_t> levels, ValueOf value_of) {
    times_.add(levels, value_of, expected_);
  }
  void add_int(std::int64_t value, std::uint8_t level) { ints_.add(value, level, expected_); }
  void add_float(double value, std::uint8_t level) { floats_.add(value, level, expected_); }
  void add_time(std::int64_t micros, std::uint8_t level) { times_.add(micros, level, expected_); }
  // Texts: value_of(k) is what keep() gave.
  template <class ValueOf>
  void add_texts(std::span<const std::uint8_t> levels, ValueOf value_of) {
    texts_.add(levels, value_of, expected_);
  }
  [[nodiscard]] Text keep(std::string_view text, std::uint64_t hash);

  // Drops what is below the level.
  void raise(std::uint8_t level);
  // As values come; `limits` do not grow from call to call.
  void stay_near(const SampleLimits& limits);
  // Before it is read: what it has now depends on its values and the limits alone.
  void keep_to(const SampleLimits& limits);
  void merge(const Sample& other);

  // The values themselves, for whoever has no more to add: they may be sorted.
  [[nodiscard]] std::vector<std::int64_t>& ints() { return ints_.values; }
  [[nodiscard]] std::vector<double>& floats() { return floats_.values; }
  [[nodiscard]] std::vector<std::int64_t>& times() { return times_.values; }
  [[nodiscard]] std::vector<Text>& texts() { return texts_.values; }
  [[nodiscard]] std::string_view text(const Text& text) const {
    return std::string_view(bytes_).substr(text.offset, text.size);
  }

 private:
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint8_t level_for(const SampleLimits& limits) const;
  void compact_texts();

  // Where a text is that was added lately, by its hash: many columns have few texts.
  struct Recent {
    Text text;
    bool is_set = false;
  };

  std::uint8_t level_ = 0;
  std::size_t expected_ = 0;
  Kept<std::int64_t> ints_;
  Kept<double> floats_;
  Kept<std::int64_t> times_;
  Kept<Text> texts_;
  std::string bytes_;
  std::uint64_t text_bytes_ = 0;  // as if each text stood for itself
  std::array<Recent, 64> recent_{};
};

}  // namespace mimus::statistics
