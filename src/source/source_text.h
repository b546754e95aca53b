// SourceText: the text of a source file, decompressed and converted to UTF-8, without byte order mark.
//
// A text of at most FileOptions::load_bytes is in memory or mapped: view() gives all of it. A larger one is read in
// pieces by read_at(), from the file itself or, when it was compressed or converted, from a file without a name in the
// work folder; map() makes its view too. Immutable once open (but for map()), may be read by several threads.
//
// UTF-8 is checked in texts that have a view; large texts of plain files are checked by who reads them first
// (is_checked()).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "source/encoding.h"
#include "source/file_options.h"

namespace mimus {

class SourceText {
 public:
  SourceText() = default;
  ~SourceText();
  SourceText(const SourceText&) = delete;
  SourceText& operator=(const SourceText&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool is_large() const { return is_large_; }
  [[nodiscard]] bool is_checked() const { return is_checked_; }
  // The encoding was given, or told by a mark.
  [[nodiscard]] bool is_certain() const { return is_certain_; }
  // A guess at the encoding, which deserves a warning; else empty.
  [[nodiscard]] const Diagnostics& warnings() const { return warnings_; }

  // Not of large texts, but after map().
  [[nodiscard]] std::string_view view() const { return view_; }
  [[nodiscard]] Status map();

  // Fills `out` with the bytes from `offset` on; false when they cannot be read, or end before.
  [[nodiscard]] bool read_at(std::uint64_t offset, std::span<char> out) const;

 private:
  friend class TextOpening;

  Descriptor file_;          // of large texts, and of mapped ones
  std::uint64_t start_ = 0;  // of the text in the file: after the mark
  std::uint64_t size_ = 0;
  bool is_large_ = false;
  bool is_checked_ = true;
  bool is_certain_ = false;
  std::string memory_;
  std::string_view mapping_;  // the whole file
  std::string_view view_;
  Diagnostics warnings_;
};

// Whether bytes that are not compressed are looked at: expat finds the encoding of XML by itself.
enum class TextConversion { Convert, Keep };

// Fails with source.not_found, source.unreadable, source.encoding, source.compressed, source.too_large,
// source.expansion. `options.encoding`, when given, decides.
[[nodiscard]] Result<std::shared_ptr<SourceText>> open_text(const fs::path& file, const FileOptions& options,
                                                            std::string_view shown_name,
                                                            TextConversion conversion = TextConversion::Convert);

// For a large text that turned out not to be UTF-8 from an offset on: the same, converted from what the bytes there
// look like.
[[nodiscard]] Result<std::shared_ptr<SourceText>> reopen_text(const fs::path& file, const FileOptions& options,
                                                              std::string_view shown_name, const SourceText& text,
                                                              std::uint64_t bad_offset);

}  // namespace mimus
