#include "base/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace mimus {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kMostSecrets = 1000;
constexpr std::size_t kMostSecretBytes = 4096;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// The password of the first address in the text at or after `from`; empty when there is none.
std::string_view find_password(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t scheme = text.find("://", from);
    if (scheme == std::string_view::npos) return {};
    const std::size_t start = scheme + 3;
    const std::size_t end = std::min(text.find_first_of("/?# \t\r\n'\"<>", start), text.size());
    const std::string_view authority = text.substr(start, end - start);
    const std::size_t at = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (at != std::string_view::npos && colon < at && at - colon > 1)
      return authority.substr(colon + 1, at - colon - 1);
    from = start;
  }
}

void replace_all(std::string& text, std::string_view secret) {
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kMask.size())) {
    text.replace(at, secret.size(), kMask);
  }
}

void mask_tokens(std::string& text) {
  for (std::size_t at = text.find(kTokenPrefix); at != std::string::npos; at = text.find(kTokenPrefix, at + 1)) {
    std::size_t end = at + kTokenPrefix.size();
    while (end < text.size() && is_word(text[end])) ++end;
    text.replace(at, end - at, kMask);
  }
}

void mask_passwords(std::string& text) {
  std::size_t from = 0;
  while (true) {
    const std::string_view password = find_password(text, from);
    if (password.empty()) return;
    const auto at = static_cast<std::size_t>(password.data() - text.data());
    text.replace(at, password.size(), kMask);
    from = at + kMask.size();
  }
}

void mask_start(std::string& text, std::string_view secret) {
  for (std::size_t size = std::min(secret.size() - 1, text.size()); size >= kLeastSecretBytes; --size) {
    if (!text.starts_with(secret.substr(secret.size() - size))) continue;
    text.replace(0, size, kMask);
    return;
  }
}

void mask_end(std::string& text, std::string_view secret) {
  const std::size_t end = text.ends_with(kEllipsis) ? text.size() - kEllipsis.size() : text.size();
  for (std::size_t size = std::min(secret.size() - 1, end); size >= kLeastSecretBytes; --size) {
    if (!std::string_view(text).substr(0, end).ends_with(secret.substr(0, size))) continue;
    text.replace(end - size, size, kMask);
    return;
  }
}

}  // namespace

bool is_secret_name(std::string_view name) {
  constexpr std::array<std::string_view, 9> kWords = {"password", "passwd",     "passphrase", "pwd",       "secret",
                                                      "token",    "credential", "apikey",     "privatekey"};
  std::string plain;
  for (const char c : name) {
    if (is_word(c)) plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return std::ranges::any_of(kWords, [&](std::string_view word) { return plain.contains(word); });
}

void Secrets::keep(std::string_view secret) {
  if (secret.size() < kLeastSecretBytes || secret.size() > kMostSecretBytes || secrets_.size() == kMostSecrets) return;
  const auto place =
      std::ranges::find_if(secrets_, [&](const std::string& known) { return known.size() <= secret.size(); });
  secrets_.insert(place, std::string(secret));
}

void Secrets::add(std::string_view name, std::string_view value) {
  if (is_secret_name(name)) return keep(value);
  keep(find_password(value, 0));
}

std::string Secrets::mask(std::string_view text, Cuts cuts) const {
  std::string out(text);
  for (const std::string& secret : secrets_) replace_all(out, secret);
  mask_tokens(out);
  mask_passwords(out);
  for (const std::string& secret : secrets_) {
    if (cuts.start) mask_start(out, secret);
    if (cuts.end) mask_end(out, secret);
  }
  return out;
}

void Secrets::mask(Diagnostic& finding) const {
  const auto hide = [&](std::string& text) { text = mask(text, {.end = text.ends_with(kEllipsis)}); };
  hide(finding.message);
  hide(finding.hint);
  hide(finding.line_text);
  for (auto& [field, message] : finding.fields) hide(message);
}

}  // namespace mimus
