#include "generator/internet_names.h"

#include "base/text.h"
#include "generator/text.h"
#include "script/letter_case.h"

namespace mimus {

void append_domain(std::string& out, Draws& draws, const CountryWords& words) {
  switch (draws.below(3)) {
    case 0:
      out += pick_skewed(words.webmail, draws);
      return;
    case 1:
      append_letters(out, draws, 4 + draws.below(9), 'a');
      break;
    default:
      out += lower_ascii(pick(company_starts(), draws));
      out += lower_ascii(pick(company_ends(), draws));
  }
  out += '.';
  out += pick_skewed(words.top_level, draws);
}

void append_mailbox(std::string& out, Draws& draws, std::string_view given, std::string_view family) {
  switch (draws.below(4)) {
    case 0:
      out.append(given).append("_").append(family);
      return;
    case 1:
      out.append(given).append(".").append(family);
      return;
    case 2:
      out.append(given).append(family);
      return;
    default: {
      std::size_t i = 0;
      if (!given.empty()) (void)next_code_point(given, i);
      out.append(given.substr(0, i)).append(family);
    }
  }
}

std::string lower_given_name(Draws& draws, const CountryWords& words) {
  return script::lower_case(pick_skewed(draws.below(2) == 0 ? words.male : words.female, draws));
}

std::string lower_family_name(Draws& draws, const CountryWords& words) {
  return script::lower_case(pick_skewed(words.family, draws));
}

}  // namespace mimus
