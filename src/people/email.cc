#include "people/email.h"

#include <algorithm>

#include "base/text.h"

namespace mimus::people {
namespace {

constexpr std::size_t kLongest = 254;

bool is_mailbox_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F && std::string_view("\"(),:;<>[\\]@").find(c) == std::string_view::npos;
}

bool is_host_label(std::string_view label) {
  const auto fits = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || byte >= 0x80;
  };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, fits);
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view mailbox = text.substr(0, at);
  if (!std::ranges::all_of(mailbox, is_mailbox_byte) || mailbox.front() == '.' || mailbox.back() == '.') return false;
  return std::ranges::all_of(split(text.substr(at + 1), '.'), is_host_label);
}

}  // namespace

Result<std::string> check_email(std::string_view email) {
  std::string address = nfc(trim(email));
  if (address.size() <= kLongest && is_utf8(address) && escape_controls(address) == address && is_email(address)) {
    return address;
  }
  Diagnostic diagnostic{.code = "email.bad",
                        .message = "'" + escape_controls(email.substr(0, kLongest)) + "' is no e-mail address",
                        .hint = "name@example.com"};
  diagnostic.fields.emplace_back("email", "must be an address such as name@example.com");
  return fail(std::move(diagnostic));
}

std::string email_key(std::string_view email) { return fold_case(trim(email)); }

}  // namespace mimus::people
