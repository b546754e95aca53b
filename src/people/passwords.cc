#include "people/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/hash.h"
#include "base/text.h"

namespace mimus::people {
namespace {

constexpr std::size_t kShortest = 12;
constexpr std::size_t kLongest = 1024;
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19'456ULL << 10U;

// A hash of nothing that is known: checking against it takes the time of a real one.
constexpr std::string_view kNobody =
    "$argon2id$v=19$m=19456,t=2,p=1$M4STzyFsYS8EX+IEGz03SQ$TncLb3mj9aGb27X+3lgpmA+8d4tCj8s7Mo/8c16g6H4";

// What people make long passwords of, by adding digits and signs or by writing it twice. Lower case, letters only.
constexpr auto kCommon = std::to_array<std::string_view>({"abc",
                                                          "abcd",
                                                          "abcdef",
                                                          "admin",
                                                          "administrator",
                                                          "adminadmin",
                                                          "changeme",
                                                          "changemenow",
                                                          "computer",
                                                          "default",
                                                          "dragon",
                                                          "football",
                                                          "guest",
                                                          "hello",
                                                          "helloworld",
                                                          "iloveyou",
                                                          "internet",
                                                          "letmein",
                                                          "login",
                                                          "loveyou",
                                                          "manager",
                                                          "master",
                                                          "mimus",
                                                          "datamimic",
                                                          "monkey",
                                                          "mypassword",
                                                          "pass",
                                                          "passpass",
                                                          "passphrase",
                                                          "passwd",
                                                          "passwort",
                                                          "password",
                                                          "passwordpassword",
                                                          "princess",
                                                          "qwer",
                                                          "qwerty",
                                                          "qwertyuiop",
                                                          "root",
                                                          "secret",
                                                          "sunshine",
                                                          "superman",
                                                          "superuser",
                                                          "system",
                                                          "temp",
                                                          "temporary",
                                                          "test",
                                                          "testing",
                                                          "testtest",
                                                          "user",
                                                          "username",
                                                          "welcome",
                                                          "welcomehome",
                                                          "asdf",
                                                          "asdfghjkl",
                                                          "qwertz",
                                                          "qwertzuiop",
                                                          "thisisapassword",
                                                          "correcthorsebatterystaple"});

// Rows of keyboards and alphabets: a password that walks along one of them.
constexpr auto kWalks = std::to_array<std::string_view>(
    {"01234567890123456789012345678901234567890", "98765432109876543210987654321098765432109876543210",
     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
     "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "zyxwvutsrqponmlkjihgfedcba"});

// What a sign stands for in "P@ssw0rd".
char plain(char c) {
  constexpr std::string_view kSigns = "@0135$7!4";
  constexpr std::string_view kLetters = "aoiesstia";
  const auto at = kSigns.find(c);
  return at == std::string_view::npos ? c : kLetters[at];
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// A text that repeats one of at most `longest` characters.
bool is_repetition(std::string_view text, std::size_t longest) {
  for (std::size_t unit = 1; unit <= std::min(longest, text.size() / 2); ++unit) {
    if (std::ranges::equal(text.substr(unit), text.substr(0, text.size() - unit))) return true;
  }
  return false;
}

bool is_common(std::string_view word) { return std::ranges::find(kCommon, word) != kCommon.end(); }

// Without the digits and signs before and behind.
std::string_view stem(std::string_view text) {
  while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
  return text;
}

bool is_guessed_first(std::string_view folded) {
  if (is_repetition(folded, 6)) return true;
  for (const std::string_view walk : kWalks) {
    if (walk.find(folded) != std::string_view::npos) return true;
  }
  if (is_common(stem(folded))) return true;
  std::string letters;
  std::string signs(stem(folded));
  std::ranges::transform(signs, signs.begin(), plain);
  for (const char c : folded) {
    if (is_letter(c)) letters += c;
  }
  return is_common(signs) || is_common(letters);
}

std::unexpected<Diagnostic> bad(std::string message) {
  Diagnostic diagnostic{
      .code = "password.bad",
      .message = "the password " + message,
      .hint = "take 12 bytes or more that nobody guesses: several words, or what a password manager makes"};
  diagnostic.fields.emplace_back("password", std::move(message));
  return fail(std::move(diagnostic));
}

std::unexpected<Diagnostic> busy() {
  Diagnostic diagnostic{.code = "session.busy", .message = "too many passwords are being checked", .hint = "try again"};
  diagnostic.fields.emplace_back("retry_after", "1");
  return fail(std::move(diagnostic));
}

}  // namespace

Status check_password(std::string_view password, std::string_view email) {
  if (password.size() < kShortest) return bad("has fewer than 12 bytes");
  if (password.size() > kLongest) return bad("has more than 1,024 bytes");
  if (!is_utf8(password)) return bad("is not UTF-8");
  const std::string folded = fold_case(password);
  const std::string address = fold_case(email);
  const std::string_view mailbox = std::string_view(address).substr(0, address.find('@'));
  if (!email.empty() && (folded == address || stem(folded) == mailbox || stem(folded) == stem(address))) {
    return bad("is the e-mail itself");
  }
  if (is_guessed_first(folded)) return bad("is one that everybody tries first");
  return {};
}

std::string one_time_password() {
  // Crockford's alphabet: no letter looks like a digit.
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::size_t kLength = 28;  // 140 bits
  std::array<std::uint8_t, kLength> bytes{};
  random_bytes(bytes);
  std::string text;
  for (std::size_t i = 0; i < kLength; ++i) {
    if (i > 0 && i % 4 == 0) text += '-';
    text += kDigits[bytes[i] % kDigits.size()];
  }
  return text;
}

// One of the places to compute in, taken and given back.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.running_ == 0) {
      if (hasher.waiting_ == 0) return;
      --hasher.waiting_;
      hasher.given_back_.wait(lock, [&] { return hasher.running_ > 0; });
      ++hasher.waiting_;
    }
    --hasher.running_;
    taken_ = true;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!taken_) return;
    {
      const std::lock_guard lock(hasher_->mutex_);
      ++hasher_->running_;
    }
    hasher_->given_back_.notify_one();
  }
  [[nodiscard]] bool taken() const { return taken_; }

 private:
  PasswordHasher* hasher_;
  bool taken_ = false;
};

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn.taken() || sodium_init() < 0) return busy();
  std::array<char, crypto_pwhash_STRBYTES> phc{};
  if (crypto_pwhash_str(phc.data(), password.data(), password.size(), kPasses, kMemory) != 0) return busy();
  return std::string(phc.data());
}

Result<bool> PasswordHasher::verify(std::string_view phc, std::string_view password) {
  const Turn turn(*this);
  if (!turn.taken() || sodium_init() < 0) return busy();
  const std::string known(phc.empty() ? kNobody : phc);
  errno = 0;
  const bool fits = crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
  if (!fits && errno == ENOMEM) return busy();
  return fits && !phc.empty();
}

bool PasswordHasher::is_outdated(std::string_view phc) {
  return crypto_pwhash_str_needs_rehash(std::string(phc).c_str(), kPasses, kMemory) != 0;
}

}  // namespace mimus::people
