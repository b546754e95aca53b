#include <algorithm>
#include <cstdio>
#include <string>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/terminal.h"
#include "people/audit.h"

namespace mimus::cli {
namespace {

std::string entry_line(const people::AuditEntry& entry) {
  std::string line = std::to_string(entry.seq) + "  " + rfc3339(entry.at) + "  " + entry.action;
  if (!entry.target.empty()) line += " '" + escape_controls(entry.target) + "'";
  line += "  by " + entry.actor_kind;
  if (!entry.actor_name.empty()) line += " '" + escape_controls(entry.actor_name) + "'";
  if (!entry.address.empty()) line += " from " + escape_controls(entry.address);
  if (!entry.project_id.empty()) line += "  project " + entry.project_id;
  return line;
}

Result<std::optional<Timestamp>> parse_time(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto time = parse_rfc3339(text);
  if (time) return time;
  return fail("time.syntax", "'" + escape_controls(text) + "' is neither a date nor a time",
              "2026-01-01, or 2026-01-01T12:00:00Z");
}

Status print_entries(const AuditArguments& arguments) {
  constexpr std::uint64_t kPage = 1000;
  people::AuditFilter filter{.project_id = arguments.project,
                             .actor = arguments.actor,
                             .action_prefix = arguments.action,
                             .from = {},
                             .until = {}};
  MIMUS_ASSIGN(filter.from, parse_time(arguments.from));
  MIMUS_ASSIGN(filter.until, parse_time(arguments.until));
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  const people::Audit audit(store);
  std::uint64_t left = arguments.limit == 0 ? UINT64_MAX : arguments.limit;
  std::string cursor;
  do {
    MIMUS_ASSIGN(const auto page, audit.list(filter, std::min(left, kPage), cursor));
    for (const people::AuditEntry& entry : page.entries) {
      std::printf("%s\n", (arguments.json ? people::entry_json(entry) : entry_line(entry)).c_str());
    }
    left -= page.entries.size();
    cursor = page.next;
  } while (!cursor.empty() && left > 0);
  return {};
}

Result<people::AuditState> verify_in_store(const AuditArguments& arguments) {
  MIMUS_ASSIGN(store::Store store, open_data_folder(arguments.data));
  return people::Audit(store).verify(arguments.known);
}

}  // namespace

int list_audit(const AuditArguments& arguments) {
  const Status status = print_entries(arguments);
  return status ? kOk : report(status.error());
}

int verify_audit(const AuditArguments& arguments) {
  const auto state = verify_in_store(arguments);
  if (!state) return report(state.error());
  const std::string count = std::to_string(state->entries);
  if (arguments.json) {
    std::printf("{\"entries\": %s, \"head\": \"%s\"}\n", count.c_str(), state->head.c_str());
  } else {
    std::printf("%s entries, newest %s\n", count.c_str(), state->head.c_str());
  }
  return kOk;
}

}  // namespace mimus::cli
