#include "server/watch.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "server/metrics_page.h"

namespace mimus::server {
namespace {

constexpr std::string_view kToken = "0123456789abcdef-token";

Request request_from(std::string peer, std::vector<std::pair<std::string, std::string>> fields = {}) {
  Request request;
  request.method = "GET";
  request.peer = std::move(peer);
  for (auto& [name, value] : fields) request.headers.add(std::move(name), std::move(value));
  return request;
}

std::string bearer(std::string_view token) { return "Bearer " + std::string(token); }

TEST(Metrics, AreForThisMachine) {
  for (const char* peer : {"127.0.0.1", "127.8.0.1", "::1"}) {
    EXPECT_TRUE(may_read_metrics(request_from(peer), {})) << peer;
    EXPECT_TRUE(may_read_metrics(request_from(peer), kToken)) << peer;
  }
  for (const char* peer : {"192.0.2.1", "2001:db8::1", "", "nonsense"}) {
    EXPECT_FALSE(may_read_metrics(request_from(peer), {})) << peer;
    EXPECT_FALSE(may_read_metrics(request_from(peer), kToken)) << peer;
  }
}

TEST(Metrics, AreForThoseWithTheToken) {
  EXPECT_TRUE(may_read_metrics(request_from("192.0.2.1", {{"Authorization", bearer(kToken)}}), kToken));
  for (const std::string& wrong : {bearer("0123456789abcdef-tokeN"), bearer(kToken.substr(1)), std::string(kToken),
                                   std::string("Bearer "), "Basic " + std::string(kToken)}) {
    EXPECT_FALSE(may_read_metrics(request_from("192.0.2.1", {{"Authorization", wrong}}), kToken)) << wrong;
    EXPECT_FALSE(may_read_metrics(request_from("192.0.2.1", {{"Authorization", wrong}}), {})) << wrong;
  }
}

TEST(Metrics, AreNotForThoseBehindAProxyOfThisMachine) {
  for (const char* field : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    EXPECT_FALSE(may_read_metrics(request_from("127.0.0.1", {{field, "127.0.0.1"}}), kToken)) << field;
    EXPECT_TRUE(
        may_read_metrics(request_from("127.0.0.1", {{field, "192.0.2.1"}, {"Authorization", bearer(kToken)}}), kToken))
        << field;
  }
}

std::string shown(const HttpMetrics& metrics) {
  std::string out;
  metrics.append(out);
  return out;
}

bool has_line(const std::string& text, std::string_view line) {
  return ("\n" + text).contains("\n" + std::string(line) + "\n");
}

TEST(Metrics, CountByRouteMethodAndStatus) {
  using std::chrono::microseconds;
  HttpMetrics metrics({{.method = "GET", .path = "/a/{x}"}, {.method = "PUT", .path = "/a/{x}"}});
  EXPECT_FALSE(shown(metrics).contains("route="));
  metrics.observe("/a/{x}", "GET", 200, microseconds(1000));
  metrics.observe("/a/{x}", "GET", 200, microseconds(1001));
  metrics.observe("/a/{x}", "PUT", 409, std::chrono::seconds(11));
  metrics.observe("/a/7", "BREW\"", 404, microseconds(1));
  const std::string text = shown(metrics);
  EXPECT_TRUE(has_line(text, R"(mimus_http_requests_total{route="/a/{x}",method="GET",status="200"} 2)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_requests_total{route="/a/{x}",method="PUT",status="409"} 1)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_requests_total{route="none",method="other",status="404"} 1)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_request_seconds_bucket{route="/a/{x}",le="0.001"} 1)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_request_seconds_bucket{route="/a/{x}",le="0.0025"} 2)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_request_seconds_bucket{route="/a/{x}",le="10.0"} 2)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_request_seconds_bucket{route="/a/{x}",le="+Inf"} 3)")) << text;
  EXPECT_TRUE(has_line(text, R"(mimus_http_request_seconds_count{route="/a/{x}"} 3)")) << text;
  EXPECT_FALSE(text.contains("BREW"));
}

TEST(AccessLog, HoldsNoLinesOfClients) {
  const AccessEntry entry{.time = {},
                          .method = "GE\nT x",
                          .route = "/a/{x}",
                          .status = 200,
                          .taken = std::chrono::milliseconds(1500),
                          .peer = "192.0.2.1",
                          .request = "r"};
  EXPECT_EQ(access_line(entry, LogFormat::None), "");
  EXPECT_EQ(access_line(entry, LogFormat::Text),
            "1970-01-01T00:00:00Z GE\\x0aT_x /a/{x} 200 1.500000 192.0.2.1 r - -\n");
  const std::string line = access_line(entry, LogFormat::Json);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto value = nlohmann::json::parse(line);
  EXPECT_EQ(value["route"], "/a/{x}");
  EXPECT_EQ(value["seconds"], 1.5);
  EXPECT_TRUE(value["actor_id"].is_null());
}

// Answers 201 to what has a body, and 200 to all else.
class Inside final : public Handler {
 public:
  Reaction begin(const Request& request) override {
    request.trace = {.route = "/a/{x}", .project = "p", .actor = "someone"};
    if (request.has_body) return std::make_unique<Taker>();
    return Response{};
  }
  Response refuse(int status, std::string_view) override { return {.status = status}; }

 private:
  class Taker final : public BodyTaker {
   public:
    std::optional<Response> take(std::string_view piece) override {
      return piece == "bad" ? std::optional(Response{.status = 422}) : std::nullopt;
    }
    Response finish() override { return {.status = 201}; }
  };
};

TEST(Watch, SeesEveryAnswerOnce) {
  Inside inside;
  HttpMetrics metrics(std::vector<Route>{{.method = "GET", .path = "/a/{x}"}});
  std::vector<std::string> lines;
  Watch watch(inside, metrics, LogFormat::Json, [&lines](std::string_view line) { lines.emplace_back(line); });
  const auto id_of = [](const Response& response) { return std::string(response.headers.get("X-Request-Id")); };

  Request request = request_from("192.0.2.1", {{"Authorization", "secret"}});
  request.target = "/a/7?secret";
  std::vector<std::string> ids{id_of(std::get<Response>(watch.begin(request)))};
  request.has_body = true;
  Reaction whole = watch.begin(request);
  EXPECT_EQ(lines.size(), 1U);
  auto& taker = std::get<std::unique_ptr<BodyTaker>>(whole);
  EXPECT_FALSE(taker->take("good"));
  ids.push_back(id_of(taker->finish()));
  Reaction early = watch.begin(request);
  ids.push_back(id_of(*std::get<std::unique_ptr<BodyTaker>>(early)->take("bad")));
  ids.push_back(id_of(watch.refuse(431, "")));

  ASSERT_EQ(lines.size(), ids.size());
  const std::vector<int> statuses{200, 201, 422, 431};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto value = nlohmann::json::parse(lines[i]);
    EXPECT_TRUE(is_uuid(ids[i]));
    EXPECT_EQ(value["request_id"], ids[i]);
    EXPECT_EQ(value["status"], statuses[i]);
    EXPECT_EQ(value["route"], i < 3 ? "/a/{x}" : "none");
    EXPECT_FALSE(lines[i].contains("secret"));
  }
  EXPECT_TRUE(has_line(shown(metrics), R"(mimus_http_request_seconds_count{route="/a/{x}"} 3)"));
}

}  // namespace
}  // namespace mimus::server
