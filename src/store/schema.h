// The tables of the metadata database, and how older ones become today's. Private to this room.
#pragma once

#include "base/result.h"
#include "store/connection.h"

namespace mimus::store {

// The number of steps this program knows: what PRAGMA user_version says of a database that is up to date.
[[nodiscard]] int schema_version();

// Brings the database up to date, in one transaction; several processes may try at the same time. store.format when it
// is newer than this program, or not ours.
[[nodiscard]] Status migrate(Connection& connection);

}  // namespace mimus::store
