// Attributes that several entities have: telephone numbers, names of companies, e-mail addresses.
#pragma once

#include <string>
#include <string_view>

#include "domain/making.h"

namespace mimus {

// Of a table of masks: "+49-160-1234567". Choices: mobile.
[[nodiscard]] std::function<void(Making&)> mobile_number();
// Choices: company_start, company_end.
[[nodiscard]] std::function<void(Making&)> company_name();
// An address from a given and a family name in small Latin letters; what is empty is made up. Needs: both; choices:
// webmail, top_level, company_start, company_end.
[[nodiscard]] std::function<void(Making&)> email_address();

}  // namespace mimus
