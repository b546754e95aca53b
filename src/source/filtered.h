// FilteredSource: some of the rows of a source, in their order.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "source/source.h"

namespace mimus {

class FilteredSource final : public Source {
 public:
  // `kept`: rows of the source, ascending.
  FilteredSource(std::shared_ptr<const Source> all, std::vector<std::uint64_t> kept)
      : all_(std::move(all)), kept_(std::move(kept)) {}

  [[nodiscard]] std::uint64_t length() const override { return kept_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const override { return all_->names(); }
  [[nodiscard]] bool has_base() const override { return all_->has_base(); }
  void read(std::span<const std::uint64_t> rows, Record& out) const override;
  [[nodiscard]] Status status() const override { return all_->status(); }

  // Rows there were before.
  [[nodiscard]] std::uint64_t whole_length() const { return all_->length(); }
  // How many rows before this one of all are kept, and whether it is.
  [[nodiscard]] std::uint64_t kept_before(std::uint64_t row) const;
  [[nodiscard]] bool is_kept(std::uint64_t row) const;

 private:
  std::shared_ptr<const Source> all_;
  std::vector<std::uint64_t> kept_;
};

}  // namespace mimus
