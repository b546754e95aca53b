#include "source/batch_storage.h"

namespace mimus {
namespace {

std::uint64_t memory_of(const Value& value) {
  std::uint64_t bytes = sizeof value;
  const auto add_items = [&](const ValueList* items) {
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) bytes += memory_of((*items)[i]);
  };
  if (const std::string* text = value.as_text()) bytes += text->size();
  add_items(value.as_list());
  add_items(value.as_tuple());
  add_items(value.as_set());
  if (const ValueMap* map = value.as_map()) {
    for (const auto& [name, entry] : *map) bytes += sizeof(std::string) + name.size() + memory_of(entry);
  }
  return bytes;
}

std::uint64_t memory_of(const Column& column) {
  std::uint64_t bytes = sizeof column + column.present.size() + column.valid.size() + column.bools.size() +
                        column.ints.size() * 8 + column.floats.size() * 8 +
                        column.texts.size() * sizeof(std::string_view) + column.arena.size() +
                        column.indices.size() * 4 + column.offsets.size() * 4;
  for (const Value& value : column.values) bytes += memory_of(value);
  if (column.record) bytes += mimus::memory_of(*column.record);
  return bytes;
}

}  // namespace

std::uint64_t memory_of(const Record& record) {
  std::uint64_t bytes = sizeof record + (record.has_base ? memory_of(record.base) : 0);
  for (const Field& field : record.fields) bytes += memory_of(field.column);
  return bytes;
}

Result<StoredBatch> BatchStorage::keep(std::shared_ptr<const Record> batch) {
  // Once over the budget, what comes later goes to the file.
  if (!file_) {
    const std::uint64_t bytes = memory_of(*batch);
    if (budget_->take(bytes)) {
      const Record* record = batch.get();
      return StoredBatch{std::shared_ptr<const Record>(record, [owner = std::move(batch), budget = budget_,
                                                                bytes](const Record*) { budget->give_back(bytes); }),
                         nullptr};
    }
    MIMUS_ASSIGN(file_, SpillFile::create(folder_));
  }
  StoredBatch out;
  MIMUS_ASSIGN(out.spilled, file_->append(*batch));
  return out;
}

}  // namespace mimus
