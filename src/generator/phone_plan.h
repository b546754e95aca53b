// Telephone numbers that a country's numbering plan allows, from masks of the data pack ("2015######").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "random/draws.h"

namespace mimus {

// The national number of a mask: a digit for each '#'. By number (Draws::is_numbered) its digits are those of the
// number.
[[nodiscard]] std::string national_number(std::string_view mask, Draws& draws);

// "+49-5233-818337": the first `area` digits stand alone; none when it is 0.
void append_phone(std::string& out, std::string_view calling_code, std::string_view national, std::size_t area);

// A mask, and how many of its digits are the area's.
struct PhoneMask {
  std::string_view mask;
  std::size_t area = 0;
};
// Those that have no number in common with an earlier one.
[[nodiscard]] std::vector<PhoneMask> without_overlaps(const std::vector<PhoneMask>& masks);

}  // namespace mimus
