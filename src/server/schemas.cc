// The objects of the API as JSON Schema (2020-12). Objects that we send are closed: a member that is not here is a
// mistake, which the tests find.

#include "server/openapi.h"

namespace mimus::server {

std::string_view schemas_json() {
  return R"json({
"FileMetadata": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "extension", "size", "media_type", "sha256", "created_at", "updated_at", "updated_by", "locked",
               "lock", "uri"],
  "properties": {
    "name": {"type": "string", "description": "path inside the project", "examples": ["script/abc.json"]},
    "extension": {"type": "string", "description": "with its point, or empty", "examples": [".json"]},
    "size": {"type": "integer", "minimum": 0, "description": "bytes"},
    "media_type": {"type": "string", "description": "by extension, from a fixed table"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "created_at": {"type": "string", "format": "date-time"},
    "updated_at": {"type": "string", "format": "date-time"},
    "updated_by": {"type": "string", "description": "name of the token or user"},
    "locked": {"type": "boolean", "description": "somebody edits it"},
    "lock": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Lease"}]},
    "uri": {"type": "string", "description": "for older clients: project, '/', name"}}},
"Lease": {
  "type": "object", "additionalProperties": false, "required": ["holder", "expires_at"],
  "properties": {
    "holder": {"type": "string", "description": "name of the token or user"},
    "expires_at": {"type": "string", "format": "date-time"}}},
"LockState": {
  "type": "object", "additionalProperties": false, "required": ["locked", "holder", "expires_at"],
  "properties": {
    "locked": {"type": "boolean"},
    "holder": {"type": ["string", "null"], "description": "name of the token or user"},
    "expires_at": {"type": ["string", "null"], "format": "date-time"}}},
"UnlockOptions": {
  "type": "object", "additionalProperties": false,
  "properties": {"force": {"type": "boolean", "default": false, "description": "take over; needs the scope admin"}}},
"OlderFile": {
  "type": "object", "required": ["code"],
  "properties": {
    "code": {"type": "string", "contentEncoding": "base64", "description": "the bytes of the file"},
    "encoding": {"type": "string", "examples": ["utf-8"]},
    "extension": {"type": "string", "examples": [".xml"]},
    "index": {"type": "integer"},
    "name": {"type": "string", "examples": ["datamimic"]},
    "uri": {"type": "string", "description": "project, '/', name"}}},
"Project": {
  "type": "object", "additionalProperties": false, "required": ["id", "name", "demo", "created_at", "files", "bytes"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": "string"},
    "demo": {"type": ["string", "null"], "description": "the demo it was cloned from"},
    "created_at": {"type": "string", "format": "date-time"},
    "files": {"type": "integer", "minimum": 0},
    "bytes": {"type": "integer", "minimum": 0, "description": "of all files together"}}},
"PreviewOptions": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "entry": {"type": "string", "default": "datamimic.xml", "description": "name of the descriptor"},
    "content": {"type": "string", "description": "of the descriptor, in place of what is saved"},
    "rows": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 20, "description": "of each generate"},
    "seed": {"type": "integer", "minimum": 0, "maximum": 9007199254740991, "description": "drawn when absent"},
    "now": {"type": "string", "format": "date-time", "description": "the run's clock"}}},
"Preview": {
  "type": "object", "additionalProperties": false,
  "required": ["products", "seed", "now", "duration_ms", "diagnostics", "log"],
  "properties": {
    "products": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["name", "columns", "rows", "truncated"],
      "properties": {
        "name": {"type": "string", "description": "of the generate; with those around it: 'mid|inner'"},
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object"}},
        "truncated": {"type": "boolean", "description": "there would be more"}}}},
    "seed": {"type": "integer", "minimum": 0},
    "now": {"type": "string", "format": "date-time"},
    "duration_ms": {"type": "integer", "minimum": 0},
    "diagnostics": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
    "log": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["severity", "message"],
      "properties": {"severity": {"type": "string"}, "message": {"type": "string"}}}}}},
"LintOptions": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "entry": {"type": "string", "description": "name of the descriptor; all of the project when absent"},
    "content": {"type": "string", "description": "of the descriptor, in place of what is saved"}}},
"Findings": {
  "type": "object", "additionalProperties": false, "required": ["diagnostics"],
  "properties": {"diagnostics": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}}},
"Finding": {
  "type": "object", "additionalProperties": false,
  "required": ["severity", "code", "message", "file", "line", "column", "hint"],
  "properties": {
    "severity": {"type": "string", "enum": ["error", "warning", "note"]},
    "code": {"type": "string"},
    "message": {"type": "string"},
    "file": {"type": "string"},
    "line": {"type": "integer", "minimum": 0, "description": "from 1; 0: not known"},
    "column": {"type": "integer", "minimum": 0},
    "hint": {"type": "string"}}},
"TaskOptions": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "entry": {"type": "string", "default": "datamimic.xml", "description": "the descriptor to run"},
    "seed": {"type": "integer", "minimum": 0, "maximum": 9007199254740991, "description": "drawn when absent"},
    "now": {"type": "string", "format": "date-time", "description": "the run's clock"},
    "environment": {"type": "string"},
    "parameters": {"type": "object", "maxProperties": 100,
                   "additionalProperties": {"type": ["string", "number", "boolean"]},
                   "description": "seen in the descriptor as variables of setup"},
    "count_factor": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000, "default": 1.0,
                     "description": "multiplies every literal count of outermost generates"}},
  "examples": [{"seed": 42, "now": "2026-01-01T00:00:00Z"}]},
"TaskStatus": {"type": "string", "enum": ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"]},
"Progress": {
  "type": "object", "additionalProperties": false,
  "required": ["records_done", "records_total", "bytes_written", "records_per_second", "current", "fraction"],
  "properties": {
    "records_done": {"type": "integer", "minimum": 0},
    "records_total": {"type": ["integer", "null"], "minimum": 0, "description": "null when unknown"},
    "bytes_written": {"type": "integer", "minimum": 0},
    "records_per_second": {"type": "number", "minimum": 0},
    "current": {"type": "string", "description": "name of the generate under way"},
    "fraction": {"type": "number", "minimum": 0, "maximum": 1}}},
"Task": {
  "type": "object", "additionalProperties": false,
  "required": ["task_id", "id", "project_id", "status", "entry", "seed", "now", "parameters", "count_factor",
               "created_at", "started_at", "finished_at", "progress", "error", "artifacts", "content_hash",
               "engine_version", "datapack_version", "trigger", "created_by"],
  "properties": {
    "task_id": {"type": "string", "format": "uuid"},
    "id": {"type": "string", "format": "uuid", "description": "the same"},
    "project_id": {"type": "string", "format": "uuid"},
    "status": {"$ref": "#/components/schemas/TaskStatus"},
    "entry": {"type": "string"},
    "seed": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
    "now": {"type": "string", "format": "date-time"},
    "parameters": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
    "count_factor": {"type": "number"},
    "created_at": {"type": "string", "format": "date-time"},
    "started_at": {"type": ["string", "null"], "format": "date-time"},
    "finished_at": {"type": ["string", "null"], "format": "date-time"},
    "progress": {"$ref": "#/components/schemas/Progress"},
    "error": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Problem"}]},
    "artifacts": {"type": "integer", "minimum": 0, "description": "how many"},
    "content_hash": {"type": ["string", "null"],
                     "description": "over the artifacts' names and hashes: the same files, seed, now, options, engine and data pack give the same"},
    "engine_version": {"type": "string"},
    "datapack_version": {"type": "string"},
    "trigger": {"type": "string", "enum": ["api", "ui", "schedule", "mcp"]},
    "created_by": {"type": "string", "description": "name of the token or user"}}},
"Artifact": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "size", "media_type", "sha256", "created_at", "records", "url"],
  "properties": {
    "name": {"type": "string"},
    "size": {"type": "integer", "minimum": 0, "description": "bytes"},
    "media_type": {"type": "string"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "created_at": {"type": "string", "format": "date-time"},
    "records": {"type": ["integer", "null"], "minimum": 0},
    "url": {"type": "string", "description": "path to download it"}}},
"ServiceStatus": {
  "type": "object", "additionalProperties": false, "required": ["status"],
  "properties": {"status": {"type": "string", "enum": ["ok", "ready"]}}},
"Version": {
  "type": "object", "additionalProperties": false, "required": ["engine_version", "datapack_version"],
  "properties": {"engine_version": {"type": "string"}, "datapack_version": {"type": "string"}}},
"Problem": {
  "type": "object", "additionalProperties": false,
  "required": ["type", "title", "status", "detail", "instance", "code"],
  "description": "RFC 9457",
  "properties": {
    "type": {"type": "string", "format": "uri"},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string", "description": "what is wrong"},
    "instance": {"type": "string", "description": "the path of the request, or an id that the server's log knows"},
    "code": {"type": "string", "description": "stable; for programs"},
    "hint": {"type": "string", "description": "what to do"},
    "file": {"type": "string", "description": "of a descriptor's mistake"},
    "line": {"type": "integer"},
    "column": {"type": "integer"},
    "errors": {"type": "array", "items": {
      "type": "object", "additionalProperties": false, "required": ["field", "message"],
      "properties": {"field": {"type": "string"}, "message": {"type": "string"}}}}}}
})json";
}

}  // namespace mimus::server
