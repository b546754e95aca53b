#include <algorithm>
#include <cstdio>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/terminal.h"
#include "project/tokens.h"

namespace mimus::cli {
namespace {

std::string token_json(const store::Token& token) {
  std::string json = "{";
  append_member(json, "id", token.id);
  append_member(json, "project_id", token.project_id);
  append_member(json, "name", token.name);
  append_member(json, "scope", store::scope_name(token.scope));
  append_member(json, "created_at", rfc3339(token.created_at));
  append_member(json, "expires_at", rfc3339(token.expires_at));
  if (token.last_used_at) {
    append_member(json, "last_used_at", rfc3339(*token.last_used_at));
  } else {
    json += ", \"last_used_at\": null";
  }
  return json + "}";
}

std::string token_line(const store::Token& token) {
  std::string line = token.id + "  " + std::string(store::scope_name(token.scope));
  line.resize(std::max(line.size(), token.id.size() + 10), ' ');
  line += "  until " + rfc3339(token.expires_at) + "  ";
  line += token.last_used_at ? "used " + rfc3339(*token.last_used_at) : "never used";
  return line + "  " + escape_controls(token.name);
}

Result<project::NewToken> create_in_store(const TokenCreateArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  return project::Tokens(store).create(arguments.project, arguments.name, arguments.expires, arguments.scope);
}

Status print_tokens(const TokenListArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  MIMUS_ASSIGN(const auto tokens, project::Tokens(store).list(arguments.project));
  std::string json;
  for (const store::Token& token : tokens) {
    if (arguments.json) {
      json += (json.empty() ? "" : ", ") + token_json(token);
    } else {
      std::printf("%s\n", token_line(token).c_str());
    }
  }
  if (arguments.json) std::printf("[%s]\n", json.c_str());
  return {};
}

Status delete_from_store(const TokenDeleteArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  return project::Tokens(store).remove(arguments.token);
}

}  // namespace

int create_token(const TokenCreateArguments& arguments) {
  const auto created = create_in_store(arguments);
  if (!created) return report(created.error());
  const std::string end = rfc3339(created->token.expires_at);
  if (arguments.json) {
    std::string json = "{";
    append_member(json, "id", created->token.id);
    append_member(json, "token", created->text);
    append_member(json, "expires_at", end);
    std::printf("%s}\n", json.c_str());
  } else {
    std::printf("%s\n", created->text.c_str());
    std::fprintf(stderr, "token %s, until %s; it is shown this once\n", created->token.id.c_str(), end.c_str());
  }
  return kOk;
}

int list_tokens(const TokenListArguments& arguments) {
  const Status status = print_tokens(arguments);
  return status ? kOk : report(status.error());
}

int delete_token(const TokenDeleteArguments& arguments) {
  const Status status = delete_from_store(arguments);
  return status ? kOk : report(status.error());
}

}  // namespace mimus::cli
