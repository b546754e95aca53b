// Databases of SQLite: a file each.
#pragma once

#include <memory>

#include "database/database.h"
#include "database/sqlite_connection.h"

namespace mimus {

// The file is opened, and made when it is missing, when it is first used: what then goes wrong is database.open.
[[nodiscard]] std::shared_ptr<Database> make_sqlite_database(SqliteSettings settings);

}  // namespace mimus
