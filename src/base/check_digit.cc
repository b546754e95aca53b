#include "base/check_digit.h"

#include <array>
#include <cstddef>

namespace mimus {
namespace {

constexpr int digit(char c) { return c - '0'; }
constexpr char text_of(int value) { return static_cast<char>('0' + value); }

// The group D5 as multiplication table, and its permutation of order 8.
constexpr std::array<std::array<int, 10>, 10> kDihedral{{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                         {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                                         {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
                                                         {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                                         {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
                                                         {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                                         {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
                                                         {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                                         {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
                                                         {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}}};
constexpr std::array<int, 10> kPermutation{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
constexpr std::array<int, 10> kInverse{0, 4, 3, 2, 1, 5, 6, 7, 8, 9};

int permuted(int value, std::size_t times) {
  for (std::size_t k = 0; k < times % 8; ++k) value = kPermutation[static_cast<std::size_t>(value)];
  return value;
}

}  // namespace

char luhn_digit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (std::size_t k = digits.size(); k-- > 0; doubled = !doubled) {
    const int value = doubled ? 2 * digit(digits[k]) : digit(digits[k]);
    sum += value > 9 ? value - 9 : value;
  }
  return text_of((10 - sum % 10) % 10);
}

char gs1_digit(std::string_view digits) {
  int sum = 0;
  int weight = 3;
  for (std::size_t k = digits.size(); k-- > 0; weight = 4 - weight) sum += weight * digit(digits[k]);
  return text_of((10 - sum % 10) % 10);
}

int weighted_sum(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t k = 0; k < weights.size() && k < digits.size(); ++k) sum += weights[k] * digit(digits[k]);
  return sum;
}

int modulo_97(std::string_view text) {
  int rest = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      rest = (rest * 10 + digit(c)) % 97;
    } else {
      rest = (rest * 100 + (c | 0x20) - 'a' + 10) % 97;
    }
  }
  return rest;
}

int check_digits_97(std::string_view text) { return 98 - modulo_97(text) * 100 % 97; }

char mod_11_10_digit(std::string_view digits) {
  int product = 10;
  for (const char c : digits) {
    int sum = (digit(c) + product) % 10;
    if (sum == 0) sum = 10;
    product = 2 * sum % 11;
  }
  return text_of((11 - product) % 10);
}

char verhoeff_digit(std::string_view digits) {
  int check = 0;
  std::size_t place = 1;
  for (std::size_t k = digits.size(); k-- > 0; ++place) {
    check = kDihedral[static_cast<std::size_t>(check)][static_cast<std::size_t>(permuted(digit(digits[k]), place))];
  }
  return text_of(kInverse[static_cast<std::size_t>(check)]);
}

}  // namespace mimus
