// Picks of rows of a table that depend on other attributes: by a group, several different ones, by given weights.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "domain/making.h"

namespace mimus {

// A place by the weights, which are not negative and not all 0.
[[nodiscard]] std::size_t weighted(Draws& draws, std::span<const double> weights);
[[nodiscard]] std::size_t weighted(Draws& draws, std::initializer_list<double> weights);

// The rows of a table whose text in that column is `group`; those without any text there when there are none, and all
// of them when there are none of these either (a project's own tables may be so).
[[nodiscard]] std::vector<std::size_t> rows_of_group(const PackTable& table, std::string_view column,
                                                     std::string_view group);
// One of these rows by the table's column "weight"; `rows` has some.
[[nodiscard]] std::size_t pick_row(Draws& draws, const PackTable& table, std::span<const std::size_t> rows);
// The word "name" of a row of the group.
[[nodiscard]] std::string_view pick_of_group(const Cell& cell, std::size_t choice, std::string_view column,
                                             std::string_view group);
// So many different rows, by weight, or all of them; in the order in which they were drawn.
[[nodiscard]] std::vector<std::size_t> distinct_rows(Draws& draws, const PackTable& table,
                                                     std::vector<std::size_t> rows, std::size_t count);
// The same with weights of one's own, one for each of `rows`.
[[nodiscard]] std::vector<std::size_t> distinct_rows(Draws& draws, std::vector<std::size_t> rows,
                                                     std::vector<double> weights, std::size_t count);
// The words of different rows, from `least` to `most` of them, sorted: a list of texts.
[[nodiscard]] Value some_words(const Cell& cell, std::size_t choice, std::vector<std::size_t> rows, std::int64_t least,
                               std::int64_t most);
[[nodiscard]] Value some_words(const Cell& cell, std::size_t choice, std::int64_t least, std::int64_t most);

[[nodiscard]] inline Value text_value(std::string_view text) { return Value(std::string(text)); }
// Between two numbers, in steps of 1/10^decimals: as a number of that many decimals.
[[nodiscard]] double decimal_between(Draws& draws, double first, double last, int decimals);
// The text with the words in the place of the names in braces: "{city} Clinic".
struct Placeholder {
  std::string_view mark;
  std::string_view word;
};
[[nodiscard]] std::string filled(std::string_view pattern, std::initializer_list<Placeholder> words);

}  // namespace mimus
