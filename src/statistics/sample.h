// Sample: values of one column, of rows that were chosen by a hash of their number.
//
// A value has a level: the number of zero bits at the end of its row's hash. The sample keeps the values of its own
// level and above; it rises by one, and so halves, whenever more than so many are kept. Which values are kept in the
// end depends on all values and on nothing else, whatever the order in which they or other samples have come.
//
// One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/text_range.h"

namespace mimus::statistics {

struct SampleLimits {
  std::uint64_t values = 0;
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
  void add_text(std::string_view text, std::uint64_t hash, std::uint8_t level);

  // Drops what is below the level.
  void raise(std::uint8_t level);
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
