// Path: the identity of an element in a descriptor, from which its random streams are made.
//
// Per step the tag, the name, and the ordinal among the siblings of the same tag and name. Steps are written with the
// lengths of their parts, so that no character in a name makes two paths equal. Part of every user's data: the form
// never changes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mimus {

class Path {
 public:
  [[nodiscard]] Path child(std::string_view tag, std::string_view name, std::size_t ordinal) const {
    Path next = *this;
    next.text_ += std::to_string(tag.size()) + ':' + std::string(tag) + std::to_string(name.size()) + ':' +
                  std::string(name) + '#' + std::to_string(ordinal) + '/';
    return next;
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace mimus
