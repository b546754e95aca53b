#include "generator/phone_plan.h"

#include <algorithm>

#include "generator/text.h"

namespace mimus {

std::string national_number(std::string_view mask, Draws& draws) {
  std::string digits;
  append_digits(digits, draws, static_cast<std::size_t>(std::ranges::count(mask, '#')));
  std::string out(mask);
  std::size_t next = 0;
  for (char& c : out) {
    if (c == '#') c = digits[next++];
  }
  return out;
}

void append_phone(std::string& out, std::string_view calling_code, std::string_view national, std::size_t area) {
  area = std::min(area, national.size());
  out.append("+").append(calling_code).append("-").append(national.substr(0, area));
  if (area > 0) out += '-';
  out += national.substr(area);
}

std::vector<PhoneMask> without_overlaps(const std::vector<PhoneMask>& masks) {
  std::vector<PhoneMask> out;
  for (const PhoneMask& mask : masks) {
    const bool overlaps = std::ranges::any_of(out, [&](const PhoneMask& other) {
      if (other.mask.size() != mask.mask.size()) return false;
      for (std::size_t k = 0; k < mask.mask.size(); ++k) {
        if (mask.mask[k] != other.mask[k] && mask.mask[k] != '#' && other.mask[k] != '#') return false;
      }
      return true;
    });
    if (!overlaps) out.push_back(mask);
  }
  return out;
}

}  // namespace mimus
