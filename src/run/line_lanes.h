// Lanes of lines for people: the console and the log.
#pragma once

#include <string>

#include "run/lane.h"

namespace mimus {

// To the run's console, an empty line before each page of records.
class ConsoleLane final : public Lane {
 public:
  ConsoleLane(RunContext& context, std::uint64_t page_size) : context_(context), page_size_(page_size) {}

  [[nodiscard]] bool wants_ends() const override { return true; }
  [[nodiscard]] Status write(const Piece& piece) override;
  [[nodiscard]] Status publish(std::vector<Artifact>&) override { return {}; }

 private:
  RunContext& context_;
  std::uint64_t page_size_;
  std::uint64_t written_ = 0;
};

// The first records to the log, one line each; of the others their number.
class LogLane final : public Lane {
 public:
  LogLane(RunContext& context, std::string name) : context_(context), name_(std::move(name)) {}

  [[nodiscard]] bool wants_ends() const override { return true; }
  [[nodiscard]] std::uint64_t most_records() const override { return kShown; }
  [[nodiscard]] Status write(const Piece& piece) override;
  [[nodiscard]] Status publish(std::vector<Artifact>&) override;

 private:
  static constexpr std::uint64_t kShown = 100;

  RunContext& context_;
  std::string name_;
  std::uint64_t records_ = 0;
  std::uint64_t shown_ = 0;
};

}  // namespace mimus
