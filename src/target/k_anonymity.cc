// KAnonymity: whether each combination of values that may tell who a record is about stands in at least k records
// (Sweeney, "k-anonymity: a model for protecting privacy", 2002). Its file is the report; with too small a group the
// generate fails and none of its files appears.
//
// The encoder makes of each record the texts of the columns; the packer, which gets all records in order, counts equal
// ones. Rows on that way: their size (4 bytes), then of each column a byte that says whether there is a text, its size
// (4 bytes) and itself.
#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "source/key_counts.h"
#include "target/arguments.h"
#include "target/cell.h"
#include "target/target.h"

namespace mimus {
namespace {

constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kExamples = 10;

enum class Presence : char { Absent, Null, Text };

struct Settings {
  std::string generate;
  std::vector<std::string> columns;
  std::uint64_t k = 5;
  bool warns = false;
};

void append_size(Buffer& out, std::size_t size) {
  const auto bytes = static_cast<std::uint32_t>(size);
  out.append({reinterpret_cast<const char*>(&bytes), sizeof bytes});
}

void append_mark(Buffer& out, Presence presence) {
  const char mark = static_cast<char>(presence);
  out.append({&mark, 1});
}

void append_text(Buffer& out, std::string_view text) {
  append_mark(out, Presence::Text);
  append_size(out, text.size());
  out.append(text);
}

std::uint32_t take_size(std::string_view& bytes) {
  std::uint32_t size = 0;
  bytes.copy(reinterpret_cast<char*>(&size), sizeof size);
  bytes.remove_prefix(sizeof size);
  return size;
}

struct State final : EncoderState {
  std::vector<CellSource> cells;
  std::vector<const Column*> columns;  // nullptr: the batch has no such field
};

class GroupEncoder final : public Encoder {
 public:
  GroupEncoder(const Settings& settings, const Record& first) : settings_(settings) {
    for (const std::string& name : settings.columns) {
      const bool known = first.has_base || std::ranges::find(first.fields, name, &Field::name) != first.fields.end();
      if (!known && !unknown_) unknown_ = unknown_column(name, first);
    }
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    if (unknown_ && count > 0) return RowFailure{0, *unknown_};
    auto& own = static_cast<State&>(state);
    bind(records, own);
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t start = out.size();
      append_size(out, 0);
      for (std::size_t c = 0; c < own.columns.size(); ++c) {
        if (own.columns[c] != nullptr) {
          append_cell(out, own.cells[c], *own.columns[c], row);
        } else {
          append_entry(out, records, row, settings_.columns[c]);
        }
      }
      const auto size = static_cast<std::uint32_t>(out.size() - start - sizeof(std::uint32_t));
      std::memcpy(out.end() - (out.size() - start), &size, sizeof size);
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Diagnostic unknown_column(const std::string& name, const Record& first) const {
    std::vector<std::string_view> names;
    for (const Field& field : first.fields) names.push_back(field.name);
    std::string hint = suggest(name, names);
    if (hint.empty()) {
      for (const std::string_view known : names) hint += (hint.empty() ? "they have: " : ", ") + std::string(known);
    }
    return {.code = "anonymity.column",
            .message = "KAnonymity: the records of '" + settings_.generate + "' have no field '" + name + "'",
            .hint = std::move(hint)};
  }

  void bind(const Record& records, State& state) const {
    state.cells.assign(settings_.columns.size(), {});
    state.columns.assign(settings_.columns.size(), nullptr);
    for (std::size_t c = 0; c < settings_.columns.size(); ++c) {
      const auto field = std::ranges::find(records.fields, settings_.columns[c], &Field::name);
      if (field == records.fields.end()) continue;
      state.columns[c] = &field->column;
      state.cells[c] = bind_cell(field->column);
    }
  }

  static void append_cell(Buffer& out, const CellSource& cell, const Column& column, std::size_t row) {
    if (!cell.is_present(row)) return append_mark(out, Presence::Absent);
    if (!cell.is_valid(row)) return append_mark(out, Presence::Null);
    if (cell.kind == CellKind::Text || cell.kind == CellKind::CleanText) {
      return append_text(out, cell.values->texts[cell.at(row)]);
    }
    append_value(out, value_at(column, row));
  }

  static void append_entry(Buffer& out, const Record& records, std::size_t row, const std::string& name) {
    const Value base = records.has_base ? value_at(records.base, row) : Value();
    const Value* entry = base.as_map() != nullptr ? find(*base.as_map(), name) : nullptr;
    if (entry == nullptr) return append_mark(out, Presence::Absent);
    append_value(out, *entry);
  }

  static void append_value(Buffer& out, const Value& value) {
    if (value.is_null()) return append_mark(out, Presence::Null);
    append_text(out, text_of(value));
  }

  const Settings& settings_;
  Frame frame_;
  std::optional<Diagnostic> unknown_;
};

class GroupPacker final : public Packer {
 public:
  explicit GroupPacker(const Settings& settings) : settings_(settings), seen_(settings.columns.size()) {}

  [[nodiscard]] Status begin(const std::filesystem::path& file) override {
    groups_ = std::make_unique<KeyCounts>(file.parent_path());
    return {};
  }

  // The lane hands over whole records, and a frame without bytes.
  [[nodiscard]] Status pack(std::string_view bytes, Buffer& /*out*/) override {
    while (!bytes.empty()) {
      const std::uint32_t size = take_size(bytes);
      const std::string_view row = bytes.substr(0, size);
      look_for_fields(row);
      MIMUS_TRY(groups_->add(row));
      ++records_;
      bytes.remove_prefix(size);
    }
    return {};
  }

  [[nodiscard]] Status finish(Buffer& out) override {
    const auto unseen = std::ranges::find(seen_, false);
    if (unseen != seen_.end()) {
      const std::string& name = settings_.columns[static_cast<std::size_t>(unseen - seen_.begin())];
      return fail("anonymity.column",
                  "KAnonymity: no record of '" + settings_.generate + "' has a field '" + name + "'");
    }
    MIMUS_TRY(groups_->visit([this](std::string_view key, std::uint64_t count) -> Status {
      look_at(key, count);
      return {};
    }));
    groups_.reset();
    out.append(report());
    if (small_groups_ == 0) return {};
    Diagnostic finding = too_small();
    if (!settings_.warns) return fail(std::move(finding));
    finding.severity = Severity::Warning;
    warning_ = std::move(finding);
    return {};
  }

  [[nodiscard]] std::optional<Diagnostic> take_warning() override { return std::exchange(warning_, std::nullopt); }

 private:
  struct Group {
    std::uint64_t count = 0;
    std::string key;
  };

  // Fields of records over a base are known only when they are there.
  void look_for_fields(std::string_view row) {
    if (all_seen_) return;
    for (std::size_t c = 0; c < seen_.size(); ++c) {
      const auto presence = static_cast<Presence>(row[0]);
      row.remove_prefix(1);
      seen_[c] = seen_[c] || presence != Presence::Absent;
      if (presence == Presence::Text) row.remove_prefix(take_size(row));
    }
    all_seen_ = std::ranges::find(seen_, false) == seen_.end();
  }

  void look_at(std::string_view key, std::uint64_t count) {
    ++all_groups_;
    smallest_ = std::min(smallest_, count);
    if (count >= settings_.k) return;
    ++small_groups_;
    small_records_ += count;
    const auto larger = std::ranges::upper_bound(examples_, count, {}, &Group::count);
    if (larger == examples_.end() && examples_.size() == kExamples) return;
    examples_.insert(larger, {count, std::string(key)});
    if (examples_.size() > kExamples) examples_.pop_back();
  }

  // {"zip": "10115", "age": null}
  [[nodiscard]] std::string shown(std::string_view key) const {
    std::string out = "{";
    for (const std::string& name : settings_.columns) {
      const auto presence = static_cast<Presence>(key[0]);
      key.remove_prefix(1);
      if (presence == Presence::Absent) continue;
      if (out.size() > 1) out += ", ";
      append_json_string(out, name);
      out += ": ";
      if (presence == Presence::Null) {
        out += "null";
        continue;
      }
      const std::uint32_t size = take_size(key);
      append_json_string(out, key.substr(0, size));
      key.remove_prefix(size);
    }
    return out + "}";
  }

  [[nodiscard]] std::string report() const {
    std::string out = "{\"generate\": ";
    append_json_string(out, settings_.generate);
    out += ", \"columns\": [";
    for (const std::string& name : settings_.columns) {
      if (&name != &settings_.columns.front()) out += ", ";
      append_json_string(out, name);
    }
    out += "],\n \"k\": " + std::to_string(settings_.k);
    out += ", \"holds\": " + std::string(small_groups_ == 0 ? "true" : "false");
    out += ", \"records\": " + std::to_string(records_);
    out += ", \"groups\": " + std::to_string(all_groups_);
    out += ", \"smallest_group\": " + std::to_string(smallest_);
    out += ",\n \"groups_below_k\": " + std::to_string(small_groups_);
    out += ", \"records_below_k\": " + std::to_string(small_records_);
    out += ", \"smallest\": [";
    for (const Group& group : examples_) {
      out += &group == &examples_.front() ? "\n" : ",\n";
      out += "  {\"records\": " + std::to_string(group.count) + ", \"values\": " + shown(group.key) + "}";
    }
    return out + "]}\n";
  }

  [[nodiscard]] Diagnostic too_small() const {
    std::string example = shown(examples_.front().key);
    constexpr std::size_t kShown = 200;
    if (example.size() > kShown) example = example.substr(0, kShown) + "…";
    return {.code = "anonymity.groups",
            .message = "KAnonymity: of the " + with_thousands(all_groups_) + " combinations in '" + settings_.generate +
                       "', " + with_thousands(small_groups_) + " stand in fewer than k=" + std::to_string(settings_.k) +
                       " records; the smallest, " + example + ", in " + with_thousands(smallest_),
            .hint = "make the columns coarser (Band, Round, DatePart, CutLength), take fewer of them, or drop records"};
  }

  const Settings& settings_;
  std::unique_ptr<KeyCounts> groups_;
  std::vector<bool> seen_;
  bool all_seen_ = false;
  std::uint64_t records_ = 0, all_groups_ = 0, small_groups_ = 0, small_records_ = 0;
  std::uint64_t smallest_ = UINT64_MAX;
  std::vector<Group> examples_;  // ascending by count, then by key
  std::optional<Diagnostic> warning_;
};

class AnonymityTarget final : public FileTarget {
 public:
  explicit AnonymityTarget(Settings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] std::string_view extension() const override { return "k-anonymity.json"; }
  [[nodiscard]] std::uint64_t chunk_size() const override { return 0; }
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override {
    return std::make_unique<GroupEncoder>(settings_, first);
  }
  [[nodiscard]] std::unique_ptr<Packer> make_packer(const PackerSettings&) const override {
    return std::make_unique<GroupPacker>(settings_);
  }

 private:
  Settings settings_;
};

constexpr TargetParameter kParameters[] = {
    {"columns", "needed", "the fields that together may tell who a record is about: ['zip', 'born']"},
    {"k", "5", "in how many records each combination of their values must stand at least"},
    {"violation", "fail", "'fail': none of the generate's files appears; 'warn': they appear, with a warning"},
};

Result<Settings> settings_of(const TargetArguments& arguments, const std::string& generate) {
  Settings out{.generate = generate};
  MIMUS_ASSIGN(out.columns, arguments.texts("columns"));
  if (out.columns.empty()) {
    return fail("target.argument", "KAnonymity: 'columns' is needed", "KAnonymity(columns=['zip', 'born'], k=5)");
  }
  std::vector<std::string> names = out.columns;
  std::ranges::sort(names);
  if (out.columns.size() > kMostColumns || std::ranges::adjacent_find(names) != names.end()) {
    return arguments.refuse("columns", "a list of at most " + std::to_string(kMostColumns) + " different names");
  }
  MIMUS_ASSIGN(out.k, arguments.natural("k", out.k));
  MIMUS_ASSIGN(const std::string violation, arguments.text("violation", "fail"));
  if (violation != "fail" && violation != "warn") return arguments.refuse("violation", "'fail' or 'warn'");
  out.warns = violation == "warn";
  return out;
}

}  // namespace

extern const TargetDeclaration kAnonymityTarget{
    .name = "KAnonymity",
    .summary = "no records: a report on how many records share each combination of values, and an end when too few do",
    .parameters = kParameters,
    .make = [](const TargetDeclaration& declaration, const Call& call,
               const TargetEnvironment& environment) -> Result<std::unique_ptr<FileTarget>> {
      const TargetArguments arguments(declaration, call);
      MIMUS_TRY(arguments.check_names());
      MIMUS_ASSIGN(Settings settings, settings_of(arguments, environment.generate_name));
      return std::make_unique<AnonymityTarget>(std::move(settings));
    },
};

}  // namespace mimus
