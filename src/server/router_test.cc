#include "server/router.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "server/archive_writer.h"
#include "server/auth.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/server.h"

namespace mimus::server {
namespace {

// "<operation> project task name", "405 GET, HEAD", or "404".
std::string found(std::string_view method, std::string_view text) {
  static const Router kRouter(all_routes());
  const auto target = parse_target(text);
  if (!target) return target.error().code;
  const Match match = kRouter.match(method, *target);
  if (match.route == nullptr) return match.allow.empty() ? "404" : "405 " + match.allow;
  std::string shown(match.route->id);
  for (const std::string& value : {match.values.project, match.values.task, match.values.name}) {
    if (!value.empty()) shown += " " + value;
  }
  return shown;
}

TEST(Router, FindsNamesWithFolders) {
  EXPECT_EQ(found("GET", "/api/v1/P/files/a.xml"), "readFileV1 P a.xml");
  EXPECT_EQ(found("GET", "/api/v1/P/files/s/a.xml"), "readFileV1 P s/a.xml");
  EXPECT_EQ(found("GET", "/api/v1/P/files/s%2Fa.xml"), "readFileV1 P s/a.xml");
  EXPECT_EQ(found("HEAD", "/api/v2/projects/P/files/s/a.xml"), "readFile P s/a.xml");
  EXPECT_EQ(found("GET", "/api/v1/P/file/read/s/a.xml"), "readFileAsBase64V1 P s/a.xml");
  EXPECT_EQ(found("GET", "/api/v1/P/tasks/T/artifacts/s/a.json"), "downloadArtifactV1 P T s/a.json");
  EXPECT_EQ(found("GET", "/api/v1/P/artifacts/T/s/a.json"), "downloadArtifactByTaskV1 P T s/a.json");
}

TEST(Router, LetsLiteralsWin) {
  EXPECT_EQ(found("POST", "/api/v1/P/files/update"), "updateFilesV1 P");
  EXPECT_EQ(found("POST", "/api/v1/P/files/%75pdate"), "updateFilesV1 P");
  EXPECT_EQ(found("POST", "/api/v1/P/files/updates"), "updateFileByPostV1 P updates");
  EXPECT_EQ(found("POST", "/api/v1/P/files/x/update"), "updateFileByPostV1 P x/update");
  EXPECT_EQ(found("GET", "/api/v1/P/files/update"), "readFileV1 P update");
  EXPECT_EQ(found("GET", "/api/v1/P/tasks/T/artifacts/zip"), "downloadZipV1 P T");
  EXPECT_EQ(found("GET", "/api/v2/projects/P/tasks/T/artifacts/zip"), "downloadArtifact P T zip");
}

TEST(Router, TakesLockAndUnlockAsTheLastSegmentOnly) {
  EXPECT_EQ(found("POST", "/api/v2/projects/P/files/s/a.xml/unlock"), "unlockFile P s/a.xml");
  EXPECT_EQ(found("POST", "/api/v2/projects/P/files/lock/lock"), "lockFile P lock");
  EXPECT_EQ(found("GET", "/api/v2/projects/P/files/lock"), "readFile P lock");
  EXPECT_EQ(found("POST", "/api/v2/projects/P/files/lock"), "405 GET, HEAD, DELETE, PUT");
  EXPECT_EQ(found("POST", "/api/v2/projects/P/files/a%2Flock"), "405 GET, HEAD, DELETE, PUT");
}

TEST(Router, TellsTheMethodsOfAPath) {
  EXPECT_EQ(found("PATCH", "/api/v1/P/files"), "405 GET, HEAD, POST, PUT");
  EXPECT_EQ(found("OPTIONS", "/health"), "405 GET, HEAD");
  EXPECT_EQ(found("get", "/health"), "405 GET, HEAD");
  EXPECT_EQ(found("GET", "/api/v1/P/nothing"), "404");
  EXPECT_EQ(found("GET", "/api/v1"), "404");
  EXPECT_EQ(found("GET", "/health/"), "404");
}

// What the session API answers without a session.
bool is_protected(const Route& route) {
  static const std::set<std::string> kOpen = {"GET openapi.json", "POST session",       "POST sign-up",
                                              "GET banner",       "GET version",        "GET health",
                                              "GET ready",        "GET settings/public"};
  if (!route.path.starts_with(kPlatform)) return route.path.starts_with("/api/");
  const std::string rest(route.path.substr(kPlatform.size() + 1));
  return !kOpen.contains(std::string(route.method) + " " + rest);
}

TEST(Routes, AreProtectedUnlessTheyAreForEverybody) {
  std::set<std::pair<bool, std::string_view>> ids;  // of each of the two documents
  for (const Route& route : all_routes()) {
    EXPECT_EQ(is_protected(route), route.scope.has_value() || route.right.has_value()) << route.path;
    EXPECT_EQ(route.path.starts_with(kPlatform) && is_protected(route), route.right.has_value()) << route.path;
    EXPECT_NE(route.handler, nullptr);
    if (route.id.empty()) continue;
    EXPECT_TRUE(ids.emplace(route.path.starts_with(kPlatform), route.id).second) << route.id;
    EXPECT_FALSE(route.answers.empty()) << route.id;
    for (const std::string_view code : route.errors) EXPECT_NE(problem_status(code), 500) << code;
    const bool reads = route.method == "GET" && route.scope;
    EXPECT_TRUE(!reads || *route.scope == project::Scope::Read) << route.path;
  }
}

TEST(OpenApi, DescribesEveryRouteOnce) {
  const auto document = nlohmann::json::parse(make_openapi(all_routes(), "1.2.3"));
  EXPECT_EQ(document["openapi"], "3.1.0");
  EXPECT_EQ(document["info"]["version"], "1.2.3");
  EXPECT_EQ(document["servers"].dump(), R"([{"url":"/"}])");
  std::size_t operations = 0;
  for (const auto& [path, item] : document["paths"].items()) operations += item.size();
  const auto platform = nlohmann::json::parse(make_platform_openapi(all_routes(), "1.2.3"));
  for (const auto& [path, item] : platform["paths"].items()) {
    EXPECT_TRUE(path.starts_with(kPlatform));
    operations += item.size();
  }
  std::size_t documented = 0;
  for (const Route& route : all_routes()) documented += route.id.empty() ? 0 : 1;
  EXPECT_EQ(operations, documented);
  const std::string text = document.dump();
  for (std::size_t at = text.find("#/components/schemas/"); at != std::string::npos;
       at = text.find("#/components/schemas/", at + 1)) {
    const std::string name = text.substr(at + 21, text.find('"', at) - at - 21);
    EXPECT_TRUE(document["components"]["schemas"].contains(name)) << name;
  }
}

TEST(Bearer, ReadsNothingElse) {
  const auto code = [](std::vector<std::string> values) -> std::string {
    Headers headers;
    for (std::string& value : values) headers.add("authorization", std::move(value));
    const auto token = bearer_token(headers);
    return token ? std::string(*token) : token.error().code;
  };
  EXPECT_EQ(code({"Bearer abc"}), "abc");
  EXPECT_EQ(code({"bearer  abc "}), "abc");
  EXPECT_EQ(code({}), "auth.missing");
  EXPECT_EQ(code({""}), "auth.missing");
  EXPECT_EQ(code({"Bearer"}), "auth.missing");
  EXPECT_EQ(code({"Bearer "}), "auth.missing");
  EXPECT_EQ(code({"Basic abc"}), "auth.missing");
  EXPECT_EQ(code({"Bearer a b"}), "auth.missing");
  EXPECT_EQ(code({"Bearer abc", "Bearer abc"}), "auth.missing");
}

TEST(Problem, HidesFaultsOfOurs) {
  const Response response = problem({.code = "disk.burns", .message = "secret path"}, "/x");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_NE(response.body.find("\"code\": \"internal\""), std::string::npos);
  EXPECT_NE(response.body.find("urn:uuid:"), std::string::npos);
}

TEST(Problem, TellsWhereAndWhichFields) {
  Diagnostic diagnostic{.code = "descriptor.invalid",
                        .message = "a \"quote\"",
                        .hint = "look",
                        .where = {.file = "a.xml", .line = 3, .column = 4}};
  diagnostic.fields.emplace_back("seed", "is wrong");
  const auto json = nlohmann::json::parse(problem(diagnostic, "/x").body);
  EXPECT_EQ(json["status"], 422);
  EXPECT_EQ(json["detail"], "a \"quote\"");
  EXPECT_EQ(json["line"], 3);
  EXPECT_EQ(json["column"], 4);
  EXPECT_EQ(json["errors"][0]["field"], "seed");
  EXPECT_EQ(json["instance"], "/x");
}

TEST(Zip, GivesHarmlessNames) {
  EXPECT_EQ(entry_name("a/b.json"), "a/b.json");
  EXPECT_EQ(entry_name("/a//./b"), "a/b");
  EXPECT_EQ(entry_name("../../a/../b"), "a/b");
  EXPECT_EQ(entry_name("..\\a"), "a");
  EXPECT_EQ(entry_name(".."), "unnamed");
}

TEST(Listen, ReadsAddresses) {
  const auto shown = [](std::string_view text) -> std::string {
    const auto address = parse_listen(text);
    return address ? address->host + " " + std::to_string(address->port) : address.error().code;
  };
  EXPECT_EQ(shown("127.0.0.1:8080"), "127.0.0.1 8080");
  EXPECT_EQ(shown("[::1]:0"), "::1 0");
  EXPECT_EQ(shown("localhost:65535"), "localhost 65535");
  EXPECT_EQ(shown(":80"), "0.0.0.0 80");
  for (const char* text : {"", "8080", "host", "host:", "host:x", "host:65536", "::1:80", "host:-1"}) {
    EXPECT_EQ(shown(text), "listen.syntax") << text;
  }
}

}  // namespace
}  // namespace mimus::server
