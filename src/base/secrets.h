// Secrets that must not be read in logs: what is known to be one is replaced by "***" in text for people.
//
// Besides the secrets that it is given, mask() knows two by their form: access tokens ("mms_pat_…") and passwords in
// addresses ("scheme://user:password@host").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace mimus {

// How the text of an access token begins (project/tokens.h).
inline constexpr std::string_view kTokenPrefix = "mms_pat_";

// Shorter texts are no secrets: a mask for them would hide more than it protects.
inline constexpr std::size_t kLeastSecretBytes = 4;

// "password", "db.access_token", "API-Key": what is called so is a secret.
[[nodiscard]] bool is_secret_name(std::string_view name);

// Which ends of a text are not its own: a line that was too long has been cut there, perhaps in the middle of a secret.
struct Cuts {
  bool start = false;
  bool end = false;
};

class Secrets {
 public:
  // The value of a setting: all of it when its name says that it is secret, else the password of an address.
  void add(std::string_view name, std::string_view value);

  // At a cut end, what is left of a secret is masked, too, down to 4 bytes of it. "…" may stand at a cut end.
  [[nodiscard]] std::string mask(std::string_view text, Cuts cuts = {}) const;
  // Message, hint, line and fields.
  void mask(Diagnostic& finding) const;

 private:
  void keep(std::string_view secret);

  std::vector<std::string> secrets_;  // longest first
};

}  // namespace mimus
