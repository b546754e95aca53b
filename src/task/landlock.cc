// Landlock: a process gives up access to files by itself, without privileges (Documentation/userspace-api/landlock.rst
// of Linux). The numbers and structures are defined here, since the system's headers may know an older interface than
// the kernel.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "task/sandbox.h"

namespace mimus::task {
namespace {

// The same on every architecture.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr unsigned kQueryVersion = 1;
constexpr int kPathBeneath = 1;

// Kinds of access to files.
[[maybe_unused]] constexpr std::uint64_t kExecute = 1U << 0U;
constexpr std::uint64_t kWriteFile = 1U << 1U;
constexpr std::uint64_t kReadFile = 1U << 2U;
constexpr std::uint64_t kReadFolder = 1U << 3U;
constexpr std::uint64_t kRemoveFolder = 1U << 4U;
constexpr std::uint64_t kRemoveFile = 1U << 5U;
[[maybe_unused]] constexpr std::uint64_t kMakeCharDevice = 1U << 6U;
constexpr std::uint64_t kMakeFolder = 1U << 7U;
constexpr std::uint64_t kMakeFile = 1U << 8U;
[[maybe_unused]] constexpr std::uint64_t kMakeSocket = 1U << 9U;
[[maybe_unused]] constexpr std::uint64_t kMakeFifo = 1U << 10U;
[[maybe_unused]] constexpr std::uint64_t kMakeBlockDevice = 1U << 11U;
[[maybe_unused]] constexpr std::uint64_t kMakeLink = 1U << 12U;
constexpr std::uint64_t kRefer = 1U << 13U;        // since ABI 2: a file may go into another folder
constexpr std::uint64_t kTruncate = 1U << 14U;     // since ABI 3
constexpr std::uint64_t kDeviceIoctl = 1U << 15U;  // since ABI 5
constexpr std::uint64_t kTcp = 3;                  // bind and connect, since ABI 4
constexpr std::uint64_t kScoped = 3;               // abstract sockets and signals to others, since ABI 6

constexpr std::uint64_t kRead = kReadFile | kReadFolder;
constexpr std::uint64_t kWrite =
    kRead | kWriteFile | kRemoveFolder | kRemoveFile | kMakeFolder | kMakeFile | kRefer | kTruncate;

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scoped = 0;
};

struct [[gnu::packed]] Rule {
  std::uint64_t allowed = 0;
  std::int32_t folder = -1;
};

// Everything that the version knows is refused, unless a rule allows it.
Ruleset refusals(int version) {
  Ruleset refused;
  refused.files = kRefer * 2 - 1;
  if (version >= 3) refused.files |= kTruncate;
  if (version >= 5) refused.files |= kDeviceIoctl;
  if (version >= 4) refused.network = kTcp;
  if (version >= 6) refused.scoped = kScoped;
  return refused;
}

// Older kernels refuse a structure with more members than they know.
std::size_t size_of_ruleset(int version) {
  if (version >= 6) return sizeof(Ruleset);
  return version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

std::unexpected<Diagnostic> failed(const std::string& what) {
  return fail("sandbox.failed", "landlock: cannot " + what + ": " + errno_text(errno));
}

Status allow(const Descriptor& ruleset, const fs::path& folder, std::uint64_t access) {
  const Descriptor opened(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!opened) return failed("open '" + folder.string() + "'");
  const Rule rule{.allowed = access, .folder = opened.get()};
  if (syscall(kAddRule, ruleset.get(), kPathBeneath, &rule, 0U) != 0) return failed("allow '" + folder.string() + "'");
  return {};
}

}  // namespace

int landlock_version() {
  const long version = syscall(kCreateRuleset, nullptr, std::size_t{0}, kQueryVersion);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<bool> restrict_files(const SandboxPolicy& policy) {
  const int version = landlock_version();
  // The first version never lets a file go from one folder into another, which publishing needs.
  if (version < 2) return false;
  const Ruleset refused = refusals(version);
  const Descriptor ruleset(static_cast<int>(syscall(kCreateRuleset, &refused, size_of_ruleset(version), 0U)));
  if (!ruleset) return failed("make a set of rules");
  MIMUS_TRY(allow(ruleset, policy.readable, kRead));
  for (const std::string& folder : policy.libraries) MIMUS_TRY(allow(ruleset, folder, kRead));
  if (!policy.writable.empty()) MIMUS_TRY(allow(ruleset, policy.writable, kWrite & refused.files));
  if (syscall(kRestrictSelf, ruleset.get(), 0U) != 0) return failed("enforce the rules");
  return true;
}

}  // namespace mimus::task
