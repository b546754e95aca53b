// OutputFolder: where the files of a run appear. A file is written under a hidden name beside the folder and takes its
// place by one rename when it is complete; what is not published is removed.
//
// One thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace mimus {

// A file that is being written.
struct UnfinishedFile {
  Descriptor descriptor;
  fs::path path;
};

class OutputFolder {
 public:
  OutputFolder(fs::path folder, bool sync) : folder_(std::move(folder)), sync_(sync) {}
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  // Fails with output.write.
  [[nodiscard]] Result<UnfinishedFile> create();
  // Closes the file after its last byte; makes its bytes durable when the run wants that. Fails with output.write.
  [[nodiscard]] Status complete(UnfinishedFile& file);
  // Gives a complete file its name: "<stem>.<extension>", or "<stem>_1.<extension>" and so on when there is one
  // already; folders in the stem are made. Returns the name. Fails with output.write.
  [[nodiscard]] Result<std::string> publish(const fs::path& file, std::string_view stem, std::string_view extension);
  // Takes a published file away again.
  void withdraw(const std::string& name);
  // Makes the names durable, when the run wants that.
  [[nodiscard]] Status sync();

 private:
  [[nodiscard]] Status make_hidden();

  fs::path folder_;
  bool sync_;
  bool has_folder_ = false;
  fs::path hidden_;  // empty: not made yet
  std::uint64_t files_ = 0;
};

}  // namespace mimus
