#include "project/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "project/names.h"

namespace mimus::project {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPiece = 64U << 10U;
constexpr std::uint64_t kManifestBytes = 64U << 10U;
constexpr std::uint64_t kFreeBytes = 1U << 20U;  // small archives may have any ratio

struct CloseArchive {
  void operator()(archive* open) const { archive_read_free(open); }
};

std::unexpected<Diagnostic> invalid(std::string message) {
  return fail("archive.invalid", std::move(message), "an archive is a .tar.gz as the export of a project makes it");
}

std::unexpected<Diagnostic> over(const std::string& what) {
  return fail("archive.limit", "the archive has more than " + what);
}

class ArchiveReader {
 public:
  ArchiveReader(const Files& files, const store::Bytes& packed, const ArchiveLimits& limits)
      : files_(files), packed_(packed), limits_(limits), archive_(archive_read_new()), buffer_(kPiece, '\0') {}

  Result<ArchiveContent> read() {
    archive_read_support_format_tar(archive_.get());
    archive_read_support_filter_gzip(archive_.get());
    if (archive_read_open(archive_.get(), this, nullptr, &ArchiveReader::pull, nullptr) != ARCHIVE_OK) return broken();
    while (true) {
      archive_entry* entry = nullptr;
      const int state = archive_read_next_header(archive_.get(), &entry);
      if (state == ARCHIVE_EOF) break;
      if (state != ARCHIVE_OK) return broken();
      MIMUS_TRY(take(entry));
    }
    if (content_.files.empty() && !has_manifest_) return invalid("the archive is empty");
    return std::move(content_);
  }

 private:
  [[nodiscard]] std::unexpected<Diagnostic> broken() const {
    if (failure_) return fail(*failure_);
    const char* reason = archive_error_string(archive_.get());
    return invalid("the archive cannot be read" +
                   (reason != nullptr ? ": " + escape_controls(std::string_view(reason).substr(0, 200)) : ""));
  }

  Status take(archive_entry* entry) {
    if (++entries_ > limits_.entries) return over(with_thousands(limits_.entries) + " entries");
    const char* raw = archive_entry_pathname_utf8(entry);
    if (raw == nullptr) return invalid("the name of an entry is not UTF-8");
    const std::string path(raw);
    const std::string shown = "'" + escape_controls(path.substr(0, 200)) + "'";
    const auto kind = archive_entry_filetype(entry);
    if (archive_entry_hardlink(entry) != nullptr || (kind != AE_IFREG && kind != AE_IFDIR)) {
      return invalid("the entry " + shown + " is neither a file nor a folder");
    }
    if (kind == AE_IFDIR) return check_folder(path, shown);
    if (path == kArchiveManifest) return take_manifest();
    if (!path.starts_with(kArchiveFolder)) {
      return invalid("the entry " + shown + " is neither " + std::string(kArchiveManifest) + " nor below " +
                     std::string(kArchiveFolder));
    }
    auto name = check_file_name(std::string_view(path).substr(kArchiveFolder.size()));
    if (!name) return invalid("the entry " + shown + " has a bad name: " + name.error().message);
    if (!keys_.insert(file_key(*name)).second) return invalid("the entry " + shown + " comes twice");
    MIMUS_ASSIGN(const auto writer, files_.open_upload());
    MIMUS_TRY(copy([&](std::string_view piece) { return writer->append(piece); }));
    MIMUS_ASSIGN(store::Blob blob, writer->commit());
    content_.files.push_back({*std::move(name), std::move(blob)});
    return {};
  }

  // Folders are made by the names of the files; what they are called must still be harmless.
  static Status check_folder(std::string path, const std::string& shown) {
    while (path.ends_with('/')) path.pop_back();
    if (path.empty() || !check_file_name(path)) return invalid("the folder " + shown + " has a bad name");
    return {};
  }

  Status take_manifest() {
    if (has_manifest_) return invalid("the manifest comes twice");
    has_manifest_ = true;
    std::string text;
    MIMUS_TRY(copy([&](std::string_view piece) -> Status {
      if (text.size() + piece.size() > kManifestBytes) return invalid("the manifest is over 64 KiB");
      text += piece;
      return {};
    }));
    const auto json = ordered_json::parse(text, nullptr, false);
    const auto format = json.is_object() ? json.find("format") : json.end();
    if (!json.is_object() || format == json.end() || *format != 1) {
      return invalid("the manifest is none that this Mimus knows");
    }
    const auto settings = json.value("settings", ordered_json::object());
    if (!settings.is_object()) return invalid("the settings of the manifest are no object");
    try {
      content_.name = json.value("name", std::string());
      content_.settings = {.csv_delimiter = settings.value("csv_delimiter", std::string()),
                           .csv_encoding = settings.value("csv_encoding", std::string()),
                           .retention_days = settings.value("retention_days", std::uint32_t{0})};
    } catch (const ordered_json::exception&) {
      return invalid("a member of the manifest has the wrong type");
    }
    return {};
  }

  // Hands the bytes of the entry over, piece by piece.
  template <class Take>
  Status copy(Take take) {
    while (true) {
      const la_ssize_t got = archive_read_data(archive_.get(), buffer_.data(), buffer_.size());
      if (got < 0) return broken();
      if (got == 0) return {};
      unpacked_ += static_cast<std::uint64_t>(got);
      if (unpacked_ > limits_.bytes) return over(with_thousands(limits_.bytes) + " bytes, unpacked");
      if (unpacked_ > kFreeBytes && unpacked_ / limits_.ratio > pulled_) {
        return over(std::to_string(limits_.ratio) + " times its bytes, unpacked");
      }
      MIMUS_TRY(take(std::string_view(buffer_).substr(0, static_cast<std::size_t>(got))));
    }
  }

  static la_ssize_t pull(archive*, void* self, const void** bytes) {
    auto* reader = static_cast<ArchiveReader*>(self);
    const auto got = reader->packed_.read_at(reader->pulled_, reader->input_);
    if (!got) {
      reader->failure_ = got.error();
      return -1;
    }
    reader->pulled_ += *got;
    *bytes = reader->input_.data();
    return static_cast<la_ssize_t>(*got);
  }

  const Files& files_;
  const store::Bytes& packed_;
  const ArchiveLimits& limits_;
  std::unique_ptr<archive, CloseArchive> archive_;
  std::string buffer_;
  std::string input_ = std::string(kPiece, '\0');
  std::uint64_t pulled_ = 0;
  std::uint64_t unpacked_ = 0;
  std::uint64_t entries_ = 0;
  std::optional<Diagnostic> failure_;  // of reading `packed_`
  bool has_manifest_ = false;
  std::set<std::string> keys_;
  ArchiveContent content_;
};

}  // namespace

std::string write_archive_manifest(const store::Project& project) {
  const ordered_json json = {{"format", 1},
                             {"name", project.name},
                             {"settings",
                              {{"csv_delimiter", project.settings.csv_delimiter},
                               {"csv_encoding", project.settings.csv_encoding},
                               {"retention_days", project.settings.retention_days}}}};
  return json.dump(2) + "\n";
}

Result<ArchiveContent> read_archive(const Files& files, const store::Bytes& packed, const ArchiveLimits& limits) {
  return ArchiveReader(files, packed, limits).read();
}

}  // namespace mimus::project
