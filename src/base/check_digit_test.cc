#include "base/check_digit.h"

#include <gtest/gtest.h>

namespace mimus {
namespace {

// Known identifiers, from the documents that define them.
TEST(CheckDigit, IsThatOfKnownIdentifiers) {
  EXPECT_EQ(luhn_digit("7992739871"), '3');
  EXPECT_EQ(luhn_digit("411111111111111"), '1');
  EXPECT_EQ(gs1_digit("400638133393"), '1');
  EXPECT_EQ(gs1_digit("978030640615"), '7');
  EXPECT_EQ(gs1_digit("7351353"), '7');
  EXPECT_EQ(mod_11_10_digit("8609574271"), '9');
  EXPECT_EQ(verhoeff_digit("236"), '3');
  EXPECT_EQ(verhoeff_digit("12345"), '1');
  EXPECT_EQ(check_digits_97("370400440532013000DE"), 89);
  EXPECT_EQ(modulo_97("370400440532013000DE89"), 1);
  EXPECT_EQ(modulo_97("5493001KJTIIGC8Y1R12"), 1);
}

}  // namespace
}  // namespace mimus
