// <reference>, for a batch.
#include "run/evaluate.h"

namespace mimus {

std::optional<RowFailure> Evaluation::run_step(const ReferencePlan& reference, LevelRows& rows) {
  Column& out = column(reference.place);
  const std::size_t count = rows.rows.count;
  const std::uint64_t length = reference.values->size;
  out.reset(reference.values->type, count);
  std::uint32_t* indices = out.make_indices(reference.values);
  std::optional<Permutation> order;
  std::size_t list = SIZE_MAX;  // the row around the list that `order` is of
  Failure failure;
  for (std::size_t k = 0; k < count; ++k) {
    if (!reference.unique) {
      indices[k] = static_cast<std::uint32_t>(bounded(reference.stream.draw(rows.rows[k]), length));
      continue;
    }
    const std::size_t around = rows.parents == nullptr ? 0 : rows.parents[k];
    if (!order || around != list) {
      order.emplace(reference.stream, rows.parents == nullptr ? Row{} : rows.parent->rows[around], length);
      list = around;
    }
    const std::uint64_t position = rows.rows.position(k);
    indices[k] = position < length ? static_cast<std::uint32_t>((*order)(position)) : 0;
    if (position >= length && !failure) {
      failure = RowFailure{k,
                           {.code = "reference.exhausted",
                            .message = reference.label + " cannot give value number " + std::to_string(position + 1) +
                                       " without a repetition: there are only " + std::to_string(length),
                            .hint = "unique=\"false\", or fewer records",
                            .where = reference.at}};
    }
  }
  mask_bound(rows, out);
  return failure;
}

}  // namespace mimus
