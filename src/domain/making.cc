#include "domain/making.h"

#include <cassert>

#include "domain/picking.h"

namespace mimus {

Making::Making(EntityBatch& batch, std::size_t attribute)
    : batch_(batch),
      attribute_(attribute),
      declaration_(batch.entity_->attribute(attribute)),
      stream_(batch.stream_.sub(declaration_.name)),
      out_(batch.columns_[attribute]) {}

const std::vector<std::uint64_t>& Making::first_draws() {
  if (draws_.empty()) {
    draws_.resize(count());
    stream_.fill(rows(), 0, draws_.data());
  }
  return draws_;
}

const Column& Making::need(std::size_t place) {
  const auto& need = batch_.entity_->needs_[attribute_][place];
  return need.inner ? batch_.part(need.attribute).column(*need.inner) : batch_.column(need.attribute);
}

void Making::fill_part(std::string_view attribute, Column& out) {
  const auto& attributes = entity().declaration().attributes;
  const auto known = std::ranges::find(attributes, attribute, &AttributeDeclaration::name);
  assert(known != attributes.end());
  fill_record(batch_.part(static_cast<std::size_t>(known - attributes.begin())), count(), out);
}

const Choice& Making::choice(std::size_t place) { return batch_.choice(declaration_.choices[place]); }

std::shared_ptr<const Column> Making::words(std::size_t place, std::string_view column) {
  const std::string_view kind = declaration_.choices[place];
  return batch_.words(std::string(kind) + "/" + std::string(column), {entity().dataset().table(kind).texts(column)});
}

std::shared_ptr<const Column> Making::all_words(std::string_view column) {
  std::string name(column);
  std::vector<PackTexts> lists;
  for (const std::string_view kind : declaration_.choices) {
    name += "+" + std::string(kind);
    lists.push_back(entity().dataset().table(kind).texts(column));
  }
  return batch_.words(name, lists);
}

void fill_texts(Making& making, const std::function<void(const Cell&, std::string&)>& write, bool clean) {
  std::string all;
  std::vector<std::size_t> ends(making.count());
  for (std::size_t k = 0; k < making.count(); ++k) {
    Draws draws = making.draws(k);
    write(Cell(making, k, draws), all);
    ends[k] = all.size();
  }
  set_texts(making.out(), all, ends, clean);
}

void set_texts(Column& out, std::string_view all, const std::vector<std::size_t>& ends, bool clean) {
  out.reset(Type::String, ends.size());
  out.clean = clean;
  char* base = out.make_arena(all.size());
  std::ranges::copy(all, base);
  std::string_view* texts = out.make_texts();
  for (std::size_t k = 0, start = 0; k < ends.size(); start = ends[k++]) texts[k] = {base + start, ends[k] - start};
}

std::function<void(Making&)> table_row() {
  return [](Making& making) {
    const Choice& rows = making.choice(0);
    const auto& draws = making.first_draws();
    making.out().reset(Type::Int64, making.count());
    std::int64_t* out = making.out().make_ints();
    for (std::size_t k = 0; k < draws.size(); ++k) out[k] = rows.pick(draws[k]);
  };
}

std::function<void(Making&)> word_of_row(std::string_view column) {
  return [column](Making& making) {
    const ColumnInts rows(making.need(0));
    making.out().reset(Type::String, making.count());
    std::uint32_t* out = making.out().make_indices(making.words(0, column));
    for (std::size_t k = 0; k < making.count(); ++k) out[k] = static_cast<std::uint32_t>(rows[k]);
  };
}

std::function<void(Making&)> any_word(std::string_view column) {
  return [column](Making& making) {
    const Choice& rows = making.choice(0);
    const auto& draws = making.first_draws();
    making.out().reset(Type::String, making.count());
    std::uint32_t* out = making.out().make_indices(making.words(0, column));
    for (std::size_t k = 0; k < draws.size(); ++k) out[k] = rows.pick(draws[k]);
  };
}

std::function<void(Making&)> integer_of_row(std::string_view column) {
  return [column](Making& making) {
    const ColumnInts rows(making.need(0));
    const auto cells = making.choice(0).table().ints(column);
    making.out().reset(Type::Int64, making.count());
    std::int64_t* out = making.out().make_ints();
    for (std::size_t k = 0; k < making.count(); ++k) out[k] = cells[static_cast<std::size_t>(rows[k])];
  };
}

std::function<void(Making&)> number_of_row(std::string_view column) {
  return [column](Making& making) {
    const ColumnInts rows(making.need(0));
    const auto cells = making.choice(0).table().floats(column);
    making.out().reset(Type::Float64, making.count());
    double* out = making.out().make_floats();
    for (std::size_t k = 0; k < making.count(); ++k) out[k] = cells[static_cast<std::size_t>(rows[k])];
  };
}

std::function<void(Making&)> constant(std::string (*text)(const Entity&)) {
  return [text](Making& making) { fill_constant(making, text(making.entity())); };
}

std::function<void(Making&)> same_as_need() {
  return [](Making& making) { view_column(making.need(0), making.out()); };
}

AttributeDeclaration same_as(std::string_view name, std::string_view need, std::string_view summary, Type type) {
  return {.name = name, .summary = summary, .type = type, .make = same_as_need(), .needs = {need}};
}

AttributeDeclaration word_of(std::string_view name, std::string_view table, std::string_view summary) {
  return {.name = name, .summary = summary, .make = any_word("name"), .choices = {table}};
}

AttributeDeclaration website_of(std::string_view need, std::string_view summary) {
  return {.name = "website",
          .summary = summary,
          .make = texts([](const Cell& cell, std::string& out) { out.append("https://www.").append(cell.text(0)); }),
          .needs = {need}};
}

AttributeDeclaration some_words_of(std::string_view name, std::string_view table, std::int64_t least, std::int64_t most,
                                   std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .type = Type::Dynamic,
          .make = values([least, most](const Cell& cell) { return some_words(cell, 0, least, most); }),
          .choices = {table}};
}

void fill_constant(Making& making, std::string_view text) {
  Column& out = making.out();
  out.reset(Type::String, making.count());
  out.form = Form::Constant;
  out.clean = is_clean_text(text);
  out.arena.assign(text.begin(), text.end());
  out.texts.assign(1, {out.arena.data(), out.arena.size()});
}

std::function<void(Making&)> no_value() {
  return [](Making& making) { making.out().reset(Type::Null, making.count()); };
}

std::function<void(Making&)> hex_id(std::string_view prefix) {
  return texts(
      [prefix](const Cell& cell, std::string& out) {
        out += prefix;
        append_from(out, cell.draws, 8, "0123456789ABCDEF");
      },
      true);
}

std::function<void(Making&)> code_id(std::string_view prefix, std::size_t count) {
  return texts(
      [prefix, count](const Cell& cell, std::string& out) {
        out += prefix;
        append_code(out, cell.draws, count);
      },
      true);
}

void append_number(std::string& out, Draws& draws, std::string_view mask) {
  std::uint64_t digits = 0;
  int left = 0;
  for (const char mark : mask) {
    if (mark != '#') {
      out += mark;
      continue;
    }
    if (left == 0) {
      left = 18;
      digits = draws.below(1'000'000'000'000'000'000);
    }
    out += static_cast<char>('0' + digits % 10);
    digits /= 10;
    --left;
  }
}

void append_code(std::string& out, Draws& draws, std::size_t count) {
  append_from(out, draws, count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

void append_phone(std::string& out, Draws& draws, std::string_view calling_code, std::string_view mask,
                  std::size_t area) {
  out += '+';
  out += calling_code;
  out += '-';
  const std::size_t first = std::min(area, mask.size());
  if (first > 0) {
    append_number(out, draws, mask.substr(0, first));
    out += '-';
  }
  append_number(out, draws, mask.substr(first));
}

std::string_view calling_code(const Entity& entity) {
  const PackTable countries = entity.dataset().table("country");
  const PackTexts codes = countries.texts("iso");
  for (const std::string_view wanted : {std::string_view(entity.dataset().code()), std::string_view("US")}) {
    for (std::size_t row = 0; row < codes.size(); ++row) {
      if (codes[row] == wanted && !countries.texts("phone")[row].empty()) return countries.texts("phone")[row];
    }
  }
  return "1";
}

const Value* find_entry(const Value& map, std::string_view name) {
  for (const auto& [key, value] : *map.as_map()) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string replaced(std::string_view text, std::string_view mark, std::string_view word) {
  std::string out;
  for (;;) {
    const std::size_t at = text.find(mark);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += word;
    text.remove_prefix(at + mark.size());
  }
}

}  // namespace mimus
