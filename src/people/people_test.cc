// Passwords, e-mails, back-off, rights: what is decided without a store.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "people/attempts.h"
#include "people/email.h"
#include "people/passwords.h"
#include "people/rights.h"
#include "store/testing.h"

namespace mimus::people {
namespace {

using store::code_of;
using store::require;

TEST(Password, OfTwelveBytesOrMoreThatNobodyTriesFirst) {
  for (const char* good : {"correct horse of Ada", "tuesday-umbrella", "xK3#mPq9Lw2z", "äöüßäöüé"}) {
    EXPECT_EQ(code_of(check_password(good, "ada@example.com")), "") << good;
  }
  for (const std::string& bad :
       {std::string("short"), std::string(1025, 'x'), std::string("\xff") + std::string(12, 'a'),
        std::string("ada@example.com"), std::string("ADA@Example.COM"), std::string("ada123456789"),
        std::string("password1234"), std::string("P@ssw0rd!!!!!!"), std::string("aaaaaaaaaaaa"),
        std::string("abcabcabcabc"), std::string("123456789012"), std::string("qwertyuiopas"),
        std::string("1qaz2wsx3edc"), std::string("LetMeIn12345!"), std::string("changeme2024")}) {
    EXPECT_EQ(code_of(check_password(bad, "ada@example.com")), "password.bad") << bad;
  }
}

TEST(Password, IsKeptAsArgon2id) {
  PasswordHasher hasher;
  const std::string phc = require(hasher.hash("correct horse of Ada"));
  EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
  EXPECT_NE(phc, require(hasher.hash("correct horse of Ada")));  // the salt
  EXPECT_TRUE(require(hasher.verify(phc, "correct horse of Ada")));
  EXPECT_FALSE(require(hasher.verify(phc, "correct horse of Bob")));
  EXPECT_FALSE(require(hasher.verify("", "correct horse of Ada")));
  EXPECT_FALSE(require(hasher.verify("no hash", "correct horse of Ada")));
  EXPECT_FALSE(PasswordHasher::is_outdated(phc));
  EXPECT_TRUE(PasswordHasher::is_outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g"));
}

TEST(Password, ChecksAreRefusedWhenTooManyWait) {
  PasswordHasher none(0, 0);
  EXPECT_EQ(code_of(none.hash("x")), "session.busy");
  EXPECT_EQ(code_of(none.verify("", "x")), "session.busy");
}

TEST(Password, OneTimeIsLongAndNeverTheSame) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) made.insert(one_time_password());
  EXPECT_EQ(made.size(), 100U);
  EXPECT_EQ(made.begin()->size(), 34U);
  EXPECT_EQ(code_of(check_password(*made.begin(), "ada@example.com")), "");
}

TEST(Email, IsCheckedAndComparedWithoutCase) {
  for (const char* good : {"ada@example.com", "a.b+c@x", "ädä@exämple.com", " ada@example.com "}) {
    EXPECT_EQ(code_of(check_email(good)), "") << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("ada"), std::string("@x"), std::string("a@"), std::string("a b@x"),
        std::string("a@x y"), std::string("a@@x"), std::string("a@-x"), std::string("a@x..y"), std::string(".a@x"),
        std::string("a\n@x"), std::string("a\u202e@x"), std::string("<a>@x"), std::string(250, 'a') + "@x.de"}) {
    EXPECT_EQ(code_of(check_email(bad)), "email.bad") << bad;
  }
  EXPECT_EQ(email_key("ADA@Example.com"), email_key(" ada@example.COM"));
  EXPECT_EQ(email_key("\u00c4@x"), email_key("A\u0308@x"));  // NFC
}

std::int64_t wait_after(std::uint32_t failed) {
  const auto until = back_off(failed, kFreeOfAccount, {});
  return until ? until->micros / kMicrosPerSecond : 0;
}

TEST(BackOff, DoublesUpToAQuarterOfAnHour) {
  EXPECT_EQ(wait_after(4), 0);
  EXPECT_EQ(wait_after(5), 1);
  EXPECT_EQ(wait_after(6), 2);
  EXPECT_EQ(wait_after(10), 32);
  EXPECT_EQ(wait_after(15), 900);
  EXPECT_EQ(wait_after(4'000'000'000), 900);
}

TEST(Attempts, AreForgottenAfterAnHourAndBounded) {
  Attempts attempts(2);
  Timestamp time{kMicrosPerDay};
  attempts.note_failure("a", time);
  EXPECT_FALSE(attempts.locked_until("a", time));
  attempts.note_failure("a", time);
  EXPECT_TRUE(attempts.locked_until("a", time));
  EXPECT_FALSE(attempts.locked_until("b", time));
  EXPECT_FALSE(attempts.locked_until("a", {time.micros + kMicrosPerSecond}));
  time.micros += 3601 * kMicrosPerSecond;
  attempts.note_failure("a", time);
  EXPECT_FALSE(attempts.locked_until("a", time));
  // The oldest names make room for new ones.
  attempts.note_failure("a", time);
  for (int i = 0; i < 10'000; ++i) attempts.note_failure(std::to_string(i), {time.micros + 1});
  EXPECT_FALSE(attempts.locked_until("a", time));
}

// Written by hand: for each right, the least project role that has it, or who else.
TEST(Rights, AreDecidedByRole) {
  const auto shown = [](Right right) {
    std::string text;
    for (const SystemRole system : {SystemRole::User, SystemRole::Admin}) {
      for (const std::optional<ProjectRole> project :
           {std::optional<ProjectRole>(), std::optional(ProjectRole::Viewer), std::optional(ProjectRole::Editor),
            std::optional(ProjectRole::Owner)}) {
        text += "+-?"[static_cast<std::size_t>(decide(right, system, project))];
      }
    }
    return text;
  };
  // A user who is no member, viewer, editor, owner; an admin likewise. '?': the project is hidden.
  const std::map<Right, std::string> expected = {
      {Right::OwnSession, "++++++++"},      {Right::SignedIn, "++++++++"},       {Right::CreateProject, "++++++++"},
      {Right::ManageUsers, "----++++"},     {Right::ManageSettings, "----++++"}, {Right::ReadAudit, "----++++"},
      {Right::ReadEverything, "----++++"},  {Right::ReadProject, "?+++++++"},    {Right::OwnTokens, "?+++++++"},
      {Right::Generate, "?-++++++"},        {Right::WriteFiles, "?-++++++"},     {Right::ManageProject, "?--+++++"},
      {Right::ManageMembers, "?--+++++"},   {Right::ManageTokens, "?--+++++"},   {Right::TakeLeases, "?--+++++"},
      {Right::ReadProjectAudit, "?--+++++"}};
  ASSERT_EQ(expected.size(), kRights);
  std::set<std::string_view> names;
  for (const auto& [right, decisions] : expected) {
    EXPECT_EQ(shown(right), decisions) << right_name(right);
    EXPECT_TRUE(names.insert(right_name(right)).second);
    EXPECT_FALSE(needed_for(right).empty());
    EXPECT_EQ(is_of_a_project(right), decisions.front() == '?');
  }
}

TEST(Rights, BoundTokens) {
  using store::Scope;
  EXPECT_EQ(greatest_scope(SystemRole::User, std::nullopt), std::nullopt);
  EXPECT_EQ(greatest_scope(SystemRole::User, ProjectRole::Viewer), Scope::Read);
  EXPECT_EQ(greatest_scope(SystemRole::User, ProjectRole::Editor), Scope::Write);
  EXPECT_EQ(greatest_scope(SystemRole::User, ProjectRole::Owner), Scope::Admin);
  EXPECT_EQ(greatest_scope(SystemRole::Admin, std::nullopt), Scope::Admin);
}

}  // namespace
}  // namespace mimus::people
