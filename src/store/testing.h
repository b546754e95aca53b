// What tests of the store and of the rooms on it share: a temporary folder, a process of its own, results without
// ceremony. For tests
// only.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include "store/store.h"

namespace mimus::store {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "mimus-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code unused;
    fs::remove_all(path_, unused);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// A process of its own that runs `body` and ends with what it returns (an exception ends it with 99). Killed at the end
// of the object's life.
class Child {
 public:
  explicit Child(const std::function<int()>& body) {
    std::fflush(nullptr);  // so that the child does not print it again
    pid_ = ::fork();
    if (pid_ == 0) ::_exit(run(body));
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() { kill(); }

  void kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    (void)wait();
  }
  // The exit status; -1 when it was killed, or has been waited for.
  [[nodiscard]] int wait() {
    int status = -1;
    const pid_t pid = std::exchange(pid_, -1);
    if (pid <= 0 || ::waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
  }

 private:
  static int run(const std::function<int()>& body) {
    try {
      return body();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
      return 99;
    }
  }

  pid_t pid_ = -1;
};

// The value, or a failed test and the end of it.
template <class T>
T require(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}
inline void require(const Status& status) {
  if (!status) throw std::runtime_error(status.error().code + ": " + status.error().message);
}

// The code of a failure; empty when there is none.
template <class T>
std::string code_of(const std::expected<T, Diagnostic>& result) {
  return result ? std::string() : result.error().code;
}

}  // namespace mimus::store
