// Pieces of declarations that many routes share.
#pragma once

#include "server/router.h"

namespace mimus::server::declare {

// ---- schemas
inline constexpr std::string_view kText = R"({"type": "string"})";
inline constexpr std::string_view kBinary = R"({"type": "string", "contentMediaType": "application/octet-stream"})";
inline constexpr std::string_view kFile = R"({"$ref": "#/components/schemas/FileMetadata"})";
inline constexpr std::string_view kFiles =
    R"({"type": "array", "items": {"$ref": "#/components/schemas/FileMetadata"}})";
inline constexpr std::string_view kLock = R"({"$ref": "#/components/schemas/LockState"})";
inline constexpr std::string_view kProject = R"({"$ref": "#/components/schemas/Project"})";
inline constexpr std::string_view kTask = R"({"$ref": "#/components/schemas/Task"})";
inline constexpr std::string_view kTasks = R"({"type": "array", "items": {"$ref": "#/components/schemas/Task"}})";
inline constexpr std::string_view kArtifacts =
    R"({"type": "array", "items": {"$ref": "#/components/schemas/Artifact"}})";
inline constexpr std::string_view kOptions = R"({"$ref": "#/components/schemas/TaskOptions"})";
inline constexpr std::string_view kForm = R"({"type": "object", "required": ["file"], "properties":
  {"file": {"type": "string", "contentMediaType": "application/octet-stream", "description": "the file"}}})";

// ---- contents
inline std::vector<ContentDeclaration> json(std::string_view schema) { return {{"application/json", schema}}; }
inline BodyDeclaration form() {
  return {.description = "A form with one part `file`; its `filename` may hold folders.",
          .contents = {{"multipart/form-data", kForm}}};
}

// ---- parameters
inline constexpr ParameterDeclaration kNameQuery{
    "name", "query", "The name, in place of the one in the path or the form: for names like parts of the API.", kText};
inline constexpr ParameterDeclaration kLimit{"limit", "query", "How many at most.",
                                             R"({"type": "integer", "minimum": 1, "maximum": 1000, "default": 100})"};
inline constexpr ParameterDeclaration kCursor{"cursor", "query", "Where to go on: from the `Link` of the page before.",
                                              kText};
inline constexpr ParameterDeclaration kIfMatch{"If-Match", "header",
                                               "Entity tags: the file must still be one of these.", kText};
inline constexpr ParameterDeclaration kIfNoneMatch{
    "If-None-Match", "header", "Entity tags that the client has: 304 when it is one of these.", kText};
inline constexpr ParameterDeclaration kRange{"Range", "header", "One range of bytes, as in `bytes=0-99`.", kText};
inline constexpr ParameterDeclaration kIfRange{"If-Range", "header",
                                               "Entity tag or date: the range counts only when it still fits.", kText};
inline constexpr ParameterDeclaration kIdempotencyKey{
    "Idempotency-Key", "header", "The same key and request give the first task again, for 24 h.",
    R"({"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"})"};

// ---- headers of answers
inline constexpr ParameterDeclaration kETag{"ETag", "", "SHA-256 of the bytes, in quotes.", kText};
inline constexpr ParameterDeclaration kLastModified{"Last-Modified", "", "When the bytes were written.", kText};
inline constexpr ParameterDeclaration kContentRange{"Content-Range", "", "Which bytes these are.", kText};
inline constexpr ParameterDeclaration kLocation{"Location", "", "Where the new resource is.", kText};
inline constexpr ParameterDeclaration kLink{"Link", "", "The next page, `rel=\"next\"`, when more follow.", kText};

// The answers of a download.
inline std::vector<AnswerDeclaration> download(std::string_view description) {
  return {
      {.status = 200, .description = description, .contents = {{"*/*", kBinary}}, .headers = {kETag, kLastModified}},
      {.status = 206,
       .description = "the bytes of the range",
       .contents = {{"*/*", kBinary}},
       .headers = {kETag, kLastModified, kContentRange}},
      {.status = 304, .description = "the client has these bytes already", .headers = {kETag, kLastModified}}};
}

}  // namespace mimus::server::declare
