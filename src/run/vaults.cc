#include "run/vaults.h"

#include "base/text.h"
#include "source/key_counts.h"

namespace mimus {
namespace {

constexpr std::string_view kHeader = "token,value\r\n";
constexpr std::size_t kPiece = std::size_t{1} << 16U;

void append_cell(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

// The lines of the file as keys.
class PairsVault final : public Vault {
 public:
  explicit PairsVault(fs::path work) : lines_(std::move(work)) {}

  [[nodiscard]] Status add(std::string_view token, std::string_view value) override {
    std::string line;
    append_cell(line, token);
    line += ',';
    append_cell(line, value);
    line += "\r\n";
    const std::lock_guard lock(mutex_);
    return lines_.add(line);
  }

  // The number of pairs; nothing may be added after that.
  [[nodiscard]] Result<std::uint64_t> write(int file, RunContext& context) {
    std::uint64_t pairs = 0;
    std::string piece(kHeader);
    const auto flush = [&]() -> Status {
      MIMUS_TRY(context.count_bytes(piece.size()));
      MIMUS_TRY(write_all(file, piece));
      piece.clear();
      return {};
    };
    MIMUS_TRY(lines_.visit([&](std::string_view line, std::uint64_t) -> Status {
      ++pairs;
      piece += line;
      return piece.size() < kPiece ? Status() : flush();
    }));
    MIMUS_TRY(flush());
    return pairs;
  }

 private:
  std::mutex mutex_;
  KeyCounts lines_;
};

std::shared_ptr<Vault> Vaults::open(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<PairsVault>& vault = vaults_[name];
  if (!vault) vault = std::make_shared<PairsVault>(work_);
  return vault;
}

Status Vaults::publish(RunContext& context, std::vector<Artifact>& artifacts) {
  for (const auto& [name, vault] : vaults_) {
    if (artifacts.size() >= context.options.limits.files) {
      return fail("task.limit", "the run writes more than " + with_thousands(context.options.limits.files) + " files");
    }
    MIMUS_ASSIGN(UnfinishedFile file, context.output.create());
    MIMUS_ASSIGN(const std::uint64_t pairs, vault->write(file.descriptor.get(), context));
    MIMUS_TRY(context.output.complete(file));
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file.path, error);
    if (error) return fail("output.write", "cannot read '" + file.path.string() + "' again: " + error.message());
    MIMUS_ASSIGN(std::string published, context.output.publish(file.path, name, "vault.csv"));
    artifacts.push_back({.name = std::move(published), .size = size, .records = pairs});
  }
  return context.output.sync();
}

}  // namespace mimus
