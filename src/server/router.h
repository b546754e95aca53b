// The table of routes: what is served, who may call it, and how it is documented, in one declaration each.
//
// The OpenAPI documents, the answers 405 and 406, and the checks of tokens and sessions come from this table. Adding an
// endpoint is one declaration beside its handler (files.cc, tasks.cc, …).
//
// There are two APIs. Machines have a token: a `scope` says which. People have a session, below /api/platform/v1: a
// `right` says what they must be allowed. Neither is read by the other.
//
// Path templates: "{project_id}", "{task_id}", "{user_id}", "{token_id}", "{version}", "{demo}" stand for one segment;
// "{file_name}" and "{artifact_name}" for all segments up to the end or to the literal that follows. Literal segments
// win over templates.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/rights.h"
#include "project/tokens.h"
#include "server/http.h"
#include "server/target.h"

namespace mimus::server {

struct Call;
// May keep the call for the time of its body.
using RouteHandler = Result<Reaction> (*)(Call&& call);

// Schemas are JSON texts: {"$ref": "#/components/schemas/Task"}, {"type": "string"}.
struct ParameterDeclaration {
  std::string_view name;
  std::string_view in;  // "query", "header"
  std::string_view description;
  std::string_view schema;
};

struct ContentDeclaration {
  std::string_view media_type;  // "*/*": whatever the file is
  std::string_view schema;
};

struct BodyDeclaration {
  bool required = true;
  std::string_view description;
  std::vector<ContentDeclaration> contents;
};

struct AnswerDeclaration {
  int status = 200;
  std::string_view description;
  std::vector<ContentDeclaration> contents;
  std::vector<ParameterDeclaration> headers;  // `in` stays empty
};

struct Route {
  std::string_view method;
  std::string_view path;
  std::optional<project::Scope> scope;  // of tokens
  std::optional<people::Right> right;   // of sessions; neither: open to everybody
  RouteHandler handler = nullptr;
  std::string_view id;  // operationId; empty: not in the document (pages)
  std::string_view tag;
  std::string_view summary;
  std::string_view description;
  bool deprecated = false;  // for older clients, or another way to write a route
  std::vector<ParameterDeclaration> parameters;
  std::optional<BodyDeclaration> body;
  std::vector<AnswerDeclaration> answers;
  std::vector<std::string_view> errors;  // codes; those of tokens and of Accept are added
};

// What the templates of a path stand for; empty when there is none of that name.
struct PathValues {
  std::string project;
  std::string task;
  std::string name;  // of a file or artifact, percent-decoded, not checked yet
  std::string asset;
  std::string user;
  std::string token;
  std::string version;
  std::string demo;
};

// Where the session API is.
inline constexpr std::string_view kPlatform = "/api/platform/v1";
// Whether a path is in the session API, however its characters are escaped.
[[nodiscard]] bool is_platform(const Target& target);

struct Match {
  const Route* route = nullptr;  // null: none
  PathValues values;
  std::string allow;  // when the path exists but not with this method: "GET, HEAD, PUT"
};

class Router {
 public:
  explicit Router(std::vector<Route> routes);

  // HEAD is served by GET.
  [[nodiscard]] Match match(std::string_view method, const Target& target) const;
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Pattern {
    std::vector<std::string_view> before;  // segments up to the name, if there is one
    std::vector<std::string_view> after;   // literals behind the name
    bool has_name = false;
    std::string rank;  // greater: more specific
  };

  static Pattern compile(std::string_view path);
  static bool fits(const Pattern& pattern, std::span<const std::string> segments, PathValues& values);

  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // of each route
};

}  // namespace mimus::server
