// DatabaseScope: the databases that a run knows while its statements are carried out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "database/database.h"
#include "source/batch_storage.h"
#include "source/source.h"

namespace mimus {

// A <database>, under its id.
struct NamedDatabase {
  std::shared_ptr<Database> database;
  std::string file;                       // what people know it by: "db/air.sqlite"
  std::vector<std::string> null_columns;  // of JSON, in which a null is none of JSON's
  Location at;
};

struct DatabaseScope {
  // Files of the project are copied to this folder before they are used, and changed there; empty: changed in place.
  std::filesystem::path copies;
  bool durable = false;
  std::function<bool()> is_cancelled;
  std::shared_ptr<MemoryBudget> memory;  // for rows that are read
  // Those of the descriptor under way and of those around it.
  std::map<std::string, NamedDatabase, std::less<>> by_id;
  // Each file has one connection, whatever its names.
  std::map<std::string, std::shared_ptr<Database>, std::less<>> by_file;
  // What was read, as long as somebody uses it and the database is as it was.
  std::map<std::string, std::weak_ptr<const Source>> opened;
};

}  // namespace mimus
