#include "task/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/text.h"
#include "task/conversation.h"

namespace mimus::task {
namespace {

constexpr std::string_view kFull = "the log is full; what follows is not kept";
constexpr std::uint64_t kReserve = 128;  // room for that line

// Shortens at a character's border.
void shorten(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return;
  constexpr std::string_view kMark = "…";
  std::size_t end = limit > kMark.size() ? limit - kMark.size() : 0;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  text += kMark;
}

// Longer messages may have been cut on their way, as may those that say so.
bool may_be_cut(std::string_view message) { return message.size() >= kComplaintBytes || message.ends_with("…"); }

std::string line_of(Timestamp time, Severity severity, std::string_view message, std::size_t limit) {
  const Timestamp milliseconds{time.micros - ((time.micros % 1000) + 1000) % 1000};
  std::string line = rfc3339(milliseconds) + ' ' + std::string(severity_name(severity)) + ' ';
  // Escaping makes a text longer: cut before, so that a huge message costs no more than its line.
  line += escape_controls(message.substr(0, limit));
  shorten(line, limit - 1);
  return line + '\n';
}

}  // namespace

fs::path log_path(const store::Store& store, std::string_view project, std::string_view task) {
  return store.logs(project) / (std::string(task) + ".log");
}

LogFile::LogFile(Descriptor file, std::uint64_t size, LogLimits limits, store::Clock clock)
    : file_(std::move(file)), size_(size), limits_(limits), clock_(std::move(clock)) {}

LogFile::LogFile(LogFile&& other) noexcept
    : file_(std::move(other.file_)),
      size_(other.size_),
      full_(other.full_),
      limits_(other.limits_),
      clock_(std::move(other.clock_)),
      secrets_(std::move(other.secrets_)) {}

Result<LogFile> LogFile::open(const fs::path& path, LogLimits limits, store::Clock clock) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  Descriptor file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat state{};
  if (!file || fstat(file.get(), &state) != 0) {
    return fail("file.write", "cannot open the log '" + path.string() + "': " + errno_text(errno));
  }
  auto size = static_cast<std::uint64_t>(state.st_size);
  // A writer may have died in the middle of a line.
  char last = '\n';
  if (size > 0 && pread(file.get(), &last, 1, state.st_size - 1) == 1 && last != '\n') {
    if (write_all(file.get(), "\n")) ++size;
  }
  return LogFile(std::move(file), size, limits, std::move(clock));
}

void LogFile::append(Severity severity, std::string_view message, bool is_rest) {
  const std::lock_guard guard(mutex_);
  if (full_ || !file_) return;
  // Before the line is cut: half a secret would not be known as one.
  const std::string masked = secrets_.mask(message, {.start = is_rest, .end = may_be_cut(message)});
  std::string line = line_of(clock_(), severity, masked, limits_.line_bytes);
  if (size_ + line.size() + kReserve > limits_.bytes) {
    full_ = true;
    // An earlier attempt may have filled it.
    if (size_ + kReserve > limits_.bytes) return;
    line = line_of(clock_(), Severity::Warning, kFull, limits_.line_bytes);
  }
  if (!write_all(file_.get(), line)) {
    file_.close();
    return;
  }
  size_ += line.size();
}

void LogFile::append(const Diagnostic& finding) {
  std::string text;
  if (!finding.where.file.empty()) {
    text += finding.where.file;
    if (finding.where.line > 0) text += ':' + std::to_string(finding.where.line);
    if (finding.where.column > 0) text += ':' + std::to_string(finding.where.column);
    text += ": ";
  }
  text += finding.message + " [" + finding.code + ']';
  if (!finding.hint.empty()) text += " (" + finding.hint + ')';
  append(finding.severity, text);
}

Result<LogText> read_log(const fs::path& path, std::uint64_t after, std::uint64_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file && errno == ENOENT) return LogText{.text = {}, .next = after};
  struct stat state{};
  if (!file || fstat(file.get(), &state) != 0) return fail("store.failed", "cannot read a task's log");
  const auto size = static_cast<std::uint64_t>(state.st_size);
  if (after >= size) return LogText{.text = {}, .next = after};
  // A line is at most 8 KiB: with so much more, one is whole even for a small limit.
  constexpr std::uint64_t kLine = 16ULL << 10U;
  limit = std::min<std::uint64_t>(limit, 64ULL << 20U);
  std::string text(static_cast<std::size_t>(std::min(size - after, std::max(limit, kLine))), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got =
        pread(file.get(), text.data() + filled, text.size() - filled, static_cast<off_t>(after + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail("store.failed", "cannot read a task's log: " + errno_text(errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  std::size_t end = text.rfind('\n', limit == 0 ? 0 : static_cast<std::size_t>(limit) - 1);
  if (end == std::string::npos) end = text.find('\n');  // the first line is longer than the limit
  text.resize(end == std::string::npos ? 0 : end + 1);
  return LogText{.text = text, .next = after + text.size()};
}

}  // namespace mimus::task
