// What tests of the store and of the rooms on it share: a temporary folder, and results without ceremony. For tests
// only.
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

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
