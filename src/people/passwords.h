// Passwords: which are taken, and how they are kept.
//
// Kept as Argon2id (RFC 9106, by libsodium) with 19 MiB, two passes, one lane (OWASP's "Password Storage Cheat Sheet"),
// as a PHC text: "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>". A check costs about 50 ms and 19 MiB; PasswordHasher
// bounds how many run at a time, so that sign-ins can exhaust neither memory nor the threads of the server.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::people {

// password.bad: fewer than 12 or more than 1,024 bytes, not UTF-8, the e-mail itself, or one that everybody tries
// first.
[[nodiscard]] Status check_password(std::string_view password, std::string_view email);

// A password to be changed at the first sign-in: 140 random bits in base 32, in groups of four.
[[nodiscard]] std::string one_time_password();

// Thread-safe.
class PasswordHasher {
 public:
  // `running` at a time; `waiting` more wait for their turn.
  explicit PasswordHasher(unsigned running = 2, unsigned waiting = 4) : running_(running), waiting_(waiting) {}

  // session.busy when too many wait already, or there is no memory.
  [[nodiscard]] Result<std::string> hash(std::string_view password);
  // Whether `phc` was made of the password; in the time of a check also when `phc` is empty (nobody of that name).
  [[nodiscard]] Result<bool> verify(std::string_view phc, std::string_view password);
  // Whether the text was made with other parameters than today's.
  [[nodiscard]] static bool is_outdated(std::string_view phc);

 private:
  class Turn;

  unsigned running_;
  unsigned waiting_;
  std::mutex mutex_;
  std::condition_variable given_back_;
};

}  // namespace mimus::people
