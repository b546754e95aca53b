#include "cli/data_folder.h"

namespace mimus::cli {

Result<store::Store> open_data_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail("store.folder", "there is no data folder '" + folder + "'",
                "--data or MIMUS_DATA names it; mimus serve and mimus project clone make a new one");
  }
  return store::open_store(folder);
}

}  // namespace mimus::cli
