// Sessions and users over a store, with a clock of the test's.
#include "people/sessions.h"

#include <gtest/gtest.h>

#include <fstream>

#include "people/audit.h"
#include "people/users.h"
#include "store/testing.h"

namespace mimus::people {
namespace {

using store::code_of;
using store::require;

constexpr const char* kEmail = "ada@example.com";
constexpr const char* kPassword = "correct horse of Ada";
constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

class SessionsTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path()));
  Timestamp time = *parse_rfc3339("2030-06-15T12:00:00Z");
  store::Clock clock = [this] { return time; };
  PasswordHasher hasher;
  Users users{data, hasher, clock};
  Sessions sessions{data, hasher, clock};
  std::string id = require(users.create({.email = kEmail, .password = kPassword}, command_line())).user.id;
  Client client{.address = "192.0.2.1", .user_agent = std::string(500, 'a')};

  NewSession sign_in() { return require(sessions.sign_in(kEmail, kPassword, client)); }
  std::string found(const NewSession& session) { return code_of(sessions.find(session.secret, {})); }
  store::Session row(const NewSession& session) {
    std::optional<store::SessionUser> read;
    require(data.metadata->read([&](store::Reader& rows) -> Status {
      read = require(rows.session(session.caller.session, {}));
      return {};
    }));
    return read->session;
  }
};

TEST_F(SessionsTest, EndTwelveHoursAfterTheirLastUse) {
  const NewSession session = sign_in();
  time.micros += 11 * kHour;
  EXPECT_EQ(found(session), "");
  time.micros += 11 * kHour;
  EXPECT_EQ(found(session), "");
  time.micros += 12 * kHour;
  EXPECT_EQ(found(session), "session.missing");
}

TEST_F(SessionsTest, EndSevenDaysAfterTheSignIn) {
  const NewSession session = sign_in();
  for (int i = 0; i < 16; ++i) {
    time.micros += 10 * kHour;
    EXPECT_EQ(found(session), "");
  }
  time.micros += 8 * kHour;
  EXPECT_EQ(found(session), "session.missing");
}

TEST_F(SessionsTest, AreKeptAsHashesAndNotedOnceAMinute) {
  const NewSession session = sign_in();
  const store::Session made = row(session);
  EXPECT_NE(made.hash, session.secret);
  EXPECT_EQ(made.user_agent.size(), 200U);
  EXPECT_EQ(made.address, "192.0.2.1");
  time.micros += 59 * kMicrosPerSecond;
  EXPECT_EQ(found(session), "");
  EXPECT_EQ(row(session).last_used_at, made.last_used_at);
  time.micros += 2 * kMicrosPerSecond;
  EXPECT_EQ(found(session), "");
  EXPECT_EQ(row(session).last_used_at, time);
  for (const std::string& bad : {std::string(), std::string(64, 'g'), session.caller.session, session.secret + "0"}) {
    EXPECT_EQ(code_of(sessions.find(bad, {})), "session.missing");
  }
}

TEST_F(SessionsTest, OfOneUserAreBounded) {
  const NewSession first = sign_in();
  for (int i = 0; i < 100; ++i) {
    ++time.micros;
    require(data.metadata->write([&](store::Writer& rows) {
      return rows.insert_session({.hash = std::to_string(i),
                                  .user_id = id,
                                  .csrf = "",
                                  .created_at = time,
                                  .last_used_at = time,
                                  .address = "",
                                  .user_agent = ""});
    }));
  }
  EXPECT_EQ(found(first), "");
  ++time.micros;
  const NewSession last = sign_in();
  EXPECT_EQ(found(first), "session.missing");
  EXPECT_EQ(found(last), "");
}

TEST_F(SessionsTest, LockAnAccountAfterFiveFailures) {
  const auto wrong = [&](const char* email) { return code_of(sessions.sign_in(email, "wrong wrong", {})); };
  for (const char* email : {kEmail, "nobody@example.com"}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(wrong(email), "session.refused") << email << i;
    EXPECT_EQ(wrong(email), "session.locked") << email;
  }
  const auto locked = sessions.sign_in(kEmail, kPassword, {});
  ASSERT_EQ(code_of(locked), "session.locked");
  EXPECT_EQ(locked.error().fields.front(), (std::pair<std::string, std::string>("retry_after", "1")));
  time.micros += kMicrosPerSecond;
  EXPECT_EQ(wrong(kEmail), "session.refused");
  time.micros += kMicrosPerSecond;
  EXPECT_EQ(wrong(kEmail), "session.locked");  // two seconds now
  time.micros += kMicrosPerSecond;
  sign_in();
  EXPECT_EQ(wrong(kEmail), "session.refused");  // counted from the beginning
  sign_in();
}

TEST_F(SessionsTest, LockAnAddressAfterTwentyFailures) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(code_of(sessions.sign_in(std::to_string(i) + "@example.com", "wrong wrong", client)), "session.refused");
  }
  EXPECT_EQ(code_of(sessions.sign_in(kEmail, kPassword, client)), "session.locked");
  EXPECT_EQ(code_of(sessions.sign_in(kEmail, kPassword, {.address = "192.0.2.2", .user_agent = {}})), "");
}

TEST_F(SessionsTest, EndWithTheRoleAndThePassword) {
  const Actor actor = command_line();
  require(users.create({.email = "other@example.com", .role = SystemRole::Admin}, actor));
  NewSession session = sign_in();
  require(users.update(id, {.name = "Ada", .role = {}, .is_disabled = {}}, actor));
  EXPECT_EQ(found(session), "");
  require(users.update(id, {.name = {}, .role = SystemRole::Admin, .is_disabled = {}}, actor));
  EXPECT_EQ(found(session), "session.missing");
  session = sign_in();
  const std::string one_time = require(users.reset_password(id, std::nullopt, actor)).one_time;
  EXPECT_EQ(found(session), "session.missing");
  EXPECT_EQ(code_of(sessions.sign_in(kEmail, kPassword, client)), "session.refused");
  session = require(sessions.sign_in(kEmail, one_time, client));
  EXPECT_TRUE(session.caller.must_change);
  const NewSession renewed = require(sessions.change_password(session.caller, one_time, kPassword, client));
  EXPECT_FALSE(renewed.caller.must_change);
  EXPECT_EQ(found(session), "session.missing");
  EXPECT_EQ(found(renewed), "");
  require(users.update(id, {.name = {}, .role = {}, .is_disabled = true}, actor));
  EXPECT_EQ(found(renewed), "session.missing");
  EXPECT_EQ(code_of(sessions.sign_in(kEmail, kPassword, client)), "session.refused");
}

TEST_F(SessionsTest, EverythingIsInTheAuditLog) {
  const NewSession session = sign_in();
  (void)sessions.sign_in(kEmail, "wrong wrong", client);
  require(sessions.sign_out(session.caller, {.id = id, .name = "ada", .kind = "user", .address = "192.0.2.1"}));
  std::string actions;
  for (const AuditEntry& entry : require(Audit(data).list({}, 100, {})).entries) actions += entry.action + " ";
  EXPECT_EQ(actions, "session.close session.refuse session.open user.create ");
  EXPECT_EQ(require(Audit(data).verify()).entries, 4U);
}

TEST(FirstAdmin, IsMadeOnceByOneOfSeveralProcesses) {
  const store::TemporaryFolder folder;
  (void)require(store::open_store(folder.path()));
  std::vector<store::Child> starts;
  for (int i = 0; i < 4; ++i) {
    starts.emplace_back([&] {
      store::Store data = require(store::open_store(folder.path()));
      PasswordHasher hasher;
      return require(Users(data, hasher).create_first_admin()) ? 1 : 0;
    });
  }
  int made = 0;
  for (store::Child& start : starts) made += start.wait();
  EXPECT_EQ(made, 1);
  store::Store data = require(store::open_store(folder.path()));
  PasswordHasher hasher;
  std::string password;
  std::getline(std::ifstream(folder.path() / kFirstPasswordFile), password);
  const auto session = Sessions(data, hasher).sign_in(kFirstAdmin, password, {});
  ASSERT_EQ(code_of(session), "");
  EXPECT_TRUE(session->caller.must_change);
  EXPECT_EQ(session->caller.role, SystemRole::Admin);
}

}  // namespace
}  // namespace mimus::people
