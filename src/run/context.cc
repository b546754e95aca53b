#include "run/context.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/file.h"
#include "base/text.h"

namespace mimus {
namespace {

constexpr auto kProgressInterval = std::chrono::milliseconds(50);

}  // namespace

bool RunContext::is_cancelled() {
  const std::lock_guard lock(observer_mutex_);
  return observer_.cancelled();
}

void RunContext::log(Severity severity, std::string_view message) {
  const std::lock_guard lock(observer_mutex_);
  observer_.log(severity, message);
}

Status RunContext::print(std::string_view bytes) {
  const std::lock_guard lock(observer_mutex_);
  if (options.console) {
    options.console(bytes);
    return {};
  }
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()) return {};
  return fail("output.write", "cannot write to the console: " + errno_text(errno));
}

Status RunContext::count_bytes(std::uint64_t bytes) {
  if (bytes_.fetch_add(bytes) == 0 && bytes > 0) first_byte_ms_ = seconds() * 1000;
  if (bytes_ > options.limits.bytes) {
    return fail("task.limit", "the run writes more than " + with_thousands(options.limits.bytes) + " bytes");
  }
  return {};
}

void RunContext::count_rows(std::uint64_t rows) {
  rows_ += rows;
  if (open_generates_ > 1) return;
  own_rows_ += rows;
  const std::lock_guard lock(observer_mutex_);
  show_progress(false);
}

void RunContext::start_generate(const std::string& name, std::uint64_t count, double fraction, double share) {
  const std::lock_guard lock(observer_mutex_);
  if (open_generates_++ > 0) return;
  name_ = name;
  count_ = count;
  own_rows_ = 0;
  start_rows_ = rows_;
  fraction_ = fraction;
  share_ = share;
  show_progress(false);
}

void RunContext::end_generate() {
  const std::lock_guard lock(observer_mutex_);
  if (--open_generates_ == 0) show_progress(true);
}

// With the observer's mutex held.
void RunContext::show_progress(bool at_once) {
  const auto now = std::chrono::steady_clock::now();
  if (!at_once && now - shown_ < kProgressInterval) return;
  shown_ = now;
  Progress progress;
  progress.records_done = start_rows_ + own_rows_;
  progress.bytes_written = bytes_;
  progress.current = name_;
  double part = 1;
  if (count_ != UINT64_MAX) {
    progress.records_total = start_rows_ + count_;
    if (count_ > 0) part = static_cast<double>(own_rows_) / static_cast<double>(count_);
  }
  progress.fraction = std::clamp(fraction_ + share_ * part, 0.0, 1.0);
  observer_.progress(progress);
}

void RunContext::add_capture(const std::string& name, std::string_view records) {
  auto known = std::ranges::find(capture_, name, &std::pair<std::string, std::string>::first);
  if (known == capture_.end()) known = capture_.emplace(capture_.end(), name, std::string());
  if (!known->second.empty()) known->second += ", ";
  known->second += records;
}

double RunContext::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

std::string RunContext::capture_text() const {
  std::string out = "{";
  for (const auto& [name, records] : capture_) {
    if (out.size() > 1) out += ", ";
    append_json_string(out, name);
    out += ": [" + records + "]";
  }
  return out + "}";
}

}  // namespace mimus
