// XmlWriter: records as XML elements, nested ones included. bind() once a batch, then write() for its rows. One object
// a thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "base/number.h"
#include "data/record.h"
#include "target/cell.h"
#include "target/xml_notation.h"

namespace mimus {

// Finished values of dictionaries; they differ by the word for null.
struct XmlCaches {
  EntryCache top, nested;
};

class XmlWriter {
 public:
  // The record is borrowed until the next call; `caches` outlives the writer. `top`: the record is no part of another.
  void bind(const Record& record, std::string_view element, bool top, XmlCaches& caches);

  // Writes row `row` as an element at `p`, which lies in `out`; returns the end, also in `out`.
  [[nodiscard]] char* write(char* p, Buffer& out, std::size_t row, XmlProblem& problem);

 private:
  enum class Role : std::uint8_t { Child, Attribute, Text };
  struct Cell {
    CellSource source;
    Role role = Role::Child;
    bool named = true;  // XML allows the name
    std::string name, open, close;
    std::unique_ptr<XmlWriter> nested;
  };

  void bind_cell_of(const Field& field, Cell& cell, XmlCaches& caches);
  void bind_entries(const Field& field, Cell& cell, XmlCaches& caches);
  [[nodiscard]] char* write_attributes(char* p, Buffer& out, std::size_t row, XmlProblem& problem);
  [[nodiscard]] char* write_child(char* p, Buffer& out, Cell& cell, std::size_t row, XmlProblem& problem);
  [[nodiscard]] char* write_value(char* p, Buffer& out, const Cell& cell, std::size_t row, XmlProblem& problem);
  [[nodiscard]] char* write_general(char* p, Buffer& out, const Cell& cell, std::size_t row, XmlProblem& problem);
  [[nodiscard]] char* append(char* p, Buffer& out, std::string_view text) const;

  const Record* record_ = nullptr;
  bool top_ = false;
  bool has_markup_ = false;  // attributes or a text of its own
  std::string element_, open_, close_;
  std::vector<Cell> cells_;
  std::size_t room_ = 0;  // bytes that one row needs at most, texts and nested records left out
  std::string scratch_;
};

}  // namespace mimus
