// Check digits of identifiers. Digits are the characters '0' … '9' of `text`; all else is up to the caller.
//
// Pure and thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace mimus {

// Luhn (ISO/IEC 7812-1, annex B): the digit that completes `digits`.
[[nodiscard]] char luhn_digit(std::string_view digits);

// GS1's digit (EAN, GTIN, ISBN-13): weights 3, 1, 3 … from the right.
[[nodiscard]] char gs1_digit(std::string_view digits);

// The sum of digits times weights, from the left; as many as there are weights.
[[nodiscard]] int weighted_sum(std::string_view digits, std::span<const int> weights);

// The number that the text stands for, letters as A = 10 … Z = 35, modulo 97 (ISO 7064; IBAN, LEI).
[[nodiscard]] int modulo_97(std::string_view text);
// The two digits that make `text` with them 1 modulo 97: 98 minus the remainder of text + "00".
[[nodiscard]] int check_digits_97(std::string_view text);

// ISO 7064, MOD 11,10 (German tax numbers, Croatian OIB): the digit that completes `digits`.
[[nodiscard]] char mod_11_10_digit(std::string_view digits);

// Verhoeff's dihedral check ("Error Detecting Decimal Codes", 1969): the digit that completes `digits`.
[[nodiscard]] char verhoeff_digit(std::string_view digits);

}  // namespace mimus
