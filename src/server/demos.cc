// The demo store.

#include <algorithm>

#include "base/text.h"
#include "server/call.h"
#include "server/content.h"
#include "server/declare.h"
#include "server/platform_objects.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

using people::Right;
using project::Demo;

bool holds(const Demo& demo, const std::string& search) {
  if (fold_case(demo.title).contains(search) || fold_case(demo.description).contains(search)) return true;
  return std::ranges::any_of(demo.tags, [&](const std::string& tag) { return fold_case(tag).contains(search); });
}

Result<Reaction> list_demos(Call&& call) {
  const std::string search = fold_case(call.target.parameter("search").value_or(""));
  const std::string tag(call.target.parameter("tag").value_or(""));
  MIMUS_ASSIGN(const auto demos, project::list_demos(call.services->demos));
  Json json;
  json.begin_array();
  for (const Demo& demo : demos) {
    if (!search.empty() && !holds(demo, search)) continue;
    if (!tag.empty() && std::ranges::find(demo.tags, tag) == demo.tags.end()) continue;
    append(json, demo);
  }
  json.end_array();
  return json_answer(200, std::move(json).text());
}

Result<Reaction> get_demo(Call&& call) {
  MIMUS_ASSIGN(const Demo demo, project::find_demo(call.services->demos, call.path.demo));
  MIMUS_ASSIGN(const auto files, project::list_demo_files(call.services->demos, demo));
  Json json;
  json.begin_object();
  append_members(json, demo);
  json.key("files");
  json.begin_array();
  for (const project::DemoFile& file : files) {
    std::error_code error;
    json.begin_object();
    json.member("name", file.name);
    json.member("size", static_cast<std::uint64_t>(fs::file_size(file.path, error)));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(200, std::move(json).text());
}

Result<Reaction> read_demo_file(Call&& call) {
  MIMUS_ASSIGN(const Demo demo, project::find_demo(call.services->demos, call.path.demo));
  MIMUS_ASSIGN(const auto files, project::list_demo_files(call.services->demos, demo));
  const auto found = std::ranges::find(files, call.path.name, &project::DemoFile::name);
  if (found == files.end()) {
    return fail("file.not_found", "the demo has no file '" + escape_controls(call.path.name) + "'");
  }
  MIMUS_ASSIGN(std::string text, read_file(found->path, call.services->files->limits().file_bytes));
  Response response = text_answer(200, std::move(text));
  response.headers.add("Content-Disposition", attachment(found->name));
  return response;
}

constexpr std::string_view kDemos = R"({"type": "array", "items": {"$ref": "#/components/schemas/Demo"}})";
constexpr std::string_view kDemo = R"({"$ref": "#/components/schemas/DemoDetails"})";

Route demo_route(std::string_view path, RouteHandler handler, std::string_view id, std::string_view summary) {
  return {.method = "GET",
          .path = path,
          .right = Right::SignedIn,
          .handler = handler,
          .id = id,
          .tag = "Demos",
          .summary = summary,
          .errors = {"demo.not_found"}};
}

}  // namespace

void add_demo_routes(std::vector<Route>& routes) {
  Route list = demo_route("/api/platform/v1/demos", list_demos, "listDemos", "List the demos");
  list.parameters = {{"search", "query", "Only demos whose title, description or tags hold this.", declare::kText},
                     {"tag", "query", "Only demos with this tag.", declare::kText}};
  list.answers = {{.status = 200, .description = "the demos", .contents = declare::json(kDemos)}};
  list.errors = {};
  routes.push_back(list);
  Route get = demo_route("/api/platform/v1/demos/{demo}", get_demo, "getDemo", "Read a demo");
  get.answers = {{.status = 200, .description = "the demo and its files", .contents = declare::json(kDemo)}};
  routes.push_back(get);
  Route file = demo_route("/api/platform/v1/demos/{demo}/files/{file_name}", read_demo_file, "readDemoFile",
                          "Read a file of a demo");
  file.answers = {{.status = 200, .description = "the text", .contents = {{"text/plain", declare::kText}}}};
  file.errors.emplace_back("file.not_found");
  routes.push_back(file);
}

}  // namespace mimus::server
