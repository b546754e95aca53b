#include "statistics/record_sketch.h"

#include <algorithm>

#include "data/gather.h"

namespace mimus::statistics {
namespace {

// What all samples together may keep in the end.
constexpr std::uint64_t kMostValues = 4'000'000;
constexpr std::uint64_t kMostBytesOfOne = std::uint64_t{8} << 20U;   // of one sample
constexpr std::uint64_t kMostBytesOfAll = std::uint64_t{64} << 20U;  // of all

std::uint64_t hash_element(std::uint64_t record, std::uint64_t position) {
  return mix(record + (position + 1) * 0x9e3779b97f4a7c15U);
}

void cut_depth(ColumnNode& node, std::size_t depth, std::size_t most) {
  if (depth >= most) {
    node.fields.clear();
    node.by_name.clear();
    node.elements.reset();
    return;
  }
  for (const auto& field : node.fields) cut_depth(*field, depth + 1, most);
  if (node.elements) cut_depth(*node.elements, depth + 1, most);
}

// Limits the samples of all columns, each of which has this level at least.
template <class Limit>
void limit_samples(ColumnNode& node, std::uint8_t level, const Limit& limit) {
  node.sketch.sample().raise(level);
  limit(node.sketch.sample());
  for (const auto& field : node.fields) limit_samples(*field, level, limit);
  if (node.elements) limit_samples(*node.elements, level, limit);
}

bool is_whole(const Column& column) { return column.valid.empty() && column.present.empty(); }

}  // namespace

void RecordSketch::pick(std::span<const std::uint64_t> hashes, Picked& out) const {
  if (out.rows.size() < hashes.size()) out.rows.resize(hashes.size());
  const std::uint64_t greatest = greatest_hash(level_);
  // Without a branch, which would often be guessed wrong.
  std::size_t count = 0;
  for (std::uint32_t k = 0; k < hashes.size(); ++k) {
    out.rows[count] = k;
    count += hashes[k] <= greatest ? 1 : 0;
  }
  out.levels.resize(count);
  for (std::size_t k = 0; k < count; ++k) out.levels[k] = level_of(hashes[out.rows[k]]);
}

RowIds RecordSketch::ids(std::span<const std::uint64_t> hashes, const Picked& picked) const {
  return {hashes, std::span(picked.rows).first(picked.levels.size()), picked.levels, level_};
}

SampleLevel::SampleLevel(std::uint64_t records) {
  if (records == 0) return;
  std::uint8_t level = 0;
  const auto expected = [&] {
    return static_cast<std::uint64_t>(static_cast<double>(records) * static_cast<double>(greatest_hash(level)) *
                                      0x1p-64);
  };
  if (records > kMostWhole) {
    while (expected() > kMostSampled) ++level;
  }
  level_ = level;
  expected_ = expected();
  expected_ += expected_ / 64;  // chance
}

std::uint64_t SampleLevel::kept(std::uint8_t level) const {
  std::uint64_t records = 0;
  for (std::size_t k = level; k < records_.size(); ++k) records += records_[k].load(std::memory_order_relaxed);
  return records;
}

std::uint8_t SampleLevel::least_for(const SampleLimits& limits) const {
  std::uint8_t level = get();
  std::uint64_t records = kept(level);
  if (level == 0 && records <= limits.all_values) return 0;
  // Other threads may count more in the meantime, of which some may be missed: they will be met again.
  while (records > limits.values && level < kMostLevel) {
    records -= std::min(records, records_[level++].load(std::memory_order_relaxed));
  }
  return level;
}

void SampleLevel::count(std::span<const std::uint8_t> levels) {
  std::array<std::uint32_t, kMostLevel + 1> records{};
  for (const std::uint8_t level : levels) ++records[level];
  for (std::size_t k = get(); k < records.size(); ++k) {
    if (records[k] > 0) records_[k].fetch_add(records[k], std::memory_order_relaxed);
  }
}

void SampleLevel::raise(std::uint8_t level) {
  std::uint8_t known = get();
  while (known < level && !level_.compare_exchange_weak(known, level)) {
  }
}

void RecordSketch::add(const Record& records, std::span<const std::uint64_t> hashes, std::uint64_t place) {
  records_ += hashes.size();
  level_ = std::max(level_, shared_level_->get());
  place_ = {place, 0};
  pick(hashes, picked_);
  shared_level_->count(picked_.levels);
  add_fields(root_, 0, records, ids(hashes, picked_));
  limit();
}

void RecordSketch::add_fields(ColumnNode& node, std::size_t depth, const Record& records, const RowIds& rows) {
  if (records.has_base) add_base(node, depth, records, rows.hashes);
  for (std::size_t f = 0; f < records.fields.size(); ++f) {
    const Field& own = records.fields[f];
    if (ColumnNode* column = field(node, depth, own.name, f)) add_column(*column, depth + 1, own.column, rows);
  }
}

// The entries of the base that no field stands over.
void RecordSketch::add_base(ColumnNode& node, std::size_t depth, const Record& records,
                            std::span<const std::uint64_t> hashes) {
  for (std::size_t row = 0; row < hashes.size(); ++row) {
    if (!records.base.is_present(row) || !records.base.is_valid(row)) continue;
    const bool is_coded = records.base.form == Form::Dictionary;
    const Column& values = is_coded ? *records.base.dictionary : records.base;
    const std::size_t k = is_coded ? records.base.indices[row] : records.base.form == Form::Constant ? 0 : row;
    if (values.type != Type::Dynamic || values.values[k].as_map() == nullptr) continue;
    const ValueMap& map = *values.values[k].as_map();
    for (std::size_t place = 0; place < map.size(); ++place) {
      const auto over = std::ranges::find(records.fields, map[place].first, &Field::name);
      if (over != records.fields.end() && over->column.is_present(row)) continue;
      ColumnNode* column = field(node, depth, map[place].first, place);
      if (column == nullptr) continue;
      column->is_of_base = true;
      add_value(*column, depth + 1, map[place].second, hashes[row]);
    }
  }
}

void RecordSketch::add_column(ColumnNode& node, std::size_t depth, const Column& column, const RowIds& rows) {
  const bool is_deep = column.type == Type::Struct || column.type == Type::List || column.type == Type::Dynamic;
  if (!is_deep) return node.sketch.add(column, rows);
  const std::size_t count = rows.hashes.size();
  if (column.type == Type::Dynamic) {
    const Column& values = column.form == Form::Dictionary ? *column.dictionary : column;
    for (std::size_t row = 0; row < count; ++row) {
      if (!column.is_present(row)) continue;
      if (!column.is_valid(row)) {
        node.sketch.add_null();
        continue;
      }
      const std::size_t k = column.form == Form::Flat ? row : column.form == Form::Constant ? 0 : column.indices[row];
      add_value(node, depth, values.values[k], rows.hashes[row]);
    }
    return;
  }
  if (column.form == Form::Flat && is_whole(column) && column.type == Type::List && column.offsets[0] == 0) {
    return add_lists(node, depth, column, rows.hashes);
  }
  if (column.form == Form::Flat && is_whole(column) && column.type == Type::Struct) {
    node.sketch.add_dicts(count);
    return add_fields(node, depth, *column.record, rows);
  }
  // The rows that have a value, as a column of their own.
  std::vector<std::uint32_t> values;
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t row = 0; row < count; ++row) {
    if (!column.is_present(row)) continue;
    if (!column.is_valid(row)) {
      node.sketch.add_null();
      continue;
    }
    values.push_back(column.form == Form::Flat ? row : column.form == Form::Constant ? 0 : column.indices[row]);
    hashes.push_back(rows.hashes[row]);
  }
  add_picked(node, depth, column.form == Form::Dictionary ? *column.dictionary : column, values, hashes);
}

void RecordSketch::add_picked(ColumnNode& node, std::size_t depth, const Column& column,
                              std::span<const std::uint32_t> picked, std::span<const std::uint64_t> hashes) {
  Column own;
  gather(column, picked, own);
  own.valid.clear();
  own.present.clear();
  own.form = Form::Flat;
  if (own.type == Type::List) return add_lists(node, depth, own, hashes);
  Picked sampled;
  pick(hashes, sampled);
  node.sketch.add_dicts(picked.size());
  add_fields(node, depth, *own.record, ids(hashes, sampled));
}

void RecordSketch::add_lists(ColumnNode& node, std::size_t depth, const Column& column,
                             std::span<const std::uint64_t> hashes) {
  std::vector<std::uint64_t> own;
  own.reserve(column.offsets[hashes.size()]);
  for (std::size_t row = 0; row < hashes.size(); ++row) {
    const std::uint32_t length = column.offsets[row + 1] - column.offsets[row];
    node.sketch.add_list(length);
    for (std::uint32_t k = 0; k < length; ++k) own.push_back(hash_element(hashes[row], k));
  }
  ColumnNode* inner = elements(node, depth);
  if (inner == nullptr) return;
  inner->sketch.add_dicts(own.size());
  Picked picked;
  pick(own, picked);
  add_fields(*inner, depth + 1, *column.record, ids(own, picked));
}

void RecordSketch::add_value(ColumnNode& node, std::size_t depth, const Value& value, std::uint64_t hash) {
  const ValueMap* map = value.as_map();
  if (const auto* dotable = value.as_dotable()) map = dotable->get();
  if (map != nullptr) {
    node.sketch.add_dicts(1);
    for (std::size_t place = 0; place < map->size(); ++place) {
      const auto& [name, entry] = (*map)[place];
      if (ColumnNode* column = field(node, depth, name, place)) add_value(*column, depth + 1, entry, hash);
    }
    return;
  }
  const ValueList* list = value.as_list();
  if (list == nullptr) list = value.as_tuple();
  if (list == nullptr) list = value.as_set();
  if (list == nullptr) return node.sketch.add(value, hash);
  node.sketch.add_list(list->size());
  ColumnNode* inner = elements(node, depth);
  if (inner == nullptr) return;
  for (std::size_t k = 0; k < list->size(); ++k) add_value(*inner, depth + 1, (*list)[k], hash_element(hash, k));
}

ColumnNode* RecordSketch::field(ColumnNode& node, std::size_t depth, std::string_view name, std::size_t place) {
  if (depth >= depth_) return nullptr;
  if (place < node.fields.size() && node.fields[place]->name == name) return node.fields[place].get();
  // They will not stay: see limit().
  if (nodes_[depth + 1] > kMostColumns) return nullptr;
  const auto known = node.by_name.find(name);
  if (known != node.by_name.end()) return known->second;
  ++nodes_[depth + 1];
  auto made = std::make_unique<ColumnNode>();
  made->name = name;
  made->first = {place_.first, place_.second++};
  made->sketch.sample().raise(level_);
  if (depth == 0) made->sketch.sample().reserve(shared_level_->expected());
  node.by_name.emplace(made->name, made.get());
  return node.fields.emplace_back(std::move(made)).get();
}

ColumnNode* RecordSketch::elements(ColumnNode& node, std::size_t depth) {
  if (depth >= depth_) return nullptr;
  if (!node.elements) {
    node.elements = std::make_unique<ColumnNode>();
    node.elements->sketch.sample().raise(level_);
    ++nodes_[depth + 1];
  }
  return node.elements.get();
}

// Depth, level and samples as the numbers of columns and records want them. Each of the three moves one way only, by
// what there is in all: so it does not matter when this is called.
void RecordSketch::limit() {
  std::size_t nodes = 0;
  for (std::size_t depth = 1; depth <= depth_; ++depth) {
    nodes += nodes_[depth];
    if (nodes <= kMostColumns) continue;
    nodes -= nodes_[depth];
    depth_ = depth - 1;
    cut_depth(root_, 0, depth_);
  }
  const auto columns = static_cast<std::uint64_t>(std::max<std::size_t>(nodes, 1));
  limits_.values = std::min(kMostSampled, kMostValues / columns);
  limits_.all_values = std::min(kMostWhole, 2 * kMostValues / columns);
  limits_.text_bytes = std::min(kMostBytesOfOne, kMostBytesOfAll / columns);
  if (shared_level_->kept(shared_level_->get()) > 2 * limits_.values)
    shared_level_->raise(shared_level_->least_for(limits_));
  level_ = std::max(level_, shared_level_->get());
  limit_samples(root_, level_, [&](Sample& sample) { sample.stay_near(limits_); });
}

void RecordSketch::finish() {
  limit();
  level_ = std::max(level_, shared_level_->least_for(limits_));
  limit_samples(root_, level_, [&](Sample& sample) { sample.keep_to(limits_); });
}

void RecordSketch::merge(RecordSketch other) {
  if (records_ == 0) {
    *this = std::move(other);
    return;
  }
  records_ += other.records_;
  level_ = std::max(level_, other.level_);
  if (other.depth_ < depth_) {
    depth_ = other.depth_;
    cut_depth(root_, 0, depth_);
  }
  merge(root_, 0, other.root_);
  limit();
}

void RecordSketch::merge(ColumnNode& into, std::size_t depth, const ColumnNode& from) {
  into.sketch.merge(from.sketch);
  for (std::size_t place = 0; place < from.fields.size(); ++place) {
    ColumnNode* own = field(into, depth, from.fields[place]->name, place);
    if (own == nullptr) continue;
    own->is_of_base = own->is_of_base || from.fields[place]->is_of_base;
    own->first = std::min(own->first, from.fields[place]->first);
    merge(*own, depth + 1, *from.fields[place]);
  }
  if (!from.elements) return;
  if (ColumnNode* own = elements(into, depth)) merge(*own, depth + 1, *from.elements);
}

}  // namespace mimus::statistics
