// Tables of a project's own: CSV files that stand in the place of those of the data pack, or beside them.
//
// A file kind.KEY.csv is the table kind/KEY (given_female.DE.csv, sector.de.csv), kind.csv the table kind. Its first
// line names the columns; one that ends in ":int" or ":float" has numbers, `weight` always. Of a table that the pack
// has too, every column must be there, but for `weight` (1 then) and `latin` (the name where it has nothing but ASCII).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "pack/pack.h"
#include "pack/pack_writer.h"

namespace mimus {

// The name of a project's folder of such files.
inline constexpr std::string_view kOwnTablesFolder = "datapack";

// Files of that name with this ending are packs that `mimus pack` has made; CSV files come before them.
inline constexpr std::string_view kPackEnding = ".pack";

// The CSV files of a folder. `shown`: how messages name the folder. Fails with pack.file, pack.column, pack.cell and
// the codes of files, with file and line.
[[nodiscard]] Result<PackTables> read_own_tables(const std::filesystem::path& folder, const std::string& shown);

// What the folder has over the program's pack; nullptr when there is no folder. The same failures, and pack.invalid.
[[nodiscard]] Result<std::shared_ptr<const Pack>> open_own_pack(const std::filesystem::path& folder,
                                                                const std::string& shown);

}  // namespace mimus
