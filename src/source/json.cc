#include "data/json.h"

#include "source/source.h"
#include "source/source_text.h"
#include "source/table.h"

namespace mimus {

Result<JsonSource> open_json(const fs::path& file, const FileOptions& options, std::string_view shown_name) {
  MIMUS_ASSIGN(const std::shared_ptr<SourceText> text, open_text(file, options, shown_name));
  MIMUS_TRY(text->map());
  MIMUS_ASSIGN(const Value root, parse_json(text->view(), shown_name));
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
