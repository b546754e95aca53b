// Names of the internet, as several generators need them.
#pragma once

#include <string>

#include "generator/words.h"

namespace mimus {

// A webmail provider, a made-up word or a made-up company, each as likely; lower case.
void append_domain(std::string& out, Draws& draws, const CountryWords& words);
// A given and a family name, lower case, in one of four forms: a_b, a.b, ab, or the first letter of a and b.
void append_mailbox(std::string& out, Draws& draws, std::string_view given, std::string_view family);
// A given name of either gender, lower case.
[[nodiscard]] std::string lower_given_name(Draws& draws, const CountryWords& words);
[[nodiscard]] std::string lower_family_name(Draws& draws, const CountryWords& words);

}  // namespace mimus
