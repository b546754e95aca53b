#include "run/table_lane.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {

TableLane::TableLane(RunContext& context, const ProductPlan& product, const TableTarget& target, bool at_end)
    : context_(context),
      product_(product),
      target_(target),
      at_end_(at_end),
      spool_(context.options.out.parent_path()) {}

Status TableLane::write(const Piece& piece) {
  const std::string_view bytes = piece.bytes.view();
  MIMUS_TRY(context_.count_bytes(bytes.size()));
  std::size_t start = 0;
  for (std::size_t row = 0; row < piece.ends.size();) {
    const std::uint64_t room = at_end_ ? UINT64_MAX : product_.page_size - waiting_;
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(piece.ends.size() - row, room));
    const std::size_t end = piece.ends[row + count - 1];
    MIMUS_TRY(spool_.append(bytes.substr(start, end - start)));
    waiting_ += count;
    row += count;
    start = end;
    if (!at_end_ && waiting_ == product_.page_size) {
      MIMUS_TRY(write_page(waiting_));
      spool_.clear();
    }
  }
  return {};
}

Status TableLane::publish(std::vector<Artifact>&) {
  while (waiting_ > 0) MIMUS_TRY(write_page(std::min(waiting_, product_.page_size)));
  spool_.clear();
  return commit();
}

Status TableLane::settle() {
  while (waiting_ >= product_.page_size) MIMUS_TRY(write_page(product_.page_size));
  return commit();
}

Status TableLane::commit() {
  auto done = target_.database().commit();
  if (!done) done.error().where = product_.at;
  return done;
}

Status TableLane::write_page(std::uint64_t rows) {
  SpooledRows stream(spool_, rows);
  auto failure = target_.database().insert(target_.table(), stream);
  if (!failure) {
    waiting_ -= rows;
    written_ += rows;
    return {};
  }
  Diagnostic& finding = failure->finding;
  if (finding.code == "database.sql") {
    finding.code = "database.row";
    finding.message = "the table '" + target_.table().name + "' does not take record " +
                      std::to_string(written_ + failure->row + 1) + " of <generate> '" + product_.name +
                      "': " + finding.message;
  }
  finding.where = product_.at;
  return fail(std::move(finding));
}

}  // namespace mimus
