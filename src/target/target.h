// Targets: how records become the bytes of files, and how the targets declare themselves.
//
// A target is one file in this folder: encoder and TargetDeclaration, and a line in registry.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/result.h"
#include "data/failure.h"
#include "data/record.h"
#include "descriptor/literal.h"
#include "target/packer.h"

namespace mimus {

// A file is: begin, the records with the separator between them, end.
struct Frame {
  std::string begin, separator, end;
};

// What one thread keeps from batch to batch; made by an encoder for itself.
class EncoderState {
 public:
  virtual ~EncoderState() = default;
};

// The encoder of one target for one execution of a generate. Immutable, may be used by several threads, each with a
// state of its own. Its bytes for a record depend on that record and the first one of the execution only.
class Encoder {
 public:
  virtual ~Encoder() = default;

  [[nodiscard]] virtual const Frame& frame() const = 0;
  [[nodiscard]] virtual std::unique_ptr<EncoderState> make_state() const = 0;

  // Appends the first `count` records of a batch, each with the separator before it. With `ends`, the size of `out`
  // after each record is added there. A record that this target cannot hold ends the work: those before it are there.
  [[nodiscard]] virtual std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                         Buffer& out, std::vector<std::size_t>* ends) const = 0;

  // True when a file of one record may be something else than frame and record: its writer then holds the first record
  // back, and asks.
  [[nodiscard]] virtual bool may_stand_alone() const { return false; }
  // All bytes of a file whose only record is this (as encode() wrote it, without the separator); nullopt: the frame
  // and the record, as always.
  [[nodiscard]] virtual std::optional<std::string> lone_file(std::string_view /*record*/) const { return std::nullopt; }
};

// Where a target's bytes go: into files, to the run's console, line by line into its log, as rows into a table, or
// nowhere (what takes no records, like the preview of a page that asks for the capture by itself).
enum class Destination : std::uint8_t { Files, Console, Log, Table, Nowhere };

// An expression of the descriptor's language that a target needs the value of for each record.
struct TargetExpression {
  std::string source;
  Location at;  // of its first byte
};

class FileTarget {
 public:
  virtual ~FileTarget() = default;
  [[nodiscard]] virtual Destination destination() const { return Destination::Files; }
  [[nodiscard]] virtual std::string_view extension() const = 0;  // "csv"
  // Records a file, 0: all in one.
  [[nodiscard]] virtual std::uint64_t chunk_size() const = 0;
  // The number in the name of the first of several files.
  [[nodiscard]] virtual std::uint64_t first_number() const { return 0; }
  // True when each record has a file of its own, which it may name.
  [[nodiscard]] virtual bool is_single() const { return false; }
  // Not empty: the encoder gets records with the values of these as their fields, in this order.
  [[nodiscard]] virtual std::span<const TargetExpression> expressions() const { return {}; }
  // `first`: a batch whose row 0 is the first record of the execution.
  [[nodiscard]] virtual std::unique_ptr<Encoder> bind(const Record& first) const = 0;
  // What the bytes of the files go through; nullptr: the files hold them as they are.
  [[nodiscard]] virtual std::unique_ptr<Packer> make_packer(const PackerSettings& /*settings*/) const {
    return nullptr;
  }
};

// A target that is another one but for what a subclass does in its own way.
class TargetOver : public FileTarget {
 public:
  explicit TargetOver(std::unique_ptr<FileTarget> target) : target_(std::move(target)) {}

  [[nodiscard]] Destination destination() const override { return target_->destination(); }
  [[nodiscard]] std::string_view extension() const override { return target_->extension(); }
  [[nodiscard]] std::uint64_t chunk_size() const override { return target_->chunk_size(); }
  [[nodiscard]] std::uint64_t first_number() const override { return target_->first_number(); }
  [[nodiscard]] bool is_single() const override { return target_->is_single(); }
  [[nodiscard]] std::span<const TargetExpression> expressions() const override { return target_->expressions(); }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override { return target_->bind(first); }
  [[nodiscard]] std::unique_ptr<Packer> make_packer(const PackerSettings& settings) const override {
    return target_->make_packer(settings);
  }

 private:
  std::unique_ptr<FileTarget> target_;
};

// What a target may know of the descriptor.
struct TargetEnvironment {
  std::string generate_name;
  std::string default_separator = {};     // empty: the target's own
  std::string default_csv_encoding = {};  // likewise
  std::string default_line_separator = "\n";
  // A file of the project, by its path from the main descriptor's folder.
  std::function<Result<std::string>(const std::string& path)> read_file;
};

struct TargetParameter {
  std::string_view name;
  std::string_view fallback;  // the default, for people
  std::string_view summary;
};

struct TargetDeclaration {
  std::string_view name;
  std::string_view summary;
  std::span<const TargetParameter> parameters;
  Result<std::unique_ptr<FileTarget>> (*make)(const TargetDeclaration& declaration, const Call& call,
                                              const TargetEnvironment& environment);
};

[[nodiscard]] std::span<const TargetDeclaration* const> targets();
[[nodiscard]] const TargetDeclaration* find_target(std::string_view name);

// The target that a call names. Fails with target.argument; `where.column` is the offset in the call's text.
[[nodiscard]] Result<std::unique_ptr<FileTarget>> make_target(const TargetDeclaration& declaration, const Call& call,
                                                              const TargetEnvironment& environment);

// Records as the run's capture shows them: JSON objects, separated by ", ".
[[nodiscard]] std::unique_ptr<Encoder> make_capture_encoder();

}  // namespace mimus
