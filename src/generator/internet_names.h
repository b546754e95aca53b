// Names of the internet, as several generators need them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "generator/text.h"
#include "generator/words.h"

namespace mimus {

// A webmail provider, a made-up word or a made-up company, each as likely; lower case.
void append_domain(std::string& out, Draws& draws, const Words& words);
// Made-up words with a top-level domain, by number (NumberedForm); `before` stands in front of them.
[[nodiscard]] std::vector<NumberedForm> domain_forms(const std::shared_ptr<const Words>& words,
                                                     const std::string& before = {});
// All names of made-up companies, in small letters; some twice.
[[nodiscard]] std::vector<std::string> plain_company_names(const Words& words);
// A given and a family name, lower case, in one of four forms: a_b, a.b, ab, or the first letter of a and b.
void append_mailbox(std::string& out, Draws& draws, std::string_view given, std::string_view family);
// A given name of either gender, in small Latin letters.
[[nodiscard]] std::string latin_given_name(Draws& draws, const Words& words);
[[nodiscard]] std::string latin_family_name(Draws& draws, const Words& words);

}  // namespace mimus
