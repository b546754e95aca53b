#include "data/json_events.h"

#include <array>
#include <limits>

namespace mimus {
namespace {

struct SpecialNumber {
  std::string_view name, replacement;  // of one length
  double value;
};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::array<SpecialNumber, 3> kSpecialNumbers = {{
    {"NaN", "0.0", std::numeric_limits<double>::quiet_NaN()},
    {"-Infinity", "-0.000000", -kInfinity},
    {"Infinity", "0.000000", kInfinity},
}};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

JsonText::JsonText(std::string_view text) : text_(text) {
  if (text.find("NaN") == std::string_view::npos && text.find("Infinity") == std::string_view::npos) return;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && in_string) {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && (text[i] == 'N' || text[i] == 'I' || text[i] == '-')) {
      for (const SpecialNumber& special : kSpecialNumbers) {
        const std::size_t end = i + special.name.size();
        if (!text.substr(i).starts_with(special.name) || (i > 0 && is_word(text[i - 1])) ||
            (end < text.size() && is_word(text[end]))) {
          continue;
        }
        if (specials_.empty()) replaced_ = text;
        replaced_.replace(i, special.name.size(), special.replacement);
        specials_.push_back({i, special.value});
        i = end - 1;
        break;
      }
    }
  }
}

}  // namespace mimus
