// LargeSource: what sources that are read by an index have in common.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "source/row_index.h"
#include "source/source.h"

namespace mimus {

class LargeSource : public Source {
 public:
  [[nodiscard]] std::uint64_t length() const override { return index_.rows(); }
  [[nodiscard]] Status status() const override {
    if (!has_failed_) return {};
    return fail("source.unreadable", "'" + shown_name_ + "' has changed since it was opened, or cannot be read");
  }

 protected:
  LargeSource(std::shared_ptr<const SourceText> text, RowIndex index, std::string shown_name)
      : text_(std::move(text)), index_(std::move(index)), shown_name_(std::move(shown_name)) {}

  // `rows` ascend. False when they cannot be read; then status() fails from now on.
  bool read_rows(const RowSplitter& splitter, std::span<const std::uint64_t> rows,
                 const std::function<void(std::string_view)>& take) const {
    const bool good = index_.read(*text_, splitter, rows, take);
    if (!good) has_failed_ = true;
    return good;
  }
  void set_failed() const { has_failed_ = true; }

  static void fill_absent(std::size_t rows, Column& out) {
    out.reset(Type::Null, rows);
    out.present.assign(rows, 0);
  }

 private:
  std::shared_ptr<const SourceText> text_;
  RowIndex index_;
  std::string shown_name_;
  mutable std::atomic<bool> has_failed_ = false;
};

}  // namespace mimus
