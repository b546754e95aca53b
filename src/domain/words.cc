#include "domain/words.h"

#include "generator/words.h"

namespace mimus {
namespace {

// Syllables where a name has no Latin letters.
void append_name(std::string& out, Draws& draws, std::string_view latin) {
  if (latin.empty()) {
    append_syllables(out, draws, 3);
  } else {
    out += latin;
  }
}

void append_local_part(const Cell& cell, std::string& out, std::uint64_t kind) {
  if (kind == 3) {
    const std::size_t start = out.size();
    append_name(out, cell.draws, cell.text(0));
    out.resize(start + 1);
  } else {
    append_name(out, cell.draws, cell.text(0));
    if (kind == 0) out += '_';
    if (kind == 1) out += '.';
  }
  append_name(out, cell.draws, cell.text(1));
}

void append_email(const Cell& cell, std::string& out) {
  // One draw decides on both kinds: 4 ways to join the names, 3 kinds of domains.
  const std::uint64_t kind = cell.draws.below(12);
  append_local_part(cell, out, kind & 3U);
  out += '@';
  if (kind < 4) {
    out += cell.pick(0);
    return;
  }
  if (kind < 8) {
    const std::uint64_t draw = cell.draws.next();
    append_letters(out, cell.draws, 4 + bounded(draw, 9), 'a');
  } else {
    append_plain(out, cell.pick(2));
    append_plain(out, cell.pick(3));
  }
  out += '.';
  out += cell.pick(1);
}

}  // namespace

std::function<void(Making&)> mobile_number() {
  return texts(
      [](const Cell& cell, std::string& out) {
        const std::string_view mask = cell.pick(0);
        append_phone(out, cell.draws, calling_code(cell.making().entity()), mask, 3);
      },
      true);
}

std::function<void(Making&)> company_name() {
  return texts([](const Cell& cell, std::string& out) {
    out += cell.pick(0);
    out += cell.pick(1);
  });
}

std::function<void(Making&)> email_address() { return texts(append_email); }

}  // namespace mimus
