// What somebody who writes a descriptor wants to know at once: is it right, and what does it make?

#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/options.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

Result<Reaction> preview(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(const task::PreviewRequest request, parse_preview_request(body));
    MIMUS_ASSIGN(const task::PreviewResult result, of.services->tasks->preview(of.path.project, request));
    return json_answer(200, to_json(result));
  });
}

Result<Reaction> lint(Call&& call) {
  return take_json(std::move(call), [](const Call& of, std::string_view body) -> Result<Response> {
    MIMUS_ASSIGN(const LintRequest request, parse_lint_request(body));
    MIMUS_ASSIGN(const Diagnostics findings,
                 of.services->tasks->check(of.path.project, request.entry, request.content));
    return json_answer(200, "{\"diagnostics\": " + array_to_json(findings) + "}");
  });
}

constexpr std::string_view kPreviewOptions = R"({"$ref": "#/components/schemas/PreviewOptions"})";
constexpr std::string_view kPreview = R"({"$ref": "#/components/schemas/Preview"})";
constexpr std::string_view kLintOptions = R"({"$ref": "#/components/schemas/LintOptions"})";
constexpr std::string_view kFindings = R"({"$ref": "#/components/schemas/Findings"})";

}  // namespace

void add_preview_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "POST",
       .path = "/api/v2/projects/{project_id}/preview",
       .scope = project::Scope::Generate,
       .handler = preview,
       .id = "preview",
       .tag = "Tasks",
       .summary = "Preview",
       .description = "The first records of every `generate`, within 5 seconds and 10 MB; nothing is written. With the "
                      "same seed they are those of the whole run. Mistakes of the descriptor are in `diagnostics`.",
       .body =
           BodyDeclaration{
               .required = false, .description = "Options; may be empty.", .contents = declare::json(kPreviewOptions)},
       .answers = {{.status = 200, .description = "the records", .contents = declare::json(kPreview)}},
       .errors = {"request.invalid", "request.syntax", "file.not_found", "file.bad_name", "media.unsupported",
                  "preview.busy"}});
  routes.push_back({.method = "POST",
                    .path = "/api/v2/projects/{project_id}/lint",
                    .scope = project::Scope::Read,
                    .handler = lint,
                    .id = "lint",
                    .tag = "Tasks",
                    .summary = "Check descriptors",
                    .description = "The findings about one descriptor, or about all of the project; nothing is run.",
                    .body = BodyDeclaration{.required = false,
                                            .description = "Which file; may be empty.",
                                            .contents = declare::json(kLintOptions)},
                    .answers = {{.status = 200, .description = "the findings", .contents = declare::json(kFindings)}},
                    .errors = {"request.invalid", "request.syntax", "file.not_found", "file.bad_name",
                               "media.unsupported", "descriptor.invalid", "preview.busy"}});
}

}  // namespace mimus::server
