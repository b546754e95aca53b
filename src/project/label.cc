#include "project/label.h"

#include "base/text.h"

namespace mimus::project {

Status check_label(std::string_view text, const std::string& code) {
  constexpr std::size_t kBytes = 200;
  if (trim(text).empty()) return fail(code, "the name is empty");
  if (text.size() > kBytes) return fail(code, "the name has more than " + std::to_string(kBytes) + " bytes");
  if (!is_utf8(text)) return fail(code, "the name is not UTF-8");
  // Also characters that turn the direction of writing: they make a name look like another.
  if (escape_controls(text) != text) {
    return fail(code, "the name '" + escape_controls(text) + "' holds a control character");
  }
  return {};
}

}  // namespace mimus::project
