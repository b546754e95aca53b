#include "pack/pack.h"

#include <bit>
#include <cstring>

#include "pack/embedded.h"

namespace mimus {
namespace {

static_assert(std::endian::native == std::endian::little, "cells are read where they lie");

constexpr std::string_view kMagic = "mimuspk1";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeader = 40, kEntry = 16;
enum CellType : std::uint32_t { kText = 0, kInt = 1, kFloat = 2 };

std::size_t width_of(std::uint32_t type) { return type == kText ? 4 : 8; }

std::unexpected<Diagnostic> invalid(const std::string& what) {
  return fail("pack.invalid", "invalid data pack: " + what, "packs are made by `mimus pack`");
}

}  // namespace

std::string_view PackTexts::operator[](std::size_t row) const {
  std::uint16_t length = 0;
  const char* text = strings_ + cells_[row];
  std::memcpy(&length, text, sizeof length);
  return {text + sizeof length, length};
}

std::uint32_t Pack::word(std::size_t offset) const {
  std::uint32_t out = 0;
  std::memcpy(&out, bytes_.data() + offset, sizeof out);
  return out;
}

std::uint64_t Pack::long_word(std::size_t offset) const {
  std::uint64_t out = 0;
  std::memcpy(&out, bytes_.data() + offset, sizeof out);
  return out;
}

std::string_view Pack::string(std::uint32_t offset) const {
  return PackTexts({&offset, 1}, bytes_.data() + strings_)[0];
}

bool Pack::is_string(std::uint32_t offset) const {
  if (strings_size_ < 2 || offset > strings_size_ - 2) return false;
  std::uint16_t length = 0;
  std::memcpy(&length, bytes_.data() + strings_ + offset, sizeof length);
  return length <= strings_size_ - 2 - offset;
}

Result<Pack> Pack::read_header(std::string_view bytes) {
  Pack out;
  out.bytes_ = bytes;
  if (bytes.size() < kHeader || !bytes.starts_with(kMagic)) return invalid("it does not start as one");
  if (out.word(8) != kVersion) return invalid("its version is " + std::to_string(out.word(8)) + ", not 1");
  out.tables_ = out.word(12);
  out.columns_ = out.word(16);
  out.strings_size_ = out.word(20);
  out.strings_ = out.long_word(24);
  if (out.long_word(32) != bytes.size()) return invalid("its size is another one than it says");
  if (out.strings_ > bytes.size() || out.strings_size_ > bytes.size() - out.strings_) return invalid("no strings");
  if ((out.tables_ + out.columns_) * kEntry > bytes.size() - kHeader) return invalid("its directory is too large");
  return out;
}

Result<Pack> Pack::open(std::string_view bytes) {
  MIMUS_ASSIGN(const Pack out, read_header(bytes));
  MIMUS_TRY(out.check());
  return out;
}

Status Pack::check() const {
  if (std::bit_cast<std::uintptr_t>(bytes_.data()) % 8 != 0) return invalid("its bytes are not aligned");
  std::string_view before;
  for (std::size_t table = 0; table < tables_; ++table) {
    const std::size_t entry = kHeader + table * kEntry;
    if (!is_string(word(entry))) return invalid("a table has no name");
    const std::string_view name = string(word(entry));
    if (table > 0 && name <= before) return invalid("its tables are not sorted by name");
    before = name;
    const std::size_t rows = word(entry + 4), first = word(entry + 12), count = word(entry + 8);
    if (first > columns_ || count > columns_ - first)
      return invalid("table '" + std::string(name) + "' has no columns");
    for (std::size_t column = first; column < first + count; ++column) {
      const std::size_t place = kHeader + tables_ * kEntry + column * kEntry;
      const std::uint32_t type = word(place + 4);
      const std::uint64_t cells = long_word(place + 8);
      if (!is_string(word(place)) || type > kFloat || cells % 8 != 0 || cells > bytes_.size() ||
          rows > (bytes_.size() - cells) / width_of(type)) {
        return invalid("a column of table '" + std::string(name) + "' is no column");
      }
      for (std::size_t row = 0; type == kText && row < rows; ++row) {
        if (!is_string(word(cells + row * 4))) return invalid("a cell of table '" + std::string(name) + "' is no text");
      }
    }
  }
  return {};
}

const Pack& Pack::built_in() {
  // Its bytes are a part of the program, as the build has made them: the tests check them, not every run.
  static const Pack kPack = read_header(embedded_pack()).value();
  return kPack;
}

std::size_t Pack::find(std::string_view name) const {
  std::size_t low = 0, high = tables_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (string(word(kHeader + middle * kEntry)) < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < tables_ && string(word(kHeader + low * kEntry)) == name ? low : tables_;
}

Result<std::shared_ptr<const Pack>> Pack::layered(std::string_view bytes, std::shared_ptr<const Pack> below) {
  struct Layer {
    std::vector<std::uint64_t> words;  // aligned as cells must be
    Pack pack;
    std::shared_ptr<const Pack> below;
  };
  auto layer = std::make_shared<Layer>(
      Layer{.words = std::vector<std::uint64_t>(bytes.size() / 8 + 1), .pack = {}, .below = std::move(below)});
  std::memcpy(layer->words.data(), bytes.data(), bytes.size());
  MIMUS_ASSIGN(layer->pack, open({reinterpret_cast<const char*>(layer->words.data()), bytes.size()}));
  layer->pack.below_ = layer->below ? layer->below.get() : &built_in();
  const Pack* pack = &layer->pack;
  return std::shared_ptr<const Pack>(std::move(layer), pack);
}

std::vector<std::string_view> Pack::table_names() const {
  std::vector<std::string_view> out;
  for (std::size_t table = 0; table < tables_; ++table) out.push_back(string(word(kHeader + table * kEntry)));
  return out;
}

bool Pack::has(std::string_view name) const { return find(name) < tables_ || (below_ != nullptr && below_->has(name)); }

PackTable Pack::table(std::string_view name) const {
  PackTable out;
  const std::size_t known = find(name);
  if (known == tables_) return below_ == nullptr ? out : below_->table(name);
  const std::size_t entry = kHeader + known * kEntry;
  out.pack_ = this;
  out.rows_ = word(entry + 4);
  out.columns_ = word(entry + 8);
  out.first_ = word(entry + 12);
  return out;
}

std::size_t PackTable::cells_of(std::string_view column, std::uint32_t type) const {
  if (pack_ == nullptr) return std::string_view::npos;
  const std::size_t start = kHeader + (pack_->tables_ + first_) * kEntry;
  for (std::size_t place = start; place < start + columns_ * kEntry; place += kEntry) {
    if (pack_->word(place + 4) == type && pack_->string(pack_->word(place)) == column) {
      return pack_->long_word(place + 8);
    }
  }
  return std::string_view::npos;
}

std::vector<PackTable::ColumnName> PackTable::columns() const {
  std::vector<ColumnName> out;
  if (pack_ == nullptr) return out;
  const std::size_t start = kHeader + (pack_->tables_ + first_) * kEntry;
  for (std::size_t place = start; place < start + columns_ * kEntry; place += kEntry) {
    out.push_back({pack_->string(pack_->word(place)), static_cast<ColumnType>(pack_->word(place + 4))});
  }
  return out;
}

PackTexts PackTable::texts(std::string_view column) const {
  const std::size_t at = cells_of(column, kText);
  if (at == std::string_view::npos) return {};
  const char* bytes = pack_->bytes_.data();
  return {{reinterpret_cast<const std::uint32_t*>(bytes + at), rows_}, bytes + pack_->strings_};
}

PackTexts PackTable::first_texts() const {
  if (pack_ == nullptr) return {};
  const std::size_t start = kHeader + (pack_->tables_ + first_) * kEntry;
  for (std::size_t place = start; place < start + columns_ * kEntry; place += kEntry) {
    if (pack_->word(place + 4) == kText) return texts(pack_->string(pack_->word(place)));
  }
  return {};
}

std::span<const std::int64_t> PackTable::ints(std::string_view column) const {
  const std::size_t at = cells_of(column, kInt);
  if (at == std::string_view::npos) return {};
  return {reinterpret_cast<const std::int64_t*>(pack_->bytes_.data() + at), rows_};
}

std::span<const double> PackTable::floats(std::string_view column) const {
  const std::size_t at = cells_of(column, kFloat);
  if (at == std::string_view::npos) return {};
  return {reinterpret_cast<const double*>(pack_->bytes_.data() + at), rows_};
}

Dataset::Dataset(const Pack& pack, std::string_view code) : pack_(&pack), code_(code) {
  for (char& c : code_) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const PackTable all = pack.table("dataset");
  const PackTexts codes = all.texts("code");
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] == code_) language_ = all.texts("language")[row];
  }
}

PackTable Dataset::table(std::string_view kind) const {
  const std::string name(kind);
  for (const std::string& one : {name + "/" + code_, name + "/" + language_, name}) {
    if (pack_->has(one)) return pack_->table(one);
  }
  return pack_->table(name + "/US");
}

}  // namespace mimus
