#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/file_statistics.h"
#include "cli/terminal.h"
#include "statistics/drift.h"

namespace mimus::cli {
namespace {

namespace fs = std::filesystem;
using statistics::Drift;
using statistics::Fate;

constexpr std::size_t kMostFiles = 100'000;

struct Side {
  fs::path path;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct ArtifactDrift {
  std::string name;
  Fate fate = Fate::Same;
  std::optional<Side> before, after;
  std::optional<Drift> statistics;  // of changed files that can be read
};

Result<Side> side_of(const fs::path& path) {
  MIMUS_ASSIGN(const MappedFile file, MappedFile::open(path));
  return Side{path, file.bytes().size(), sha256_hex(file.bytes())};
}

// The files of a folder by their names in it; of a file itself, by the name given.
Result<std::map<std::string, fs::path>> files_of(const fs::path& path) {
  std::map<std::string, fs::path> out;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    out.emplace(fs::relative(entry->path(), path, error).string(), entry->path());
    if (out.size() > kMostFiles) {
      return fail("file.too_large", "'" + path.string() + "' has more than " + with_thousands(kMostFiles) + " files");
    }
  }
  if (error) return fail("file.unreadable", "cannot read '" + path.string() + "': " + error.message());
  return out;
}

Result<ArtifactDrift> compare_files(const std::string& name, const fs::path& before, const fs::path& after) {
  ArtifactDrift out{.name = name};
  MIMUS_ASSIGN(out.before, side_of(before));
  MIMUS_ASSIGN(out.after, side_of(after));
  if (out.before->sha256 == out.after->sha256) return out;
  out.fate = Fate::Changed;
  if (!is_readable(before) || !is_readable(after)) return out;
  MIMUS_ASSIGN(auto one, file_statistics(before, {}));
  MIMUS_ASSIGN(auto other, file_statistics(after, {}));
  // Two files of records are one product, whatever they are called.
  const bool are_documents = one.is_document && other.is_document;
  if (!are_documents && one.products.size() == 1 && other.products.size() == 1) {
    other.products[0].name = one.products[0].name;
  }
  out.statistics = statistics::find_drift(one.products, other.products);
  if (are_documents && out.statistics->is_same) out.fate = Fate::Same;
  return out;
}

Result<std::vector<ArtifactDrift>> compare_folders(const fs::path& before, const fs::path& after) {
  MIMUS_ASSIGN(auto one, files_of(before));
  MIMUS_ASSIGN(auto other, files_of(after));
  std::vector<ArtifactDrift> out;
  for (const auto& [name, path] : one) {
    const auto twin = other.find(name);
    if (twin != other.end()) {
      MIMUS_ASSIGN(auto drift, compare_files(name, path, twin->second));
      out.push_back(std::move(drift));
      continue;
    }
    MIMUS_ASSIGN(auto side, side_of(path));
    out.push_back({.name = name, .fate = Fate::Removed, .before = std::move(side)});
  }
  for (const auto& [name, path] : other) {
    if (one.contains(name)) continue;
    MIMUS_ASSIGN(auto side, side_of(path));
    out.push_back({.name = name, .fate = Fate::Added, .after = std::move(side)});
  }
  return out;
}

// Two folders, or two files.
Result<std::vector<ArtifactDrift>> compare(const fs::path& before, const fs::path& after) {
  std::error_code error;
  for (const fs::path& path : {before, after}) {
    if (!fs::exists(path, error)) return fail("file.not_found", "there is no '" + path.string() + "'");
  }
  const bool is_folder = fs::is_directory(before, error);
  if (is_folder != fs::is_directory(after, error)) {
    return fail("diff.kinds", "of '" + before.string() + "' and '" + after.string() + "' one is a folder",
                "two folders can be compared, or two files");
  }
  if (is_folder) return compare_folders(before, after);
  MIMUS_ASSIGN(auto drift, compare_files(after.filename().string(), before, after));
  std::vector<ArtifactDrift> out;
  out.push_back(std::move(drift));
  return out;
}

void append_side(std::string& json, const char* name, const std::optional<Side>& side) {
  json += std::string(", \"") + name + "\": ";
  if (!side) {
    json += "null";
    return;
  }
  json += "{";
  append_member(json, "sha256", side->sha256);
  json += ", \"bytes\": " + std::to_string(side->bytes) + "}";
}

std::string json_of(const std::vector<ArtifactDrift>& artifacts, bool is_same) {
  std::string json = R"({"format": "mimus.diff", "version": 1, "same": )" + std::string(is_same ? "true" : "false");
  json += ", \"artifacts\": [";
  for (const ArtifactDrift& artifact : artifacts) {
    if (json.back() != '[') json += ",\n ";
    json += "{";
    append_member(json, "name", artifact.name);
    append_member(json, "fate", statistics::fate_name(artifact.fate));
    append_side(json, "before", artifact.before);
    append_side(json, "after", artifact.after);
    json += ", \"statistics\": " + (artifact.statistics ? statistics::drift_json(*artifact.statistics) : "null") + "}";
  }
  return json + "]}\n";
}

std::string text_of_value(const Value& value) { return value.is_null() ? "-" : escape_controls(text_of(value)); }

void append_drift(std::string& text, const Drift& drift, const std::string& indent) {
  for (const statistics::ProductDrift& product : drift.products) {
    text += indent + escape_controls(product.name) + ": " + std::string(statistics::fate_name(product.fate));
    if (product.records_before && product.records_after) {
      text += ", " + with_thousands(*product.records_before);
      if (product.records_before != product.records_after) text += " -> " + with_thousands(*product.records_after);
      text += " records, " + std::to_string(product.changed.size()) + " of " + std::to_string(product.columns) +
              " columns differ";
    }
    text += "\n";
    for (const statistics::ColumnDrift& column : product.changed) {
      text += indent + "  " + escape_controls(column.path) + ": " + std::string(statistics::fate_name(column.fate));
      if (column.stability_index) {
        char index[48];
        std::snprintf(index, sizeof index, ", stability index %.4f", *column.stability_index);
        text += index;
      }
      text += "\n";
      for (const statistics::Change& change : column.changes) {
        text += indent + "    " + change.what + ": " + text_of_value(change.before) + " -> " +
                text_of_value(change.after) + "\n";
      }
    }
  }
}

std::string text_of_drift(const std::vector<ArtifactDrift>& artifacts) {
  std::string text;
  for (const ArtifactDrift& artifact : artifacts) {
    text += escape_controls(artifact.name) + ": " + std::string(statistics::fate_name(artifact.fate));
    if (artifact.before) text += ", " + with_thousands(artifact.before->bytes) + " bytes";
    if (artifact.before && artifact.after && artifact.before->bytes != artifact.after->bytes) text += " ->";
    if (artifact.after && (!artifact.before || artifact.before->bytes != artifact.after->bytes)) {
      text += (artifact.before ? " " : ", ") + with_thousands(artifact.after->bytes) + " bytes";
    }
    text += "\n";
    if (artifact.statistics) append_drift(text, *artifact.statistics, "  ");
  }
  return text;
}

}  // namespace

int diff(const DiffArguments& arguments) {
  const auto artifacts = compare(arguments.before, arguments.after);
  if (!artifacts) {
    report(artifacts.error());
    return kUsage;
  }
  const bool is_same =
      std::ranges::all_of(*artifacts, [](const ArtifactDrift& artifact) { return artifact.fate == Fate::Same; });
  const std::string text = arguments.json ? json_of(*artifacts, is_same) : text_of_drift(*artifacts);
  std::fputs(text.c_str(), stdout);
  return is_same ? kOk : kFailed;
}

}  // namespace mimus::cli
