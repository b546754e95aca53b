// kill -9 of a writer at any moment: what it has acknowledged is there, and nothing is half there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/hash.h"
#include "store/store.h"
#include "store/testing.h"

namespace mimus::store {
namespace {

std::string content(int i) {
  return "content of file " + std::to_string(i) + std::string(static_cast<std::size_t>(i % 5000), '.');
}

// Writes pairs of files, from `first` on, and says so through the pipe after each transaction. Never ends by itself.
int write_pairs(const fs::path& folder, int first, int pipe) {
  Store store = require(open_store(folder));
  for (int i = first;; i += 2) {
    const Blob a = require(store.blobs->put(content(i)));
    const Blob b = require(store.blobs->put(content(i + 1)));
    require(store.metadata->write([&](Writer& rows) -> Status {
      const auto file = [&](int number, const Blob& blob) {
        const std::string name = std::to_string(number);
        return File{.project_id = "p", .name = name, .key = name, .sha256 = blob.sha256, .size = blob.size};
      };
      MIMUS_TRY(rows.insert_file(file(i, a)));
      return rows.insert_file(file(i + 1, b));
    }));
    if (::write(pipe, &i, sizeof i) != sizeof i) return 1;
  }
}

// How many of the files 0, 1, … are there, each whole.
int check_files(const fs::path& folder) {
  Store store = require(open_store(folder));
  int found = 0;
  require(store.metadata->read([&](Reader& rows) -> Status {
    MIMUS_ASSIGN(const auto files, rows.files("p", "", UINT64_MAX));
    std::uint64_t bytes = 0;
    for (const File& file : files) {
      const int number = std::stoi(file.name);
      EXPECT_LT(number, static_cast<int>(files.size())) << "a gap before";
      EXPECT_EQ(require(read_all(*require(store.blobs->open(file.sha256)), 1U << 20U)), content(number));
      bytes += file.size;
    }
    found = static_cast<int>(files.size());
    EXPECT_EQ(require(rows.project("p"))->files, files.size());
    EXPECT_EQ(require(rows.project("p"))->bytes, bytes);
    return {};
  }));
  return found;
}

TEST(Crash, LosesNothingThatWasAcknowledged) {
  const TemporaryFolder folder;
  require(require(open_store(folder.path())).metadata->write([](Writer& rows) {
    return rows.insert_project({.id = "p", .name = "p"});
  }));
  constexpr int kRounds = 12;
  int first = 0;
  for (int round = 0; round < kRounds; ++round) {
    int pipe[2] = {};
    ASSERT_EQ(::pipe(pipe), 0);
    int last = 0;  // first number of the last pair that was acknowledged
    {
      Child child([&] { return write_pairs(folder.path(), first, pipe[1]); });
      ::close(pipe[1]);
      // Some answers show that it is under way; then it is killed somewhere in the middle.
      for (int answers = 0; answers <= round; ++answers) {
        ASSERT_EQ(::read(pipe[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
      }
      std::this_thread::sleep_for(std::chrono::microseconds(300 * round));
      child.kill();
      // What it said before its end, and was not read yet.
      while (::read(pipe[0], &last, sizeof last) == static_cast<ssize_t>(sizeof last)) {
      }
      ::close(pipe[0]);
    }
    const int found = check_files(folder.path());
    EXPECT_GE(found, last + 2);
    EXPECT_EQ(found % 2, 0) << "half of a transaction";
    first = found;
  }
  EXPECT_GE(first, kRounds * (kRounds + 1));
}

}  // namespace
}  // namespace mimus::store
