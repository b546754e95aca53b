// Vaults: the tokens that converters keep during a run, each pair once; at its end a file for each vault.
//
// A file is CSV (RFC 4180) with the header "token,value" and the pairs in the order of their bytes, whatever the
// threads. open() and the vaults may be used from any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "converter/vault.h"
#include "run/context.h"

namespace mimus {

class PairsVault;

class Vaults {
 public:
  // `work`: folder for pairs that do not fit in memory.
  explicit Vaults(fs::path work) : work_(std::move(work)) {}

  [[nodiscard]] std::shared_ptr<Vault> open(const std::string& name);
  // When nothing is added any more. Fails with output.write, source.scratch, task.limit.
  [[nodiscard]] Status publish(RunContext& context, std::vector<Artifact>& artifacts);

 private:
  fs::path work_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<PairsVault>> vaults_;
};

}  // namespace mimus
