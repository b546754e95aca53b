#include "project/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/hash.h"
#include "project/projects.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;

constexpr std::int64_t kSecond = kMicrosPerSecond;

class TokensTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path()));
  Timestamp time = *parse_rfc3339("2030-06-15T12:00:00Z");
  store::Clock clock = [this] { return time; };
  Files files{data, {}, clock};
  Projects projects{data, files, {}, clock};
  Tokens tokens{data, clock};
  std::string id = require(projects.create("p")).id;

  NewToken make(std::string_view expires = "2031-01-01", std::string_view scope = "write") {
    return require(tokens.create(id, "laptop", expires, scope));
  }
  std::optional<Timestamp> last_use(const std::string& token) {
    std::optional<Timestamp> used;
    require(data.metadata->read([&](store::Reader& rows) -> Status {
      used = require(rows.token(token))->last_used_at;
      return {};
    }));
    return used;
  }
};

TEST_F(TokensTest, HaveAFormWithAChecksum) {
  std::set<std::string> texts;
  for (int i = 0; i < 50; ++i) {
    const std::string text = make().text;
    EXPECT_THAT(text, testing::MatchesRegex("mms_pat_[0-9A-Za-z]{49}"));
    EXPECT_TRUE(is_token_text(text));
    texts.insert(text);
  }
  EXPECT_EQ(texts.size(), 50U);
}

// A known answer, computed with Python's zlib.crc32: other programs can check tokens too.
TEST_F(TokensTest, TheChecksumIsCrc32InBase62) {
  EXPECT_TRUE(is_token_text("mms_pat_00000000000000000000000000000000000000000000qtmqI"));
}

TEST_F(TokensTest, EveryChangeOfALetterIsSeen) {
  const std::string text = make().text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(is_token_text(changed)) << i;
  }
  for (const std::string& bad :
       {std::string(), text + "0", text.substr(1), text.substr(0, text.size() - 1), std::string(57, '\0'),
        std::string(1U << 20U, 'a'), "mms_pat_" + std::string(49, '-')}) {
    EXPECT_FALSE(is_token_text(bad));
    EXPECT_EQ(code_of(tokens.authenticate(bad)), "token.invalid");
  }
}

TEST_F(TokensTest, SpeakForTheirProjectWithTheirScope) {
  const NewToken made = make("2031-01-01", "generate");
  const Principal principal = require(tokens.authenticate(made.text));
  EXPECT_EQ(principal.token_id, made.token.id);
  EXPECT_EQ(principal.project_id, id);
  EXPECT_EQ(principal.name, "laptop");
  EXPECT_EQ(principal.scope, Scope::Generate);
}

TEST_F(TokensTest, UnknownAndDeletedLookAlike) {
  const NewToken deleted = make();
  require(tokens.remove(deleted.token.id));
  const store::TemporaryFolder elsewhere;
  store::Store other = require(store::open_store(elsewhere.path()));
  Files others(other);
  const std::string project = require(Projects(other, others).create("p")).id;
  const NewToken unknown = require(Tokens(other).create(project, "x", "2099-01-01", "read"));
  const auto a = tokens.authenticate(deleted.text);
  const auto b = tokens.authenticate(unknown.text);
  ASSERT_EQ(code_of(a), "token.invalid");
  ASSERT_EQ(code_of(b), "token.invalid");
  EXPECT_EQ(a.error().message, b.error().message);
  EXPECT_EQ(a.error().hint, b.error().hint);
}

TEST_F(TokensTest, AreDeletedForEveryProcessAtOnce) {
  const NewToken made = make();
  store::Store again = require(store::open_store(folder.path()));
  Tokens others(again, clock);
  EXPECT_EQ(code_of(others.authenticate(made.text)), "");
  require(tokens.remove(made.token.id));
  EXPECT_EQ(code_of(others.authenticate(made.text)), "token.invalid");
  EXPECT_EQ(code_of(tokens.remove(made.token.id)), "token.not_found");
}

TEST_F(TokensTest, GoWithTheirProject) {
  const NewToken made = make();
  require(projects.purge(id));
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "token.invalid");
}

TEST_F(TokensTest, ADateMeansTheEndOfThatDay) {
  const NewToken made = make("2030-06-15");
  EXPECT_EQ(rfc3339(made.token.expires_at), "2030-06-16T00:00:00Z");
  time = {made.token.expires_at.micros - 1};
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "");
  time.micros += 1;
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "token.expired");
}

TEST_F(TokensTest, ATimeMeansItself) {
  const NewToken made = make("2030-06-15T14:00:01+02:00");
  time.micros += kSecond - 1;
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "");
  time.micros += 1;
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "token.expired");
  EXPECT_EQ(rfc3339(make("9999-12-31").token.expires_at).substr(0, 19), "9999-12-31T23:59:59");
}

TEST_F(TokensTest, RefuseAnExpiryThatIsPastOrNone) {
  for (const char* expires : {"", "soon", "2030-06-14", "2001-01-01", "2030-06-15T12:00:00Z", "2030-13-01", "20310101",
                              "2031-02-29", "2031-01-01x", "-2031-01-01", "2031-1-1", "\x1b[2J"}) {
    const auto made = tokens.create(id, "laptop", expires, "read");
    EXPECT_EQ(code_of(made), "token.expiry") << expires;
    EXPECT_TRUE(!made && made.error().message.find('\x1b') == std::string::npos);
  }
  EXPECT_TRUE(require(tokens.list(id)).empty());
}

TEST_F(TokensTest, RefuseBadNamesScopesAndProjects) {
  using namespace std::string_literals;
  for (const std::string& name : {""s, "   "s, std::string(201, 'a'), "a\nb"s, "a\0b"s, "\xff"s, "a\u202eb"s}) {
    EXPECT_EQ(code_of(tokens.create(id, name, "2031-01-01", "read")), "token.bad_name") << name;
  }
  for (const char* scope : {"", "Read", "root", "read,write"}) {
    EXPECT_EQ(code_of(tokens.create(id, "x", "2031-01-01", scope)), "token.bad_scope") << scope;
  }
  EXPECT_EQ(code_of(tokens.create("nowhere", "x", "2031-01-01", "read")), "project.not_found");
  EXPECT_EQ(code_of(tokens.list("nowhere")), "project.not_found");
  require(tokens.create(id, std::string(200, 'a'), "2031-01-01", "read"));
}

TEST_F(TokensTest, AreListedWithoutTheirSecret) {
  const NewToken one = make();
  const std::string other = require(projects.create("q")).id;
  require(tokens.create(other, "phone", "2031-01-01", "admin"));
  EXPECT_EQ(require(tokens.list("")).size(), 2U);
  const std::vector<Token> listed = require(tokens.list(id));
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].name, "laptop");
  EXPECT_EQ(listed[0].hash, sha256_hex(one.text));
  // The secret is nowhere on the disk.
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(require(mimus::read_file(entry.path())).find(one.text.substr(8)), std::string::npos) << entry.path();
  }
}

TEST_F(TokensTest, TheirUseIsNotedOnceAMinute) {
  const NewToken made = make();
  EXPECT_FALSE(last_use(made.token.id));
  const Timestamp first = time;
  require(tokens.authenticate(made.text));
  EXPECT_EQ(last_use(made.token.id), first);
  time.micros += 59 * kSecond;
  require(tokens.authenticate(made.text));
  EXPECT_EQ(last_use(made.token.id), first);
  time.micros += kSecond;
  require(tokens.authenticate(made.text));
  EXPECT_EQ(last_use(made.token.id), time);
  // Another process does not write within that minute either.
  store::Store again = require(store::open_store(folder.path()));
  time.micros += kSecond;
  require(Tokens(again, clock).authenticate(made.text));
  EXPECT_EQ(last_use(made.token.id)->micros, time.micros - kSecond);
}

}  // namespace
}  // namespace mimus::project
