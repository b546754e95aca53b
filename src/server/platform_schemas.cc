// The objects of the session API as JSON Schema, besides those that it shares with the External API (schemas.cc).

#include "server/openapi.h"

namespace mimus::server {

std::string_view platform_schemas_json() {
  return R"json({
"SystemRole": {"type": "string", "enum": ["user", "admin"]},
"ProjectRole": {"type": "string", "enum": ["viewer", "editor", "owner"]},
"Credentials": {
  "type": "object", "additionalProperties": false, "required": ["email", "password"],
  "properties": {
    "email": {"type": "string"},
    "password": {"type": "string"}},
  "examples": [{"email": "ada@example.com", "password": "correct horse of Ada"}]},
"PasswordChange": {
  "type": "object", "additionalProperties": false, "required": ["old_password", "new_password"],
  "properties": {
    "old_password": {"type": "string"},
    "new_password": {"type": "string", "description": "12 to 1,024 bytes"}}},
"Account": {
  "type": "object", "additionalProperties": false, "required": ["id", "email", "name", "role"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "email": {"type": "string"},
    "name": {"type": "string"},
    "role": {"$ref": "#/components/schemas/SystemRole"}}},
"Session": {
  "type": "object", "additionalProperties": false,
  "required": ["user", "must_change_password", "csrf_token", "expires_at"],
  "properties": {
    "user": {"$ref": "#/components/schemas/Account"},
    "must_change_password": {"type": "boolean", "description": "before anything else can be done"},
    "csrf_token": {"type": "string", "description": "for X-CSRF-Token"},
    "expires_at": {"type": "string", "format": "date-time", "description": "unless it is used again"}}}
})json";
}

}  // namespace mimus::server
