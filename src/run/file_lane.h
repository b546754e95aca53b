// FileLane: the files that one target of one generate makes, written in the order of the records.
//
// One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "run/lane.h"
#include "target/target.h"

namespace mimus {

class FileLane final : public Lane {
 public:
  // All borrowed; `name` is that of the files, which the records' own names replace; `at`: where findings belong.
  FileLane(RunContext& context, std::string name, const FileTarget& target, const Encoder& encoder, Location at);

  [[nodiscard]] bool is_immediate() const override { return false; }
  [[nodiscard]] bool wants_ends() const override { return target_.chunk_size() > 0; }

  [[nodiscard]] Status write(const Piece& piece) override;
  [[nodiscard]] Status complete() override { return open_ ? finish() : Status(); }
  // Makes the files appear.
  [[nodiscard]] Status publish(std::vector<Artifact>& artifacts) override;

 private:
  struct File {
    UnfinishedFile unfinished;
    std::string name;  // when the record gives it
    std::uint64_t records = 0;
    std::uint64_t size = 0;
    // The only record so far, as long as it is not known whether it stands alone.
    std::optional<std::string> held;
  };

  // There may be a million.
  struct Finished {
    std::string path;
    std::string name;
    std::uint64_t records = 0;
    std::uint64_t size = 0;
  };

  [[nodiscard]] Status write_to_file(std::string_view bytes, std::uint64_t records);
  [[nodiscard]] Status begin();
  [[nodiscard]] Status release_held();
  [[nodiscard]] Status write_chunks(const Piece& piece);
  // The name, or with _2, _3 … when a file before has it.
  [[nodiscard]] std::string free_name(const std::string& name);
  // The encoder's bytes into the file, through the packer.
  [[nodiscard]] Status put(File& file, std::string_view bytes);
  [[nodiscard]] Status put_packed(File& file, std::string_view bytes);
  [[nodiscard]] Status pack(File& file, std::string_view bytes, bool is_last);
  [[nodiscard]] Status count_own_bytes(File& file);
  [[nodiscard]] Status finish();

  RunContext& context_;
  std::string name_;
  const FileTarget& target_;
  const Encoder& encoder_;
  Location at_;
  std::unique_ptr<Packer> packer_;
  Buffer packed_;
  std::optional<File> open_;
  std::string next_name_;
  std::unordered_map<std::string, std::uint64_t> names_;  // that are taken, and the number of the last of their like
  std::vector<Finished> finished_;
};

}  // namespace mimus
