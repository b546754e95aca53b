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
    "expires_at": {"type": "string", "format": "date-time", "description": "unless it is used again"}}},
"UserState": {"type": "string", "enum": ["active", "disabled"]},
"User": {
  "type": "object", "additionalProperties": false,
  "required": ["id", "email", "name", "role", "state", "must_change_password", "created_at", "last_sign_in_at"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "email": {"type": "string"},
    "name": {"type": "string"},
    "role": {"$ref": "#/components/schemas/SystemRole"},
    "state": {"$ref": "#/components/schemas/UserState"},
    "must_change_password": {"type": "boolean"},
    "created_at": {"type": "string", "format": "date-time"},
    "last_sign_in_at": {"type": ["string", "null"], "format": "date-time"}}},
"UserWithPassword": {
  "type": "object", "additionalProperties": false,
  "required": ["id", "email", "name", "role", "state", "must_change_password", "created_at", "last_sign_in_at",
               "one_time_password"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "email": {"type": "string"},
    "name": {"type": "string"},
    "role": {"$ref": "#/components/schemas/SystemRole"},
    "state": {"$ref": "#/components/schemas/UserState"},
    "must_change_password": {"type": "boolean"},
    "created_at": {"type": "string", "format": "date-time"},
    "last_sign_in_at": {"type": ["string", "null"], "format": "date-time"},
    "one_time_password": {"type": ["string", "null"], "description": "shown this once; null when one was given"}}},
"UserDraft": {
  "type": "object", "additionalProperties": false, "required": ["email"],
  "properties": {
    "email": {"type": "string"},
    "name": {"type": "string", "description": "the e-mail's part before '@' when absent"},
    "role": {"$ref": "#/components/schemas/SystemRole"},
    "password": {"type": "string", "description": "12 to 1,024 bytes; a one-time password is made when absent"}},
  "examples": [{"email": "ada@example.com", "name": "Ada", "role": "user"}]},
"UserPatch": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "name": {"type": "string"},
    "role": {"$ref": "#/components/schemas/SystemRole"},
    "state": {"$ref": "#/components/schemas/UserState"}}},
"SignUp": {
  "type": "object", "additionalProperties": false, "required": ["email", "password"],
  "properties": {
    "email": {"type": "string"},
    "name": {"type": "string"},
    "password": {"type": "string", "description": "12 to 1,024 bytes"}}},
"Member": {
  "type": "object", "additionalProperties": false, "required": ["user_id", "email", "name", "role", "state"],
  "properties": {
    "user_id": {"type": "string", "format": "uuid"},
    "email": {"type": "string"},
    "name": {"type": "string"},
    "role": {"$ref": "#/components/schemas/ProjectRole"},
    "state": {"$ref": "#/components/schemas/UserState"}}},
"MemberDraft": {
  "type": "object", "additionalProperties": false, "required": ["role"],
  "properties": {
    "user_id": {"type": "string", "description": "this, or the e-mail"},
    "email": {"type": "string"},
    "role": {"$ref": "#/components/schemas/ProjectRole"}},
  "examples": [{"email": "ada@example.com", "role": "editor"}]},
"MemberPatch": {
  "type": "object", "additionalProperties": false, "required": ["role"],
  "properties": {"role": {"$ref": "#/components/schemas/ProjectRole"}}},
"Settings": {
  "type": "object", "additionalProperties": false, "required": ["instance_name", "sign_up_enabled", "sign_up_role"],
  "properties": {
    "instance_name": {"type": "string"},
    "sign_up_enabled": {"type": "boolean", "description": "whoever reaches the server may make themselves a user"},
    "sign_up_role": {"$ref": "#/components/schemas/SystemRole"}}},
"SettingsPatch": {
  "type": "object", "additionalProperties": false,
  "properties": {
    "instance_name": {"type": "string", "description": "1 to 100 bytes"},
    "sign_up_enabled": {"type": "boolean"},
    "sign_up_role": {"$ref": "#/components/schemas/SystemRole"}}},
"PublicSettings": {
  "type": "object", "additionalProperties": false, "required": ["instance_name", "sign_up_enabled"],
  "properties": {"instance_name": {"type": "string"}, "sign_up_enabled": {"type": "boolean"}}},
"BannerLevel": {"type": "string", "enum": ["info", "warning", "critical"]},
"Banner": {
  "type": "object", "additionalProperties": false, "required": ["text", "level", "updated_at"],
  "properties": {
    "text": {"type": "string", "description": "plain text"},
    "level": {"$ref": "#/components/schemas/BannerLevel"},
    "updated_at": {"type": "string", "format": "date-time"}}},
"BannerState": {
  "type": "object", "additionalProperties": false, "required": ["banner"],
  "properties": {"banner": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Banner"}]}}},
"BannerDraft": {
  "type": "object", "additionalProperties": false, "required": ["text"],
  "properties": {
    "text": {"type": "string", "description": "1 to 1,000 bytes"},
    "level": {"$ref": "#/components/schemas/BannerLevel"}}},
"LanguageParameter": {
  "type": "object", "additionalProperties": false, "required": ["name", "default", "summary"],
  "properties": {
    "name": {"type": "string"},
    "type": {"type": "string", "description": "not of targets"},
    "default": {"type": "string", "description": "as text; empty: none"},
    "range": {"type": "string", "description": "what is allowed, for people; may be empty"},
    "summary": {"type": "string"},
    "required": {"type": "boolean"}}},
"LanguageComponent": {
  "type": "object", "additionalProperties": false, "required": ["name", "summary", "parameters"],
  "properties": {
    "name": {"type": "string"},
    "summary": {"type": "string"},
    "result": {"type": "string", "description": "what it gives: of generators and converters"},
    "parameters": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageParameter"}},
    "examples": {"type": "array", "items": {"type": "string"}},
    "attributes": {
      "type": "array", "description": "of entities",
      "items": {
        "type": "object", "additionalProperties": false, "required": ["name", "type", "summary"],
        "properties": {"name": {"type": "string"}, "type": {"type": "string"}, "summary": {"type": "string"}}}}}},
"LanguageAttribute": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "kind", "summary", "default", "allowed", "required", "available"],
  "properties": {
    "name": {"type": "string"},
    "kind": {"type": "string", "description": "one of `kinds`"},
    "summary": {"type": "string"},
    "default": {"type": "string", "description": "empty: none"},
    "allowed": {"type": "array", "items": {"type": "string"}, "description": "of the kind `choice`"},
    "required": {"type": "boolean"},
    "available": {"type": "boolean", "description": "false: this version does not carry it out"}}},
"LanguageElement": {
  "type": "object", "additionalProperties": false,
  "required": ["name", "summary", "children", "available", "open", "has_text", "attributes"],
  "properties": {
    "name": {"type": "string"},
    "summary": {"type": "string"},
    "children": {"type": "array", "items": {"type": "string"}},
    "available": {"type": "boolean"},
    "open": {"type": "boolean", "description": "it takes any other attribute"},
    "has_text": {"type": "boolean", "description": "its text means something"},
    "attributes": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageAttribute"}}}},
"Language": {
  "type": "object", "additionalProperties": false,
  "required": ["schema", "generators", "converters", "entities", "targets"],
  "properties": {
    "schema": {
      "type": "object", "additionalProperties": false, "required": ["elements", "kinds", "reserved_names"],
      "properties": {
        "elements": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageElement"}},
        "kinds": {
          "type": "array", "description": "of attributes' values",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "summary"],
            "properties": {"name": {"type": "string"}, "summary": {"type": "string"}}}},
        "reserved_names": {"type": "array", "items": {"type": "string"}}}},
    "generators": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageComponent"}},
    "converters": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageComponent"}},
    "entities": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageComponent"}},
    "targets": {"type": "array", "items": {"$ref": "#/components/schemas/LanguageComponent"}}}},
"AuditEntry": {
  "type": "object", "additionalProperties": false,
  "required": ["seq", "at", "actor_kind", "actor_id", "actor_name", "address", "action", "project_id", "target", "before",
               "after", "previous", "hash"],
  "properties": {
    "seq": {"type": "integer", "minimum": 1},
    "at": {"type": "string", "format": "date-time"},
    "actor_kind": {"type": "string", "enum": ["user", "token", "cli", "system"]},
    "actor_id": {"type": "string"},
    "actor_name": {"type": "string"},
    "address": {"type": "string", "description": "of the client; empty on the machine itself"},
    "action": {"type": "string", "examples": ["file.update"]},
    "project_id": {"type": "string"},
    "target": {"type": "string", "description": "what was changed"},
    "before": {"type": "string", "description": "SHA-256 of what was there, or empty"},
    "after": {"type": "string", "description": "SHA-256 of what is there now, or empty"},
    "previous": {"type": "string", "description": "hash of the entry before"},
    "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}}
})json";
}

}  // namespace mimus::server
