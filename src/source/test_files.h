// For the tests of sources: files to read, and rows as texts to compare.
#pragma once

#include <unistd.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "source/source.h"

namespace mimus {

// Files in a folder of their own, removed at the end.
class Files {
 public:
  Files() : folder_(fs::temp_directory_path() / ("source-test-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] fs::path write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

// The rows as Python prints a list of dicts.
[[nodiscard]] inline std::string shown(const Source& source, const std::vector<std::uint64_t>& rows) {
  Record record;
  for (const std::string& name : source.names()) record.fields.push_back({name, {}});
  source.read(rows, record);
  record.rows = rows.size();
  ValueList out;
  for (std::size_t k = 0; k < rows.size(); ++k) out.push_back(map_at(record, k));
  std::string text;
  append_repr(text, Value::list(std::move(out)));
  return text;
}

[[nodiscard]] inline std::string shown_all(const Source& source) {
  std::vector<std::uint64_t> rows(source.length());
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = k;
  return shown(source, rows);
}

}  // namespace mimus
