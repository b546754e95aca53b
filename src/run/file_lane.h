// FileLane: the files that one target of one generate makes, written in the order of the records.
//
// One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "run/lane.h"
#include "target/target.h"

namespace mimus {

class FileLane final : public Lane {
 public:
  // All borrowed; `name` is the generate's.
  FileLane(RunContext& context, std::string name, const FileTarget& target, const Encoder& encoder);

  [[nodiscard]] bool is_immediate() const override { return false; }
  [[nodiscard]] bool wants_ends() const override { return target_.chunk_size() > 0; }

  [[nodiscard]] Status write(std::string_view bytes, std::uint64_t records,
                             const std::vector<std::size_t>& ends) override;
  // Completes the files and makes them appear.
  [[nodiscard]] Status publish(std::vector<Artifact>& artifacts) override;

 private:
  struct File {
    UnfinishedFile unfinished;
    std::uint64_t records = 0;
    std::uint64_t size = 0;
    // The only record so far, as long as it is not known whether it stands alone.
    std::optional<std::string> held;
  };

  // There may be a million.
  struct Finished {
    std::string path;
    std::uint64_t records = 0;
    std::uint64_t size = 0;
  };

  [[nodiscard]] Status write_to_file(std::string_view bytes, std::uint64_t records);
  [[nodiscard]] Status begin();
  [[nodiscard]] Status release_held();
  [[nodiscard]] Status write_chunks(std::string_view bytes, const std::vector<std::size_t>& ends);
  // The encoder's bytes into the file, through the packer.
  [[nodiscard]] Status put(File& file, std::string_view bytes);
  [[nodiscard]] Status put_packed(File& file, std::string_view bytes);
  [[nodiscard]] Status finish();

  RunContext& context_;
  std::string name_;
  const FileTarget& target_;
  const Encoder& encoder_;
  std::unique_ptr<Packer> packer_;
  Buffer packed_;
  std::optional<File> open_;
  std::vector<Finished> finished_;
};

}  // namespace mimus
