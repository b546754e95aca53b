#include "data/json.h"

#include "source/file.h"
#include "source/source.h"
#include "source/table.h"

namespace mimus {

Result<JsonSource> open_json(const fs::path& file, const FileOptions&, std::string_view shown_name) {
  MIMUS_ASSIGN(const MappedFile mapped, open_source_file(file, shown_name));
  MIMUS_ASSIGN(const std::string_view text, utf8_text(mapped.bytes(), shown_name));
  MIMUS_ASSIGN(const Value root, parse_json(text, shown_name));
  const ValueList* items = root.as_list();
  std::vector<Value> rows = items != nullptr ? *items : ValueList{root};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].as_map() != nullptr) continue;
    const std::string what = items == nullptr ? "it is" : "element " + std::to_string(i + 1) + " is";
    return fail("source.shape", "JSON file '" + std::string(shown_name) + "' must contain a list of objects, but " +
                                    what + " of type " + std::string(kind_name(rows[i])));
  }
  // One object is kept as it is: a dict of its own can be made of it.
  if (items == nullptr) return JsonSource{table_with_base(std::move(rows)), false};
  return JsonSource{table_of_maps(std::move(rows)), true};
}

}  // namespace mimus
