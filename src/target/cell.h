// CellSource: where the value of one column for a row lies, found out once a batch, so that the loop over rows needs
// one switch a cell. Shared by the encoders of all notations.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/column.h"

namespace mimus {

enum class CellKind : std::uint8_t {
  Null,
  Entries,
  Bool,
  Int,
  Scaled,
  Float,
  Time,
  Text,
  CleanText,
  Dynamic,
  Struct,
  List
};

// The values of a dictionary (or of a constant) as finished bytes.
struct CellEntries {
  std::shared_ptr<const Column> dictionary;  // kept alive, so that its address stays its own
  std::vector<char> bytes;                   // with room for kCopy bytes read behind each entry
  std::vector<std::uint32_t> starts;         // of each entry, and the end
  std::size_t longest = 0;
  bool has_absent = false;
  bool complete = true;  // every value can be written in the notation

  // Entries are copied in steps of so many bytes.
  static constexpr std::size_t kCopy = 16;
};

struct CellSource {
  CellKind kind = CellKind::Null;
  std::uint8_t scale = 0;
  bool masked = false;  // `present` or `valid` must be looked at
  const std::uint8_t* present = nullptr;
  const std::uint8_t* valid = nullptr;
  const std::uint32_t* indices = nullptr;  // row -> value, in a dictionary
  bool constant = false;                   // value 0 stands for every row
  const Column* values = nullptr;          // the flat column that holds the values
  const CellEntries* entries = nullptr;

  // Which value of `values` (or `entries`) stands in a row.
  [[nodiscard]] std::size_t at(std::size_t row) const {
    if (indices != nullptr) return indices[row];
    return constant ? 0 : row;
  }
  [[nodiscard]] bool is_present(std::size_t row) const {
    if (present != nullptr && present[row] == 0) return false;
    return indices == nullptr || values->present.empty() || values->present[indices[row]] != 0;
  }
  [[nodiscard]] bool is_valid(std::size_t row) const {
    if (valid != nullptr && valid[row] == 0) return false;
    return indices == nullptr || values->valid.empty() || values->valid[indices[row]] != 0;
  }
};

// Without entries: those are made by the encoder for its own notation.
[[nodiscard]] CellSource bind_cell(const Column& column);

// Dictionaries up to this size are worth finished bytes for each value.
inline constexpr std::size_t kMaxEntries = 1U << 14U;

// Finished bytes by dictionary, for the life of an encoder's state.
class EntryCache {
 public:
  // Forgets all when there are too many. To be called before a batch is bound, since what was given out goes.
  void trim() {
    if (all_.size() >= kMaxDictionaries) all_.clear();
  }

  // The entries of a dictionary; `append(out, k)` writes value k when they are not known yet, and tells whether the
  // notation can hold it.
  template <class Append>
  const CellEntries* entries_of(const std::shared_ptr<const Column>& dictionary, Append&& append) {
    for (const auto& known : all_) {
      if (known->dictionary == dictionary) return known.get();
    }
    auto made = std::make_unique<CellEntries>();
    made->dictionary = dictionary;
    std::string bytes;
    for (std::size_t k = 0; k < dictionary->size; ++k) {
      made->starts.push_back(static_cast<std::uint32_t>(bytes.size()));
      made->has_absent = made->has_absent || !dictionary->is_present(k);
      made->complete = append(bytes, k) && made->complete;
      made->longest = std::max(made->longest, bytes.size() - made->starts.back());
    }
    made->starts.push_back(static_cast<std::uint32_t>(bytes.size()));
    made->bytes.assign(bytes.begin(), bytes.end());
    made->bytes.resize(bytes.size() + CellEntries::kCopy);
    all_.push_back(std::move(made));
    return all_.back().get();
  }

 private:
  static constexpr std::size_t kMaxDictionaries = 256;
  std::vector<std::unique_ptr<CellEntries>> all_;
};

// Copies entry k to `out`, which must have room for it and kCopy bytes more; returns its end.
inline char* put_entry(char* out, const CellEntries& entries, std::size_t k) {
  const std::uint32_t start = entries.starts[k];
  const std::size_t size = entries.starts[k + 1] - start;
  const char* from = entries.bytes.data() + start;
  std::size_t done = 0;
  do {
    __builtin_memcpy(out + done, from + done, CellEntries::kCopy);
    done += CellEntries::kCopy;
  } while (done < size);
  return out + size;
}

}  // namespace mimus
