// Project access tokens.
//
// The text of a token: "mms_pat_", 43 base62 characters of 256 random bits, 6 base62 characters of checksum (CRC-32 of
// what stands before them). It is shown once; the store keeps its SHA-256 only. A text with a wrong checksum is refused
// without a look-up. Nothing is cached: a token that any process has deleted is refused from the next call on.
//
// Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::project {

using people::Actor;
using store::Scope;
using store::Token;

struct NewToken {
  Token token;
  std::string text;  // the secret, "mms_pat_…"
};

// Who a token speaks for.
struct Principal {
  std::string token_id;
  std::string project_id;
  std::string name;
  Scope scope = Scope::Read;
};

// True when `text` has the form of a token and its checksum is right.
[[nodiscard]] bool is_token_text(std::string_view text);

class Tokens {
 public:
  // `store` must outlive the service.
  explicit Tokens(store::Store& store, store::Clock clock = now);

  // `expires`: a date ("2035-01-01": the end of that day in UTC) or an RFC 3339 time. token.expiry when it is neither
  // or in the past; token.bad_name (empty, over 200 bytes, not UTF-8, control characters); token.bad_scope;
  // project.not_found. `maker`: the user who makes it, whose rights it never exceeds; token.scope when the scope is
  // beyond them now, project.not_found when they are no member. Made by the command line, it has no such bound.
  [[nodiscard]] Result<NewToken> create(std::string_view project, std::string_view name, std::string_view expires,
                                        std::string_view scope, const people::Actor& maker = people::command_line());
  // Oldest first; of all projects when `project` is empty. project.not_found.
  [[nodiscard]] Result<std::vector<Token>> list(std::string_view project) const;
  // token.not_found.
  [[nodiscard]] Status remove(std::string_view id, const people::Actor& actor = people::command_line());

  // token.invalid (malformed, unknown, deleted, or its maker is disabled or no member any more: these look alike),
  // token.expired. The scope is the token's, or what the maker's role allows now when that is less. Notes the time of
  // use, at most once a minute for each token.
  [[nodiscard]] Result<Principal> authenticate(std::string_view text);

 private:
  void note_use(const Token& token, Timestamp at);

  store::Store* store_;
  store::Clock clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Timestamp> noted_;  // token id: last use written by this process
};

}  // namespace mimus::project
