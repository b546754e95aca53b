#include "project/text_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace mimus::project {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kComparedLines = 2'000;
constexpr std::size_t kContext = 3;

// A line of the one, the other, or both: '-', '+', ' '.
struct Edit {
  char kind;
  const std::string* line;
};

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    if (end == text.size()) {
      lines.back() += "\n\\ No newline at end of file";
      break;
    }
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The lines between the common beginning and end, along a longest common subsequence.
void compare_middle(const Lines& before, const Lines& after, std::vector<Edit>& edits) {
  const std::size_t width = after.size() + 1;
  // Of the lines from i and j on: how many have the two in common at most.
  std::vector<std::uint16_t> common((before.size() + 1) * width);
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i * width + j] = before[i] == after[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                                                    : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      edits.push_back({' ', &before[i]});
      ++i;
      ++j;
    } else if (j == after.size() || (i < before.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      edits.push_back({'-', &before[i++]});
    } else {
      edits.push_back({'+', &after[j++]});
    }
  }
}

std::string range(std::size_t start, std::size_t count) {
  return std::to_string(count == 0 ? start : start + 1) + "," + std::to_string(count);
}

// Changes with fewer than twice the context between them are told together.
std::string hunks(const std::vector<Edit>& edits) {
  std::string out;
  std::size_t before = 0;  // lines of each that are behind us
  std::size_t after = 0;
  std::size_t at = 0;
  while (true) {
    const auto is_change = [&](std::size_t i) { return edits[i].kind != ' '; };
    std::size_t change = at;
    while (change < edits.size() && !is_change(change)) ++change;
    if (change == edits.size()) return out;
    const std::size_t begin = std::max(at, change - std::min(change, kContext));
    before += begin - at;
    after += begin - at;
    std::size_t end = change;  // behind the last change of the hunk
    for (std::size_t i = change; i < edits.size() && i < end + 2 * kContext + 1; ++i) {
      if (is_change(i)) end = i + 1;
    }
    const std::size_t stop = std::min(edits.size(), end + kContext);
    const auto lines = [&](char side) {
      return static_cast<std::size_t>(std::count_if(edits.begin() + static_cast<std::ptrdiff_t>(begin),
                                                    edits.begin() + static_cast<std::ptrdiff_t>(stop),
                                                    [side](const Edit& edit) { return edit.kind != side; }));
    };
    const std::size_t removed = lines('+');
    const std::size_t added = lines('-');
    out += "@@ -" + range(before, removed) + " +" + range(after, added) + " @@\n";
    for (std::size_t i = begin; i < stop; ++i) out += edits[i].kind + *edits[i].line + "\n";
    before += removed;
    after += added;
    at = stop;
  }
}

}  // namespace

std::string unified_diff(std::string_view before_text, std::string_view after_text) {
  const Lines before = lines_of(before_text);
  const Lines after = lines_of(after_text);
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const Lines removed = middle(before);
  const Lines added = middle(after);
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < head; ++i) edits.push_back({' ', &before[i]});
  if (std::max(removed.size(), added.size()) > kComparedLines) {
    for (const std::string& line : removed) edits.push_back({'-', &line});
    for (const std::string& line : added) edits.push_back({'+', &line});
  } else {
    compare_middle(removed, added, edits);
  }
  for (std::size_t i = before.size() - tail; i < before.size(); ++i) edits.push_back({' ', &before[i]});
  return hunks(edits);
}

}  // namespace mimus::project
