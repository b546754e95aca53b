// E-mail addresses as names of users. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::people {

// The address in NFC without blanks around it: one '@' with something before and a host name behind, at most 254
// bytes, no blanks or control characters (RFC 5321 allows more; nobody has it). email.bad.
[[nodiscard]] Result<std::string> check_email(std::string_view email);

// Addresses that differ in case only are one user's. Any text.
[[nodiscard]] std::string email_key(std::string_view email);

}  // namespace mimus::people
