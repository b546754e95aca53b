#include "plan/sources.h"

#include <algorithm>

#include "base/file.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> at(Diagnostic finding, const AttributeText& source) {
  finding.where = source.at;
  return fail(std::move(finding));
}

Result<fs::path> path_of(const AttributeText& source, const SetupScope& scope) {
  const SharedScope& shared = scope.shared;
  auto path = resolve_below(shared.root, (shared.folder / source.text).lexically_relative(shared.root).string());
  if (!path) return at(std::move(path).error(), source);
  return path;
}

// Sources without rows, for types that nothing has written.
std::shared_ptr<const Source> no_rows() {
  class Empty final : public Source {
   public:
    [[nodiscard]] std::uint64_t length() const override { return 0; }
    [[nodiscard]] const std::vector<std::string>& names() const override { return names_; }
    [[nodiscard]] bool has_base() const override { return false; }
    void read(std::span<const std::uint64_t>, Record&) const override {}

   private:
    std::vector<std::string> names_;
  };
  return std::make_shared<Empty>();
}

std::unexpected<Diagnostic> unknown(const AttributeText& source, const SetupScope& scope) {
  std::vector<std::string_view> names;
  for (const auto& [name, store] : scope.shared.memstores) names.push_back(name);
  std::string hint = suggest(source.text, names);
  if (hint.empty()) hint = "a .csv or .json file, or the id of a <memstore>";
  return at({.code = "source.unknown", .message = "unknown source '" + source.text + "'", .hint = std::move(hint)},
            source);
}

Result<OpenedSource> read_rows(const fs::path& path, const std::string& name, char separator) {
  if (name.ends_with(".csv")) {
    MIMUS_ASSIGN(auto rows, open_csv(path, separator, name));
    return OpenedSource{std::move(rows), true};
  }
  MIMUS_ASSIGN(auto json, open_json(path, name));
  return OpenedSource{std::move(json.rows), json.is_list};
}

Result<OpenedSource> open_file(const AttributeText& source, char separator, const SetupScope& scope) {
  MIMUS_ASSIGN(const fs::path path, path_of(source, scope));
  const std::string key = path.string() + '\0' + separator;
  if (const auto known = scope.shared.files.find(key); known != scope.shared.files.end()) return known->second;
  auto opened = read_rows(path, source.text, separator);
  if (!opened) return at(std::move(opened).error(), source);
  return scope.shared.files.emplace(key, *opened).first->second;
}

}  // namespace

Result<WeightedValues> open_weights(const AttributeText& source, char separator, const SetupScope& scope) {
  MIMUS_ASSIGN(const fs::path path, path_of(source, scope));
  auto weights = read_weights(path, separator, source.text);
  if (!weights) return at(std::move(weights).error(), source);
  return weights;
}

Result<OpenedSource> open_source(const AttributeText& source, const std::string& type, char separator,
                                 const SetupScope& scope) {
  if (source.text.ends_with(".csv") || source.text.ends_with(".json")) return open_file(source, separator, scope);
  const auto store = scope.shared.memstores.find(source.text);
  if (store == scope.shared.memstores.end()) return unknown(source, scope);
  auto rows = store->second.open(type);
  return OpenedSource{rows ? rows : no_rows(), true};
}

Result<ValueList> records_of_value(const Value& value, std::string_view label) {
  if (value.as_map() != nullptr) return ValueList{value};
  const ValueList* items = value.as_list();
  if (items != nullptr && std::ranges::all_of(*items, [](const Value& item) { return item.as_map() != nullptr; })) {
    return *items;
  }
  return fail("generate.script", std::string(label) + " must give a list of dicts or a dict, not one of type " +
                                     std::string(kind_name(value)));
}

Result<std::shared_ptr<const Source>> rows_of_value(const Value& value, std::string_view label) {
  MIMUS_ASSIGN(ValueList records, records_of_value(value, label));
  return rows_of_maps(std::move(records));
}

}  // namespace mimus
