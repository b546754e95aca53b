#include "store/blobs.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "base/hash.h"
#include "store/testing.h"

namespace mimus::store {
namespace {

constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

class BlobsTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::unique_ptr<Blobs> blobs = require(open_blob_folder(folder.path()));

  [[nodiscard]] std::string text(const Blob& blob) const {
    return require(read_all(*require(blobs->open(blob.sha256)), 1U << 20U));
  }
  [[nodiscard]] fs::path path(const Blob& blob) const {
    return folder.path() / "blobs" / blob.sha256.substr(0, 2) / blob.sha256.substr(2);
  }
  [[nodiscard]] std::size_t uploads() const {
    const fs::directory_iterator entries(folder.path() / "tmp");
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }
  static void make_old(const fs::path& file) {
    const timespec old{::time(nullptr) - 7200, 0};
    const timespec times[2] = {old, old};
    ::utimensat(AT_FDCWD, file.c_str(), times, 0);
  }
};

TEST_F(BlobsTest, AreNamedByTheirHash) {
  const Blob blob = require(blobs->put("abc"));
  EXPECT_EQ(blob.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(blob.size, 3U);
  EXPECT_EQ(text(blob), "abc");
  EXPECT_EQ(require(blobs->put("abc")).sha256, blob.sha256);
  EXPECT_EQ(text(require(blobs->put(""))), "");
  EXPECT_EQ(uploads(), 0U);
}

TEST_F(BlobsTest, ComeInPieces) {
  const auto writer = require(blobs->create(10));
  require(writer->append("ab"));
  require(writer->append(""));
  require(writer->append("c"));
  EXPECT_EQ(writer->size(), 3U);
  EXPECT_EQ(require(writer->commit()).sha256, sha256_hex("abc"));
}

TEST_F(BlobsTest, AnAbandonedWriterLeavesNothing) {
  {
    const auto writer = require(blobs->create(10));
    require(writer->append("abc"));
    EXPECT_EQ(uploads(), 1U);
  }
  EXPECT_EQ(uploads(), 0U);
  EXPECT_EQ(code_of(blobs->open(sha256_hex("abc"))), "blob.missing");
}

TEST_F(BlobsTest, KeepToTheLimit) {
  const auto writer = require(blobs->create(3));
  require(writer->append("abc"));
  EXPECT_EQ(code_of(writer->append("d")), "file.too_large");
  const auto unlimited = require(blobs->create(UINT64_MAX));
  require(unlimited->append("abcd"));
}

TEST_F(BlobsTest, AreReadFromAnyPlace) {
  const auto bytes = require(blobs->open(require(blobs->put("0123456789")).sha256));
  EXPECT_EQ(bytes->size(), 10U);
  char buffer[4] = {};
  EXPECT_EQ(require(bytes->read_at(3, buffer)), 4U);
  EXPECT_EQ(std::string_view(buffer, 4), "3456");
  EXPECT_EQ(require(bytes->read_at(8, buffer)), 2U);
  EXPECT_EQ(require(bytes->read_at(10, buffer)), 0U);
  EXPECT_EQ(require(bytes->read_at(UINT64_MAX, buffer)), 0U);
  EXPECT_GE(bytes->descriptor(), 0);
  EXPECT_EQ(code_of(read_all(*bytes, 9)), "file.too_large");
}

TEST_F(BlobsTest, RefuseNamesThatAreNoHashes) {
  for (const char* name :
       {"", "../../etc/passwd", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "/a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}) {
    EXPECT_EQ(code_of(blobs->open(name)), "blob.missing") << name;
    EXPECT_EQ(code_of(blobs->touch(name)), "blob.missing") << name;
    EXPECT_EQ(code_of(blobs->copy_to(name, folder.path() / "copy")), "blob.missing") << name;
  }
}

TEST_F(BlobsTest, ACopyIsApartAndReadOnly) {
  std::string content(3U << 20U, 'x');
  content += "end";
  const Blob blob = require(blobs->put(content));
  const fs::path copy = folder.path() / "copy";
  require(blobs->copy_to(blob.sha256, copy));
  EXPECT_EQ(require(mimus::read_file(copy)), content);
  struct stat a{};
  struct stat b{};
  ASSERT_EQ(::stat(copy.c_str(), &a), 0);
  ASSERT_EQ(::stat(path(blob).c_str(), &b), 0);
  EXPECT_EQ(a.st_mode & 07777U, 0400U);
  EXPECT_EQ(b.st_mode & 07777U, 0400U);
  EXPECT_NE(a.st_ino, b.st_ino);
  EXPECT_EQ(code_of(blobs->copy_to(blob.sha256, copy)), "store.failed");  // never over a file
}

TEST_F(BlobsTest, OpenBytesTakesFilesOnly) {
  const fs::path file = folder.path() / "file";
  require(mimus::write_file(file, "abc"));
  EXPECT_EQ(require(open_bytes(file))->size(), 3U);
  fs::create_symlink(file, folder.path() / "link");
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  for (const char* name : {"link", "pipe", "nowhere", "file/below", "."}) {
    EXPECT_EQ(code_of(open_bytes(folder.path() / name)), "file.not_found") << name;
  }
}

TEST_F(BlobsTest, CollectTakesWhatIsOldAndUnused) {
  const Blob live = require(blobs->put("live"));
  const Blob dead = require(blobs->put("dead"));
  const Blob fresh = require(blobs->put("fresh"));
  const Blob touched = require(blobs->put("touched"));
  const Blob again = require(blobs->put("again"));
  auto abandoned = require(blobs->create(10));
  auto running = require(blobs->create(10));
  for (const Blob& blob : {live, dead, touched, again}) make_old(path(blob));
  make_old(fs::directory_iterator(folder.path() / "tmp")->path());
  require(blobs->touch(touched.sha256));
  require(blobs->put("again"));

  EXPECT_EQ(require(blobs->collect({live.sha256, live.sha256}, {now().micros - kHour})), 2U);
  EXPECT_EQ(uploads(), 1U);
  EXPECT_EQ(code_of(blobs->open(dead.sha256)), "blob.missing");
  for (const Blob& blob : {live, fresh, touched, again}) EXPECT_EQ(code_of(blobs->open(blob.sha256)), "");
  EXPECT_EQ(code_of(blobs->touch(dead.sha256)), "blob.missing");
}

// What was just touched or committed is there, however old it was before.
TEST_F(BlobsTest, CollectNeverTakesWhatCameBackIntoUse) {
  std::atomic<bool> stop = false;
  std::thread collector([&] {
    while (!stop) require(blobs->collect({}, {now().micros - kHour}));
  });
  const std::string sha256 = sha256_hex("same");
  int touched = 0;
  int missing = 0;
  for (int i = 0; i < 2'000; ++i) {
    if (blobs->touch(sha256)) {
      ++touched;
      std::this_thread::yield();  // to the collector, in case it is about to make a mistake
    } else {
      require(blobs->put("same"));
    }
    missing += blobs->open(sha256) ? 0 : 1;
    make_old(path({.sha256 = sha256}));
  }
  stop = true;
  collector.join();
  EXPECT_EQ(missing, 0);
  EXPECT_GT(touched, 0);
}

TEST_F(BlobsTest, SeveralWritersOfTheSameBytes) {
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        const auto blob = blobs->put("content " + std::to_string(i));
        if (!blob || !blobs->open(blob->sha256)) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(uploads(), 0U);
}

// A limit on the size of files stands for a full disk: the write ends short, then fails.
TEST_F(BlobsTest, AFullDiskLeavesNothingBehind) {
  Child child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto failed = blobs->put(std::string(200'000, 'x'));
    if (code_of(failed) != "store.full" || uploads() != 0) return 1;
    return blobs->put("small") ? 0 : 2;
  });
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(code_of(blobs->open(sha256_hex(std::string(200'000, 'x')))), "blob.missing");
  EXPECT_EQ(code_of(blobs->open(sha256_hex("small"))), "");
}

}  // namespace
}  // namespace mimus::store
