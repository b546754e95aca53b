// The small parts of the room, each by itself.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "task/child.h"
#include "task/log_file.h"
#include "task/manifest.h"
#include "task/protocol.h"
#include "task/publish.h"
#include "task/testing.h"
#include "task/work_folder.h"

namespace mimus::task {
namespace {

using store::TemporaryFolder;
using testing::HasSubstr;

// ---- manifest

TEST(Manifest, ComesBackAsItWas) {
  const Manifest manifest = {{"a b.txt", {sha256_hex("a"), 1}}, {"script/é.json", {sha256_hex(""), 0}}};
  const Manifest read = require(decode_manifest(encode_manifest(manifest)));
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].name, "a b.txt");
  EXPECT_EQ(read[0].blob.size, 1U);
  EXPECT_EQ(read[1].name, "script/é.json");
  EXPECT_EQ(read[1].blob.sha256, manifest[1].blob.sha256);
}

TEST(Manifest, IsRefusedWhenItIsDamaged) {
  const std::string hash = sha256_hex("a");
  for (const std::string& text : {hash + " 1 ../x\n", hash + " 1 /x\n", hash + " 1 x", hash + " y x\n", hash + "\n",
                                  std::string("abc 1 x\n"), std::string("\n")}) {
    EXPECT_EQ(code_of(decode_manifest(text)), "task.manifest") << text;
  }
  EXPECT_TRUE(require(decode_manifest("")).empty());
}

TEST(Manifest, IsLaidOutReadOnly) {
  Bench bench("text");
  bench.add("a/b/c.txt", "deep");
  const Task task = bench.enqueue();
  const auto blob = require(bench.store.blobs->open(task.manifest));
  const fs::path folder = bench.folder.path() / "laid-out";
  require(lay_out(require(decode_manifest(require(store::read_all(*blob, 1000)))), *bench.store.blobs, folder));
  EXPECT_EQ(require(read_file(folder / "a/b/c.txt")), "deep");
  for (const char* name : {"", "a", "a/b", "a/b/c.txt", "datamimic.xml"}) {
    EXPECT_EQ(fs::status(folder / name).permissions() & fs::perms::owner_write, fs::perms::none) << name;
  }
  remove_tree(folder);
  EXPECT_FALSE(fs::exists(folder));
}

// ---- protocol

TEST(Protocol, CarriesAJob) {
  Job job;
  job.files = "/f";
  job.entry = "é.xml";
  job.seed = (std::uint64_t{1} << 53U) - 1;
  job.now = Timestamp{-5};
  job.count_factor = 0.1;
  job.csv_delimiter = "\t";
  job.csv_encoding = "cp1252";
  job.parameters = {{"a", true}, {"b", std::int64_t{-7}}, {"c", 1.0}, {"d", std::string("x\n")}};
  job.limits.memory_bytes = 12345;
  const Job read = require(decode_job(encode_job(job)));
  EXPECT_EQ(read.entry, job.entry);
  EXPECT_EQ(read.seed, job.seed);
  EXPECT_EQ(read.now, job.now);
  EXPECT_EQ(read.count_factor, job.count_factor);
  EXPECT_EQ(read.csv_delimiter, job.csv_delimiter);
  EXPECT_EQ(read.csv_encoding, job.csv_encoding);
  EXPECT_EQ(read.parameters, job.parameters);
  EXPECT_EQ(read.limits.memory_bytes, 12345U);
}

TEST(Protocol, CarriesAFinding) {
  const Diagnostic finding{.code = "a.b",
                           .message = std::string("m\xff") + std::string(100'000, 'm'),
                           .hint = "h",
                           .where = {.file = "f", .line = 3, .column = 4, .length = 5},
                           .severity = Severity::Warning,
                           .fields = {{"x", "y"}}};
  const std::string line = encode_report(FindingReport{finding});
  EXPECT_LE(line.size(), kReportLineBytes);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const Report report = require(decode_report(line));
  const Diagnostic& read = std::get<FindingReport>(report).finding;
  EXPECT_EQ(read.code, "a.b");
  EXPECT_THAT(read.message, HasSubstr("m\xef\xbf\xbdmm"));
  EXPECT_EQ(read.where.column, 4);
  EXPECT_EQ(read.severity, Severity::Warning);
  EXPECT_EQ(read.fields, finding.fields);
}

TEST(Protocol, RefusesEverythingElse) {
  for (const char* line : {"", "x", "[]", "1", "null", "{}", "{\"report\": 1}", "{\"report\": \"end\"}",
                           "{\"report\": \"end\", \"ok\": 1}", "{\"report\": \"other\"}",
                           "{\"report\": \"progress\", \"records_done\": \"x\"}",
                           "{\"report\": \"artifact\", \"name\": \"a\", \"records\": {}}"}) {
    EXPECT_EQ(code_of(decode_report(line)), "task.protocol") << line;
  }
  EXPECT_EQ(code_of(decode_report(std::string(200'000, '['))), "task.protocol");
  EXPECT_EQ(code_of(decode_job("{}")), "task.protocol");
}

// ---- publishing

TEST(Publish, HashesNamesAndContents) {
  const std::vector<store::Artifact> artifacts = {{.name = "a", .sha256 = sha256_hex("1")}};
  EXPECT_EQ(content_hash(artifacts), sha256_hex(std::string("a\0", 2) + sha256_hex("1") + "\n"));
  EXPECT_NE(content_hash({{.name = "b", .sha256 = sha256_hex("1")}}), content_hash(artifacts));
  EXPECT_EQ(content_hash({}), sha256_hex(""));
}

TEST(Publish, SealsInOrderOfName) {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / "d");
  require(write_file(folder.path() / "d/x", "2"));
  require(write_file(folder.path() / "a", "1"));
  const auto files = require(list_files(folder.path(), 10));
  const Product product = require(seal(folder.path(), files, {{"d/x", 9}}, "t", {}, [] { return false; }));
  ASSERT_EQ(product.artifacts.size(), 2U);
  EXPECT_EQ(product.artifacts[0].name, "a");
  EXPECT_EQ(product.artifacts[1].name, "d/x");
  EXPECT_EQ(product.artifacts[1].records, 9U);
  EXPECT_EQ(product.artifacts[1].sha256, sha256_hex("2"));
  EXPECT_EQ(product.bytes, 2U);
  EXPECT_EQ(code_of(seal(folder.path(), files, {}, "t", {}, [] { return true; })), "task.stopped");
  EXPECT_EQ(code_of(list_files(folder.path(), 1)), "task.limit");
}

TEST(Publish, TakesThePlaceOfWhatADeadWorkerHasLeft) {
  const TemporaryFolder folder;
  for (const char* name : {"new", "published", "published/task"}) fs::create_directory(folder.path() / name);
  require(write_file(folder.path() / "published/task/old", ""));
  require(write_file(folder.path() / "new/file", ""));
  require(move_into_place(folder.path() / "new", folder.path() / "published/task", folder.path() / "scrap"));
  EXPECT_TRUE(fs::exists(folder.path() / "published/task/file"));
  EXPECT_FALSE(fs::exists(folder.path() / "published/task/old"));
}

// ---- logs

TEST(Log, IsReadInWholeLines) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "logs/a.log";
  EXPECT_EQ(require(read_log(path, 5, 100)).text, "");
  LogFile log = require(LogFile::open(path, {}, [] { return Timestamp{1'500'000}; }));
  log.append(Severity::Note, "first");
  log.append({.code = "a.b", .message = "second", .hint = "do", .where = {.file = "f", .line = 1, .column = 2}});
  const std::string first = "1970-01-01T00:00:01.500Z note first\n";
  const std::string second = "1970-01-01T00:00:01.500Z error f:1:2: second [a.b] (do)\n";
  EXPECT_EQ(require(read_log(path, 0, 10'000)).text, first + second);
  const LogText part = require(read_log(path, 0, first.size() + 3));
  EXPECT_EQ(part.text, first);
  EXPECT_EQ(part.next, first.size());
  EXPECT_EQ(require(read_log(path, part.next, 1)).text, second);
  EXPECT_EQ(require(read_log(path, 1'000'000, 10)).next, 1'000'000U);
}

TEST(Log, GoesOnAfterABrokenLine) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a.log";
  require(write_file(path, "whole\nbro"));
  EXPECT_EQ(require(read_log(path, 0, 100)).text, "whole\n");
  LogFile log = require(LogFile::open(path, {}));
  log.append(Severity::Note, "next");
  EXPECT_THAT(require(read_log(path, 0, 100)).text, HasSubstr("bro\n"));
  EXPECT_THAT(require(read_log(path, 0, 100)).text, HasSubstr("note next\n"));
}

// ---- work folders

TEST(WorkFolder, TellsTheLivingFromTheDead) {
  Bench bench;
  std::optional<WorkFolder> alive = require(WorkFolder::create(bench.store, "worker"));
  EXPECT_FALSE(is_abandoned(bench.store, alive->name()));
  EXPECT_FALSE(is_abandoned(bench.store, "nobody"));
  fs::create_directories(bench.store.work() / "worker-dead/task-1/files");
  EXPECT_TRUE(is_abandoned(bench.store, "worker-dead"));
  EXPECT_FALSE(is_abandoned(bench.store, "../work"));
  require(sweep_work_folders(bench.store));
  EXPECT_FALSE(fs::exists(bench.store.work() / "worker-dead"));
  EXPECT_TRUE(fs::exists(alive->path()));
  const fs::path path = alive->path();
  alive.reset();
  EXPECT_FALSE(fs::exists(path));
}

// ---- children

TEST(Child, IsKilledWithItsParent) {
  Pipe pipe = require(open_pipe());
  const pid_t parent = fork();
  if (parent == 0) {
    auto child = Child::start({.program = "/bin/sleep", .arguments = {"1000"}}, {}, {});
    const int number = child ? child->pid() : 0;
    [[maybe_unused]] const ssize_t written = ::write(pipe.write.get(), &number, sizeof number);
    _exit(0);  // no destructor
  }
  int status = 0;
  waitpid(parent, &status, 0);
  int child = 0;
  ASSERT_EQ(::read(pipe.read.get(), &child, sizeof child), static_cast<ssize_t>(sizeof child));
  ASSERT_GT(child, 0);
  EXPECT_TRUE(eventually([&] {
    const auto state = read_file("/proc/" + std::to_string(child) + "/stat");
    return !state || state->find(") Z ") != std::string::npos;
  }));
}

TEST(Child, SaysWhenThereIsNoSuchProgram) {
  EXPECT_EQ(code_of(Child::start({.program = "/nowhere"}, {}, {})), "process.start");
  EXPECT_EQ(code_of(Child::start({.program = "/etc/passwd"}, {}, {})), "process.start");
}

TEST(Child, GetsTheStreamsAndTheEnvironment) {
  Pipe pipe = require(open_pipe());
  auto child = require(Child::start({.program = "/bin/sh", .arguments = {"-c", "echo $A; echo e >&2"}},
                                    {.in = -1, .out = pipe.write.get(), .error = pipe.write.get()}, {"A=b"}));
  ASSERT_EQ(child.wait(kSoon), 0);
  char text[16] = {};
  EXPECT_EQ(::read(pipe.read.get(), text, sizeof text), 4);
  EXPECT_STREQ(text, "b\ne\n");
}

}  // namespace
}  // namespace mimus::task
