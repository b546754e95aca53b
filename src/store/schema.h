// The tables of the metadata database, and how older ones become today's. Private to this room.
#pragma once

#include <span>

#include "base/result.h"
#include "store/connection.h"

namespace mimus::store {

// SQL that leads from one version to the next: step k from version k to k + 1, where 0 is an empty database. The
// version is kept in PRAGMA user_version.
using SchemaSteps = std::span<const char* const>;

[[nodiscard]] SchemaSteps schema_steps();

// Takes the steps that the database has not taken yet, in one transaction; several processes may try at the same time.
// store.format when it has taken more, or is not ours.
[[nodiscard]] Status migrate(Connection& connection, SchemaSteps steps);

}  // namespace mimus::store
