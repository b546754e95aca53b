#include "source/snapshot.h"

#include <algorithm>

#include "source/memstore.h"
#include "source/table.h"

namespace mimus {
namespace {

class Snapshot final : public Source {
 public:
  Snapshot(std::shared_ptr<BatchStorage> storage, std::shared_ptr<const Source> rows)
      : storage_(std::move(storage)), rows_(std::move(rows)) {}

  [[nodiscard]] std::uint64_t length() const override { return rows_->length(); }
  [[nodiscard]] const std::vector<std::string>& names() const override { return rows_->names(); }
  [[nodiscard]] bool has_base() const override { return rows_->has_base(); }
  void read(std::span<const std::uint64_t> rows, Record& out) const override { rows_->read(rows, out); }
  [[nodiscard]] Status status() const override { return storage_->status(); }

 private:
  std::shared_ptr<BatchStorage> storage_;
  std::shared_ptr<const Source> rows_;
};

// Names that no field can have are read from maps.
std::shared_ptr<const Record> as_maps(const Record& rows) {
  auto out = std::make_shared<Record>();
  out->rows = rows.rows;
  out->has_base = true;
  out->base.reset(Type::Dynamic, rows.rows);
  out->base.values.reserve(rows.rows);
  for (std::size_t k = 0; k < rows.rows; ++k) out->base.values.push_back(map_at(rows, k));
  return out;
}

}  // namespace

SnapshotBuilder::SnapshotBuilder(std::shared_ptr<MemoryBudget> budget, const fs::path& folder)
    : storage_(std::make_shared<BatchStorage>(std::move(budget), folder)) {}

Status SnapshotBuilder::add(std::shared_ptr<const Record> rows) {
  if (!std::ranges::all_of(rows->fields, [](const Field& field) { return is_field_name(field.name); })) {
    rows = as_maps(*rows);
  }
  MIMUS_ASSIGN(StoredBatch batch, storage_->keep(std::move(rows)));
  batches_.push_back(std::move(batch));
  return {};
}

std::shared_ptr<const Source> SnapshotBuilder::finish() {
  MemoryStore store;
  store.append({}, batches_);
  return std::make_shared<Snapshot>(std::move(storage_), store.open({}));
}

}  // namespace mimus
