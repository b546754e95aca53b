#include "run/database_artifacts.h"

#include <system_error>

#include "base/text.h"

namespace mimus {

Status publish_databases(DatabaseScope& databases, RunContext& context, std::vector<Artifact>& artifacts) {
  std::vector<fs::path> changed;
  for (const auto& [file, database] : databases.by_file) {
    if (!databases.copies.empty() && database->version() > 0) changed.emplace_back(file);
  }
  // Nobody has them open any more: they are whole.
  databases.by_id.clear();
  databases.by_file.clear();
  for (const fs::path& file : changed) {
    if (artifacts.size() >= context.options.limits.files) {
      return fail("task.limit", "the run writes more than " + with_thousands(context.options.limits.files) + " files");
    }
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error) return fail("output.write", "cannot read the database file again: " + error.message());
    MIMUS_TRY(context.count_bytes(size));
    MIMUS_ASSIGN(std::string name, context.output.publish(file, "db/" + file.stem().string(), "sqlite"));
    artifacts.push_back({.name = std::move(name), .size = size, .records = {}});
  }
  return context.output.sync();
}

}  // namespace mimus
