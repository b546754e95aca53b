// For the fuzzers of sources: a file with the bytes that are tried, and the rows of sources as one text.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "source/source.h"

namespace mimus {

// In memory, under a name below /proc; the extension, when there is one, is that of a link beside the temporary files.
class FuzzFile {
 public:
  explicit FuzzFile(std::string_view bytes, const std::string& extension = "")
      : file_(memfd_create("fuzz", 0)), path_("/proc/self/fd/" + std::to_string(file_.get())) {
    if (!write_all(file_.get(), bytes)) std::abort();
    if (extension.empty()) return;
    link_ = fs::temp_directory_path() / ("fuzz-" + std::to_string(getpid()) + extension);
    unlink(link_.c_str());
    if (symlink(path_.c_str(), link_.c_str()) != 0) std::abort();
    path_ = link_;
  }
  FuzzFile(const FuzzFile&) = delete;
  FuzzFile& operator=(const FuzzFile&) = delete;
  ~FuzzFile() {
    if (!link_.empty()) unlink(link_.c_str());
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  Descriptor file_;
  fs::path path_, link_;
};

// Some rows as Python prints them.
[[nodiscard]] inline std::string rows_text(const Source& source, const std::vector<std::uint64_t>& rows) {
  Record record;
  for (const std::string& name : source.names()) record.fields.push_back({name, {}});
  source.read(rows, record);
  record.rows = rows.size();
  std::string out;
  for (std::size_t k = 0; k < rows.size(); ++k) append_repr(out, map_at(record, k));
  return out;
}

// All rows in order, and some in another.
[[nodiscard]] inline std::string all_rows_text(const Source& source) {
  std::vector<std::uint64_t> rows(source.length());
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = k;
  std::string out = rows_text(source, rows);
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = (rows.size() - 1 - k) * 7 % rows.size();
  return out + rows_text(source, rows);
}

}  // namespace mimus
