#include "generator/internet_names.h"

#include "base/text.h"

namespace mimus {

void append_domain(std::string& out, Draws& draws, const Words& words) {
  switch (draws.below(3)) {
    case 0:
      out += words.draw(WordKind::Webmail, draws);
      return;
    case 1:
      append_letters(out, draws, 4 + draws.below(9), 'a');
      break;
    default:
      append_plain(out, words.draw(WordKind::CompanyStart, draws));
      append_plain(out, words.draw(WordKind::CompanyEnd, draws));
  }
  out += '.';
  out += words.draw(WordKind::TopLevel, draws);
}

std::vector<NumberedForm> domain_forms(const std::shared_ptr<const Words>& words, const std::string& before) {
  const auto ends = distinct_words(words->list(WordKind::TopLevel).table().first_texts());
  std::vector<NumberedForm> out;
  for (std::size_t letters = 4; letters <= 12; ++letters) {
    out.push_back({[words, before, ends, letters](Draws& draws, std::string& text) {
      text += before;
      append_letters(text, draws, letters, 'a');
      text.append(".").append(ends[draws.below(ends.size())]);
    }});
  }
  return out;
}

std::vector<std::string> plain_company_names(const Words& words) {
  std::vector<std::string> out;
  for (const std::string_view start : distinct_words(words.list(WordKind::CompanyStart).table().first_texts())) {
    for (const std::string_view end : distinct_words(words.list(WordKind::CompanyEnd).table().first_texts())) {
      append_plain(out.emplace_back(), start);
      append_plain(out.back(), end);
    }
  }
  return out;
}

void append_mailbox(std::string& out, Draws& draws, std::string_view given, std::string_view family) {
  switch (draws.below(4)) {
    case 0:
      out.append(given).append("_").append(family);
      return;
    case 1:
      out.append(given).append(".").append(family);
      return;
    case 2:
      out.append(given).append(family);
      return;
    default: {
      std::size_t i = 0;
      if (!given.empty()) (void)next_code_point(given, i);
      out.append(given.substr(0, i)).append(family);
    }
  }
}

std::string latin_given_name(Draws& draws, const Words& words) {
  return words.draw_latin(draws.below(2) == 0 ? WordKind::GivenMale : WordKind::GivenFemale, draws);
}

std::string latin_family_name(Draws& draws, const Words& words) {
  return words.draw_latin(draws.below(2) == 0 ? WordKind::FamilyMale : WordKind::FamilyFemale, draws);
}

}  // namespace mimus
