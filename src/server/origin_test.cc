#include "server/origin.h"

#include <gtest/gtest.h>

namespace mimus::server {
namespace {

std::string shown(std::string_view text) {
  const auto address = parse_address(text);
  return address ? address->text() : address.error().code;
}

TEST(Address, HasOneSpelling) {
  EXPECT_EQ(shown("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(shown("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(shown("[2001:DB8::0:1]"), "2001:db8::1");
  for (const char* text : {"", "10.0.0", "10.0.0.256", "010.0.0.1", "::1%lo", "localhost", "1.2.3.4 ", "[::1"}) {
    EXPECT_EQ(shown(text), "address.syntax") << text;
  }
  EXPECT_TRUE(parse_address("127.9.9.9")->is_loopback());
  EXPECT_TRUE(parse_address("::1")->is_loopback());
  EXPECT_TRUE(parse_address("::ffff:127.0.0.1")->is_loopback());
  EXPECT_FALSE(parse_address("::")->is_loopback());
  EXPECT_FALSE(parse_address("128.0.0.1")->is_loopback());
}

bool contains(std::string_view network, std::string_view address) {
  return parse_network(network)->contains(*parse_address(address));
}

TEST(Network, ContainsWhatItsBitsSay) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.1.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("10.0.0.0/9", "10.127.0.0"));
  EXPECT_FALSE(contains("10.0.0.0/9", "10.128.0.0"));
  EXPECT_TRUE(contains("10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(contains("10.1.2.3", "10.1.2.2"));
  EXPECT_TRUE(contains("fd00::/8", "fdff::1"));
  EXPECT_FALSE(contains("fd00::/8", "fe00::1"));
  EXPECT_TRUE(contains("0.0.0.0/0", "1.2.3.4"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::2")) << "a network of IPv4";
  EXPECT_TRUE(contains("::/0", "1.2.3.4"));
  for (const char* text : {"10.0.0.0/33", "fd00::/129", "10.0.0.0/", "/8", "x/8", "10.0.0.0/-1", "10.0.0.0/8/8"}) {
    EXPECT_FALSE(parse_network(text)) << text;
  }
}

Request request_from(std::string peer, std::vector<std::pair<std::string, std::string>> fields) {
  Request request;
  request.peer = std::move(peer);
  request.host = "inside:8080";
  for (auto& [name, value] : fields) request.headers.add(std::move(name), std::move(value));
  return request;
}

std::string peer_after(std::string peer, std::vector<std::pair<std::string, std::string>> fields) {
  const std::vector<Network> trusted{*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
  Request request = request_from(std::move(peer), std::move(fields));
  apply_forwarded(request, trusted);
  return request.peer;
}

TEST(Forwarded, IsBelievedOfTrustedProxiesOnly) {
  EXPECT_EQ(peer_after("192.0.2.9", {{"X-Forwarded-For", "1.1.1.1"}}), "192.0.2.9");
  EXPECT_EQ(peer_after("10.0.0.1", {}), "10.0.0.1");
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7"}}), "192.0.2.7");
  EXPECT_EQ(peer_after("fd00::1", {{"X-Forwarded-For", "2001:db8::7"}}), "2001:db8::7");
  // What a client has written itself stands to the left of what the proxy adds.
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 192.0.2.7"}}), "192.0.2.7");
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "192.0.2.7, 10.0.0.2"}}),
            "192.0.2.7");
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "10.0.0.3,10.0.0.2"}}), "10.0.0.3");
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7:4711"}}), "192.0.2.7");
  EXPECT_EQ(peer_after("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7, nonsense, 10.0.0.2"}}), "10.0.0.2");
}

TEST(Forwarded, SetsSchemeAndHost) {
  const std::vector<Network> trusted{*parse_network("10.0.0.0/8")};
  const std::vector<std::pair<std::string, std::string>> fields{{"X-Forwarded-Proto", "https"},
                                                                {"X-Forwarded-Host", "data.example.org"}};
  Request request = request_from("10.0.0.1", fields);
  apply_forwarded(request, trusted);
  EXPECT_TRUE(request.is_secure);
  EXPECT_EQ(request.host, "data.example.org");
  request = request_from("192.0.2.9", fields);
  apply_forwarded(request, trusted);
  EXPECT_FALSE(request.is_secure);
  EXPECT_EQ(request.host, "inside:8080");
}

TEST(HostNames, AreLoopbackWhenNobodyElseListens) {
  for (const char* listen : {"127.0.0.1", "::1", "localhost"}) {
    const auto names = HostNames::make({}, listen);
    for (const char* host : {"127.0.0.1:8080", "127.0.0.1", "[::1]:80", "localhost", "LOCALHOST:1", "127.1.2.3"}) {
      EXPECT_TRUE(names->allows(host)) << host;
    }
    for (const char* host : {"", "evil.example", "10.0.0.1", "localhost.evil.example", "localhost:80:80", "[::1",
                             "::1:x", "127.0.0.1.evil.example:8080", "localhost@evil"}) {
      EXPECT_FALSE(names->allows(host)) << host;
    }
  }
}

TEST(HostNames, AreTheAddressThatListens) {
  const auto names = HostNames::make({}, "10.0.0.1");
  EXPECT_TRUE(names->allows("10.0.0.1:8080"));
  EXPECT_TRUE(names->allows("localhost"));
  EXPECT_FALSE(names->allows("10.0.0.2"));
  EXPECT_FALSE(names->allows("evil.example"));
  EXPECT_TRUE(HostNames::make({}, "fd00::1")->allows("[fd00:0::1]:8080"));
  for (const char* all : {"0.0.0.0", "::"}) {
    EXPECT_TRUE(HostNames::make({}, all)->allows("192.0.2.1:80")) << all;
    EXPECT_FALSE(HostNames::make({}, all)->allows("evil.example")) << all;
  }
}

TEST(HostNames, AreThoseOfPublicUrls) {
  const auto names = HostNames::make({"https://Data.Example.org/mimus", "http://10.0.0.1:8080"}, "0.0.0.0");
  EXPECT_TRUE(names->allows("data.example.org"));
  EXPECT_TRUE(names->allows("DATA.example.org:443"));
  EXPECT_TRUE(names->allows("10.0.0.1:8080"));
  EXPECT_TRUE(names->allows("127.0.0.1:8080"));
  EXPECT_FALSE(names->allows("example.org"));
  EXPECT_FALSE(names->allows("192.0.2.1"));
  for (const char* url : {"data.example.org", "ftp://x", "https://", "https://a b/", "https://u@x"}) {
    const auto wrong = HostNames::make({url}, "0.0.0.0");
    ASSERT_FALSE(wrong) << url;
    EXPECT_EQ(wrong.error().code, "url.syntax");
  }
}

}  // namespace
}  // namespace mimus::server
