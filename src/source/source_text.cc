#include "source/source_text.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "source/byte_stream.h"
#include "source/file.h"
#include "source/scratch.h"

namespace mimus {
namespace {

constexpr std::size_t kPieceBytes = 1U << 20U;

// Fills `out` as far as there are bytes.
Result<std::size_t> read_full(ByteStream& stream, std::span<char> out) {
  std::size_t size = 0;
  while (size < out.size()) {
    MIMUS_ASSIGN(const std::size_t got, stream.read(out.subspan(size)));
    if (got == 0) break;
    size += got;
  }
  return size;
}

bool read_file_at(int file, std::uint64_t offset, std::span<char> out) {
  while (!out.empty()) {
    const ssize_t got = pread(file, out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    offset += static_cast<std::uint64_t>(got);
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

SourceText::~SourceText() {
  if (!mapping_.empty()) munmap(const_cast<char*>(mapping_.data()), mapping_.size());
}

Status SourceText::map() {
  if (!view_.empty() || size_ == 0) return {};
  const std::size_t bytes = start_ + size_;
  void* data = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file_.get(), 0);
  if (data == MAP_FAILED) return fail("source.unreadable", "cannot map a source: " + errno_text(errno));
  mapping_ = {static_cast<const char*>(data), bytes};
  view_ = mapping_.substr(start_);
  return {};
}

bool SourceText::read_at(std::uint64_t offset, std::span<char> out) const {
  if (offset + out.size() > size_) return false;
  if (!view_.empty()) {
    std::ranges::copy(view_.substr(offset, out.size()), out.begin());
    return true;
  }
  return read_file_at(file_.get(), start_ + offset, out);
}

// Opens one text.
class TextOpening {
 public:
  TextOpening(const fs::path& file, const FileOptions& options, std::string_view shown_name)
      : path_(file), options_(options), name_(shown_name), text_(std::make_shared<SourceText>()) {}

  // `forced`: the encoding, instead of what the start of the bytes says.
  Result<std::shared_ptr<SourceText>> open(TextConversion conversion, std::optional<DetectedEncoding> forced) {
    MIMUS_ASSIGN(Descriptor file, open_source_descriptor(path_, name_, file_bytes_));
    const Compression compression = compression_of(path_);
    if (conversion == TextConversion::Keep && compression == Compression::None && options_.encoding.empty()) {
      return keep(std::move(file), 0);
    }
    const int plain = file.get();
    stream_ = open_stream(Descriptor(dup(plain)), compression, options_.max_bytes, name_);
    const bool is_plain = compression == Compression::None;
    start_.resize(is_plain ? std::min<std::uint64_t>(kPieceBytes, file_bytes_) : kPieceBytes);
    MIMUS_ASSIGN(const std::size_t got, read_full(*stream_, start_));
    start_.resize(got);
    if (conversion == TextConversion::Keep && options_.encoding.empty()) {
      return convert({.form = EncodingForm::SingleByte}, 0, true);
    }
    MIMUS_ASSIGN(const DetectedEncoding encoding, choose(forced));
    if (encoding.is_guess) warn(encoding.encoding);
    text_->is_certain_ = !options_.encoding.empty() || encoding.mark > 0;
    if (compression == Compression::None && encoding.encoding.form == EncodingForm::Utf8) {
      return check(std::move(file), encoding.mark);
    }
    return convert(encoding.encoding, encoding.mark, false);
  }

 private:
  Result<DetectedEncoding> choose(const std::optional<DetectedEncoding>& forced) {
    if (forced) return *forced;
    if (options_.encoding.empty()) return detect_encoding(start_);
    DetectedEncoding out;
    if (!find_encoding(options_.encoding, out.encoding)) {
      std::string known;
      for (const std::string_view name : encoding_names()) known += (known.empty() ? "" : ", ") + std::string(name);
      return fail("source.encoding", "unknown encoding '" + options_.encoding + "' of '" + name_ + "'",
                  "known: " + known);
    }
    out.mark = mark_length(out.encoding, start_);
    // A mark tells the order of bytes that a plain "utf-16" leaves open.
    const DetectedEncoding told = detect_encoding(start_);
    const bool is_open = !options_.encoding.ends_with("le") && !options_.encoding.ends_with("LE");
    const bool is_wide =
        out.encoding.form == EncodingForm::Utf16Little || out.encoding.form == EncodingForm::Utf32Little;
    if (is_open && is_wide && told.mark >= 2 && told.mark != 3) return told;
    return out;
  }

  void warn(const Encoding& encoding) {
    text_->warnings_.push_back(
        {.code = "source.encoding",
         .message = "'" + name_ + "' is not UTF-8; it is read as " + std::string(encoding.name()),
         .hint = "say it with encoding=\"" + std::string(encoding.name()) + "\"",
         .severity = Severity::Warning});
  }

  // The file as it is.
  Result<std::shared_ptr<SourceText>> keep(Descriptor file, std::size_t mark) {
    if (file_bytes_ > options_.max_bytes) {
      return fail("source.too_large",
                  "source '" + name_ + "' has more than " + with_thousands(options_.max_bytes) + " bytes");
    }
    text_->file_ = std::move(file);
    text_->start_ = mark;
    text_->size_ = file_bytes_ - std::min<std::uint64_t>(mark, file_bytes_);
    text_->is_large_ = text_->size_ > options_.load_bytes;
    if (!text_->is_large_) MIMUS_TRY(text_->map());
    return text_;
  }

  Result<std::shared_ptr<SourceText>> check(Descriptor file, std::size_t mark) {
    MIMUS_TRY(keep(std::move(file), mark));
    text_->is_checked_ = !text_->is_large_;
    const std::string_view view = text_->view();
    const std::size_t good = utf8_prefix(view);
    if (good == view.size()) return text_;
    const auto line =
        static_cast<std::size_t>(std::count(view.begin(), view.begin() + static_cast<std::ptrdiff_t>(good), '\n')) + 1;
    if (text_->is_certain_) return bad_bytes({}, line);
    // The start looked like UTF-8.
    return reopen_text(path_, options_, name_, *text_, good);
  }

  [[nodiscard]] std::unexpected<Diagnostic> bad_bytes(const Encoding& encoding, std::size_t line) const {
    return fail("source.encoding",
                "'" + name_ + "' is not " + std::string(encoding.name()) + " in line " + std::to_string(line),
                "save it as UTF-8, or give the 'encoding' of the source");
  }

  // All bytes, converted (or, `raw`, as they are) into memory or, when they are many, a file.
  Result<std::shared_ptr<SourceText>> convert(const Encoding& encoding, std::size_t mark, bool raw) {
    Utf8Converter converter(encoding);
    std::string piece = start_.substr(mark);
    std::string& out = text_->memory_;
    while (true) {
      const bool is_end = piece.empty();
      if (raw) {
        out += piece;
      } else if (!converter.convert(piece, is_end, out)) {
        return bad_bytes(encoding, converter.line());
      }
      if (out.size() > (text_->is_large_ ? kPieceBytes : options_.load_bytes)) MIMUS_TRY(spill(out));
      if (is_end) break;
      piece.resize(kPieceBytes);
      MIMUS_ASSIGN(const std::size_t got, read_full(*stream_, piece));
      piece.resize(got);
    }
    if (text_->is_large_) {
      MIMUS_TRY(spill(out));
      out.clear();
      out.shrink_to_fit();
    } else {
      text_->size_ = out.size();
      text_->view_ = out;
    }
    return text_;
  }

  Status spill(std::string& out) {
    if (!text_->is_large_) {
      MIMUS_ASSIGN(text_->file_, make_scratch_file(options_.work_folder));
      text_->is_large_ = true;
    }
    MIMUS_TRY(write_all(text_->file_.get(), out));
    text_->size_ += out.size();
    out.clear();
    return {};
  }

  const fs::path& path_;
  const FileOptions& options_;
  std::string name_;
  std::shared_ptr<SourceText> text_;
  std::uint64_t file_bytes_ = 0;
  std::unique_ptr<ByteStream> stream_;
  std::string start_;  // the first bytes
};

Result<std::shared_ptr<SourceText>> open_text(const fs::path& file, const FileOptions& options,
                                              std::string_view shown_name, TextConversion conversion) {
  return TextOpening(file, options, shown_name).open(conversion, std::nullopt);
}

Result<std::shared_ptr<SourceText>> reopen_text(const fs::path& file, const FileOptions& options,
                                                std::string_view shown_name, const SourceText& text,
                                                std::uint64_t bad_offset) {
  std::string bad(std::min<std::uint64_t>(text.size() - bad_offset, kPieceBytes), 0);
  if (!text.read_at(bad_offset, bad)) {
    return fail("source.unreadable", "cannot read '" + std::string(shown_name) + "'");
  }
  DetectedEncoding encoding = detect_encoding(bad);
  encoding.mark = 0;
  encoding.is_guess = true;
  if (encoding.encoding.form == EncodingForm::Utf8) {
    return fail("source.encoding", "'" + std::string(shown_name) + "' mixes encodings", "save it as UTF-8");
  }
  return TextOpening(file, options, shown_name).open(TextConversion::Convert, encoding);
}

}  // namespace mimus
