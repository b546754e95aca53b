// The objects of projects, versions, tokens, demos and comparisons as JSON Schema, for the session API.

#include "server/openapi.h"

namespace mimus::server {

std::string_view project_schemas_json() {
  return R"json({
"ProjectSettings": {
  "type": "object", "additionalProperties": false, "required": ["csv_delimiter", "csv_encoding", "retention_days"],
  "properties": {
    "csv_delimiter": {"type": "string", "description": "of CSV files, where a descriptor names none; empty: '|'"},
    "csv_encoding": {"type": "string", "description": "likewise; empty: UTF-8"},
    "retention_days": {"type": "integer", "minimum": 0, "description": "finished tasks older than this go; 0: they stay"}}},
"ProjectDetails": {
  "type": "object", "additionalProperties": false,
  "required": ["id", "name", "demo", "created_at", "files", "bytes", "version_bytes", "is_template", "delete_at", "role",
               "settings"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": "string"},
    "demo": {"type": ["string", "null"], "description": "the demo it was cloned from"},
    "created_at": {"type": "string", "format": "date-time"},
    "files": {"type": "integer", "minimum": 0},
    "bytes": {"type": "integer", "minimum": 0, "description": "of all files together"},
    "version_bytes": {"type": "integer", "minimum": 0, "description": "of all versions of files together"},
    "is_template": {"type": "boolean"},
    "delete_at": {"type": ["string", "null"], "format": "date-time", "description": "deleted: it can be restored until then"},
    "role": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/ProjectRole"}],
             "description": "the caller's; null for admins who are no members"},
    "settings": {"$ref": "#/components/schemas/ProjectSettings"}}},
"NewProject": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "name": {"type": "string", "description": "the demo's title when absent"},
    "demo": {"type": "string", "description": "the demo it is made from"},
    "template_id": {"type": "string", "format": "uuid", "description": "the template it is made from"}},
  "examples": [{"demo": "basic-json"}]},
"ProjectChange": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "name": {"type": "string"},
    "is_template": {"type": "boolean", "description": "everybody who has signed in may make projects from it"},
    "settings": {
      "type": "object", "additionalProperties": false,
      "properties": {
        "csv_delimiter": {"type": "string"},
        "csv_encoding": {"type": "string"},
        "retention_days": {"type": "integer", "minimum": 0}}}},
  "examples": [{"name": "Another name"}]},
"Template": {
  "type": "object", "additionalProperties": false, "required": ["id", "name", "files", "created_at"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": "string"},
    "files": {"type": "integer", "minimum": 0},
    "created_at": {"type": "string", "format": "date-time"}}},
"FileVersion": {
  "type": "object", "additionalProperties": false,
  "required": ["id", "name", "sha256", "size", "is_removal", "created_at", "created_by"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": "string", "description": "of the file"},
    "sha256": {"type": ["string", "null"]},
    "size": {"type": "integer", "minimum": 0},
    "is_removal": {"type": "boolean", "description": "the file was removed"},
    "created_at": {"type": "string", "format": "date-time"},
    "created_by": {"type": "string", "description": "name of the token or user"}}},
"NewName": {
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {"name": {"type": "string"}},
  "examples": [{"name": "script/other.json"}]},
"Token": {
  "type": "object", "additionalProperties": false,
  "required": ["id", "name", "scope", "created_at", "created_by", "expires_at", "last_used_at"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": "string"},
    "scope": {"type": "string", "enum": ["read", "generate", "write", "admin"]},
    "created_at": {"type": "string", "format": "date-time"},
    "created_by": {"type": ["string", "null"], "description": "id of the user; null: the command line"},
    "expires_at": {"type": "string", "format": "date-time"},
    "last_used_at": {"type": ["string", "null"], "format": "date-time"}}},
"NewToken": {
  "type": "object", "additionalProperties": false, "required": ["name", "expires_at", "scope"],
  "properties": {
    "name": {"type": "string"},
    "expires_at": {"type": "string", "description": "a date (the end of that day in UTC) or a time"},
    "scope": {"type": "string", "enum": ["read", "generate", "write", "admin"]}},
  "examples": [{"name": "CI", "expires_at": "2035-01-01", "scope": "generate"}]},
"MadeToken": {
  "type": "object", "additionalProperties": false, "required": ["token", "details"],
  "properties": {
    "token": {"type": "string", "description": "the secret; shown this once"},
    "details": {"$ref": "#/components/schemas/Token"}}},
"Sample": {
  "type": "object", "additionalProperties": false, "required": ["file", "text"],
  "properties": {"file": {"type": "string"}, "text": {"type": "string"}}},
"Demo": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "title", "description", "tags", "needs", "sample"],
  "properties": {
    "name": {"type": "string"},
    "title": {"type": "string"},
    "description": {"type": "string"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "needs": {"type": "array", "items": {"type": "string"}, "description": "servers that it works with"},
    "sample": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Sample"}]}}},
"DemoDetails": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "title", "description", "tags", "needs", "sample", "files"],
  "properties": {
    "name": {"type": "string"},
    "title": {"type": "string"},
    "description": {"type": "string"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "needs": {"type": "array", "items": {"type": "string"}},
    "sample": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Sample"}]},
    "files": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["name", "size"],
      "properties": {"name": {"type": "string"}, "size": {"type": "integer", "minimum": 0}}}}}},
"Statistics": {
  "type": "object", "required": ["format", "version", "products"],
  "description": "statistics of columns: docs/reference/statistics.md",
  "properties": {
    "format": {"type": "string"},
    "version": {"type": "integer"},
    "products": {"type": "array", "items": {"type": "object"}}}},
"ComparedArtifact": {
  "type": "object", "additionalProperties": false, "required": ["size", "records", "sha256"],
  "properties": {
    "size": {"type": "integer", "minimum": 0},
    "records": {"type": ["integer", "null"], "minimum": 0},
    "sha256": {"type": "string"}}},
"Difference": {
  "type": "object", "additionalProperties": false, "required": ["is_same", "artifacts", "statistics"],
  "properties": {
    "is_same": {"type": "boolean", "description": "the artifacts have the same names and bytes"},
    "artifacts": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["name", "is_same", "before", "after"],
      "properties": {
        "name": {"type": "string"},
        "is_same": {"type": "boolean"},
        "before": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/ComparedArtifact"}]},
        "after": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/ComparedArtifact"}]}}}},
    "statistics": {"type": ["object", "null"], "description": "what differs of the columns; null when a task has none"}}}
})json";
}

}  // namespace mimus::server
