#include "base/secrets.h"

#include <gtest/gtest.h>

namespace mimus {
namespace {

Secrets make_secrets() {
  Secrets out;
  out.add("shop.db.password", "hunter2-long");
  out.add("shop.db.password.old", "hunter2");
  out.add("shop.db.user", "someone");
  out.add("shop.db.url", "postgresql://ada:lovelace@db:5432/shop");
  out.add("API-Key", "abcd");
  out.add("token", "abc");
  return out;
}

TEST(Secrets, AreKnownByTheirNames) {
  for (const char* name : {"password", "DB_PASSWORD", "x.db.pwd", "accessToken", "api-key", "client.secret"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const char* name : {"user", "key", "path", "passenger", ""}) EXPECT_FALSE(is_secret_name(name)) << name;
}

TEST(Secrets, AreMaskedWhereverTheyStand) {
  const Secrets secrets = make_secrets();
  EXPECT_EQ(secrets.mask("hunter2-long hunter2,hunter2"), "*** ***,***");
  EXPECT_EQ(secrets.mask("someone says abcd, not abc"), "someone says ***, not abc");
  EXPECT_EQ(secrets.mask("lovelace alone"), "*** alone");
  EXPECT_EQ(secrets.mask(""), "");
}

TEST(Secrets, HaveFormsThatAreKnown) {
  const Secrets none;
  EXPECT_EQ(none.mask("of mms_pat_0123abcXYZ."), "of ***.");
  EXPECT_EQ(none.mask("at https://u:p@ss@host/x?a=b://c:d@e and ftp://v:w@h"),
            "at https://u:***@host/x?a=b://c:***@e and ftp://v:***@h");
  EXPECT_EQ(none.mask("http://host:80/ a:b@c"), "http://host:80/ a:b@c");
}

TEST(Secrets, AreMaskedWhereALineIsCut) {
  const Secrets secrets = make_secrets();
  EXPECT_EQ(secrets.mask("it is hunter2-lo", {.end = true}), "it is ***-lo");
  EXPECT_EQ(secrets.mask("it is lovel…", {.end = true}), "it is ***…");
  EXPECT_EQ(secrets.mask("it is lov", {.end = true}), "it is lov");
  EXPECT_EQ(secrets.mask("it is lovel"), "it is lovel");
  EXPECT_EQ(secrets.mask("2-long, it was", {.start = true}), "***, it was");
  EXPECT_EQ(secrets.mask("2-long, it was"), "2-long, it was");
}

TEST(Secrets, AreMaskedInFindings) {
  Diagnostic finding{.code = "a.b", .message = "no hunter2", .hint = "abcd", .line_text = "x='hunter2'"};
  finding.fields.emplace_back("name", "hunter2");
  make_secrets().mask(finding);
  EXPECT_EQ(finding.message + finding.hint + finding.line_text + finding.fields[0].second, "no ******x='***'***");
}

}  // namespace
}  // namespace mimus
