#include "server/archive_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

#include "base/text.h"

namespace mimus::server {
namespace {

constexpr std::size_t kPiece = 64U << 10U;

struct CloseArchive {
  void operator()(archive* open) const { archive_write_free(open); }
};
struct CloseEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

class ArchiveWriter final : public BodyWriter {
 public:
  ArchiveWriter(ArchiveFormat format, ArchiveSource source)
      : format_(format), source_(std::move(source)), archive_(archive_write_new()) {}
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;
  // An archive given up is closed by its library, which writes to nowhere then.
  ~ArchiveWriter() override { out_ = nullptr; }

  Result<bool> next(std::string& out) override {
    out_ = &out;
    if (!open_) MIMUS_TRY(open());
    while (out.size() < kPiece) {
      MIMUS_ASSIGN(const bool more, step());
      if (!more) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::unexpected<Diagnostic> broken(const char* doing) {
    const char* reason = archive_error_string(archive_.get());
    return fail("archive.failed",
                std::string("cannot ") + doing + " an archive: " + (reason != nullptr ? reason : "unknown"));
  }

  Status open() {
    open_ = true;
    if (!set_format() || archive_write_set_bytes_per_block(archive_.get(), 0) != ARCHIVE_OK ||
        archive_write_open(archive_.get(), this, nullptr, &ArchiveWriter::write, nullptr) != ARCHIVE_OK) {
      return broken("begin");
    }
    return {};
  }

  bool set_format() {
    // Level 1: most artifacts are text, where more levels cost five times the time for a tenth of the size.
    if (format_ == ArchiveFormat::Zip) {
      return archive_write_set_format_zip(archive_.get()) == ARCHIVE_OK &&
             archive_write_set_options(archive_.get(), "zip:compression-level=1,zip:hdrcharset=UTF-8") == ARCHIVE_OK;
    }
    return archive_write_set_format_pax_restricted(archive_.get()) == ARCHIVE_OK &&
           archive_write_add_filter_gzip(archive_.get()) == ARCHIVE_OK &&
           archive_write_set_options(archive_.get(), "hdrcharset=UTF-8,gzip:!timestamp") == ARCHIVE_OK;
  }

  // Writes a piece of the entry, or begins the next one; false at the end of the archive.
  Result<bool> step() {
    if (!bytes_) {
      MIMUS_ASSIGN(auto entry, source_());
      if (!entry) {
        if (archive_write_close(archive_.get()) != ARCHIVE_OK) return broken("end");
        return false;
      }
      MIMUS_TRY(begin_entry(std::move(*entry)));
      return true;
    }
    std::string piece(kPiece, '\0');
    MIMUS_ASSIGN(const std::size_t count, bytes_->read_at(offset_, piece));
    if (count > 0 && archive_write_data(archive_.get(), piece.data(), count) < 0) return broken("write");
    offset_ += count;
    if (offset_ < bytes_->size() && count == 0) return fail("store.failed", "an artifact is shorter than recorded");
    if (offset_ < bytes_->size()) return true;
    if (archive_write_finish_entry(archive_.get()) != ARCHIVE_OK) return broken("write");
    bytes_.reset();
    return true;
  }

  Status begin_entry(ArchivedFile entry) {
    const std::unique_ptr<archive_entry, CloseEntry> head(archive_entry_new());
    archive_entry_set_pathname_utf8(head.get(), entry_name(entry.name).c_str());
    archive_entry_set_filetype(head.get(), AE_IFREG);
    archive_entry_set_perm(head.get(), 0644);
    archive_entry_set_size(head.get(), static_cast<std::int64_t>(entry.bytes->size()));
    archive_entry_set_mtime(head.get(), entry.modified.micros / kMicrosPerSecond, 0);
    if (archive_write_header(archive_.get(), head.get()) != ARCHIVE_OK) return broken("write");
    bytes_ = std::move(entry.bytes);
    offset_ = 0;
    return {};
  }

  static la_ssize_t write(archive*, void* self, const void* bytes, std::size_t size) {
    auto* writer = static_cast<ArchiveWriter*>(self);
    if (writer->out_ != nullptr) writer->out_->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
  }

  ArchiveFormat format_;
  ArchiveSource source_;
  std::string* out_ = nullptr;  // of the next() under way
  std::unique_ptr<store::Bytes> bytes_;
  std::uint64_t offset_ = 0;
  bool open_ = false;
  std::unique_ptr<archive, CloseArchive> archive_;
};

}  // namespace

std::string entry_name(std::string_view name) {
  std::string slashes(name);
  std::ranges::replace(slashes, '\\', '/');
  std::string out;
  for (const std::string_view segment : split(slashes, '/')) {
    if (segment.empty() || segment == "." || segment == "..") continue;
    if (!out.empty()) out += '/';
    out += segment;
  }
  return out.empty() ? "unnamed" : out;
}

std::unique_ptr<BodyWriter> make_archive_writer(ArchiveFormat format, ArchiveSource source) {
  return std::make_unique<ArchiveWriter>(format, std::move(source));
}

}  // namespace mimus::server
