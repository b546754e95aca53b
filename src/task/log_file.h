// The log of a task: lines of text in <data>/…/logs, "<time> <severity> <message>".
//
// Control and bidirectional characters of a message are escaped, so a message is one line. A log that is full says so
// in its last line and takes no more. Secrets are masked (base/secrets.h). What is written appears at once, whole lines
// at a time, except after a crash of the machine.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/file.h"
#include "base/result.h"
#include "base/secrets.h"
#include "store/store.h"

namespace mimus::task {

struct LogLimits {
  std::uint64_t bytes = 10ULL << 20U;
  std::uint64_t line_bytes = 8ULL << 10U;
};

[[nodiscard]] fs::path log_path(const store::Store& store, std::string_view project, std::string_view task);

// Appends to a log. Thread-safe. A log that cannot be written is given up silently: a full disk must not fail a task
// twice.
class LogFile {
 public:
  // Goes on where an earlier attempt has stopped. file.write.
  [[nodiscard]] static Result<LogFile> open(const fs::path& path, LogLimits limits, store::Clock clock = now);
  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&&) = delete;
  ~LogFile() = default;

  // What must not be read in lines from now on. Before the first append() of another thread.
  void hide(Secrets secrets) { secrets_ = std::move(secrets); }

  // `is_rest`: the message goes on where the last one has been cut.
  void append(Severity severity, std::string_view message, bool is_rest = false);
  void append(const Diagnostic& finding);

 private:
  LogFile(Descriptor file, std::uint64_t size, LogLimits limits, store::Clock clock);

  std::mutex mutex_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  bool full_ = false;
  LogLimits limits_;
  store::Clock clock_;
  Secrets secrets_;
};

struct LogText {
  std::string text;
  std::uint64_t next = 0;
};

// Whole lines from byte `after` on, about `limit` bytes at most (one line is given whole). Empty when there is no log.
[[nodiscard]] Result<LogText> read_log(const fs::path& path, std::uint64_t after, std::uint64_t limit);

}  // namespace mimus::task
