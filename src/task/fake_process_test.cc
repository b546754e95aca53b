// The test program's main(): the tests; or one of the processes that they start.
//
//   task_test task-process                        the real process of a task
//   task_test fake MODE                           a process of a task that does what MODE says
//   task_test worker DATA CLAIM_MS ARGUMENTS…     a worker whose tasks run this program with those arguments

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>

#include "task/protocol.h"
#include "task/task_process.h"
#include "task/testing.h"

namespace mimus::task {
namespace {

void send(const Report& report) { require(write_all(STDOUT_FILENO, encode_report(report))); }
void say(const std::string& message) { send(LogReport{Severity::Note, message}); }

int succeed() {
  send(EndReport{.ok = true});
  return 0;
}

void put(const Job& job, const std::string& name, const std::string& bytes) {
  const fs::path path = fs::path(job.output) / "out" / name;
  fs::create_directories(path.parent_path());
  require(write_file(path, bytes));
}

[[noreturn]] void sleep_for_ever() {
  while (true) pause();
}

// A function of the files, the seed and the clock, as a task's result has to be.
int copy(const Job& job) {
  const std::string entry = require(read_file(fs::path(job.files) / job.entry));
  put(job, "folder/result.txt", entry + " " + std::to_string(job.seed) + " " + std::to_string(job.now.micros));
  put(job, "empty.txt", "");
  send(ArtifactReport{"folder/result.txt", 3});
  ProgressReport progress{{.records_done = 3, .records_total = 3, .bytes_written = 10, .current = "g", .fraction = 1}};
  send(progress);
  return succeed();
}

int copy_slowly(const Job& job) {
  say("begun");
  for (int i = 0; i < 300; ++i) {
    usleep(10'000);
    send(ProgressReport{{.records_done = static_cast<std::uint64_t>(i), .current = "g", .fraction = i / 300.0}});
  }
  return copy(job);
}

int fill_disk(const Job& job) {
  fs::create_directories(fs::path(job.output) / "out");
  for (int file = 0;; ++file) {
    put(job, std::to_string(file), std::string(1U << 20U, 'x'));
    usleep(5'000);
  }
}

int leave_child(const Job& job) {
  const pid_t child = fork();
  if (child == 0) sleep_for_ever();
  say("child " + std::to_string(child));
  put(job, "a.txt", "a");
  return succeed();
}

int tell_surroundings(const Job& /*job*/) {
  int variables = 0;
  for (char** variable = environ; *variable != nullptr; ++variable) ++variables;
  int descriptors = 0;
  for (int fd = 3; fd < 1024; ++fd) descriptors += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  say("variables " + std::to_string(variables) + ", descriptors " + std::to_string(descriptors) + ", leader " +
      std::to_string(static_cast<int>(getpgrp() == getpid())));
  return succeed();
}

int write_everything_strange(const Job& /*job*/) {
  say("escape \x1b[31m bidi \xe2\x80\xae line\nfeed");
  say("long " + std::string(20'000, 'y'));
  std::fputs("complaint\n", stderr);
  for (int i = 0; i < 2000; ++i) say("line " + std::to_string(i));
  return succeed();
}

int fail_with_place(const Job& /*job*/) {
  send(FindingReport{
      {.code = "source.empty", .message = "no rows", .where = {.file = "a.xml", .line = 4, .column = 9}}});
  send(EndReport{.ok = false});
  return 0;
}

int link_somewhere(const Job& job) {
  fs::create_directories(fs::path(job.output) / "out");
  fs::create_symlink("/etc/passwd", fs::path(job.output) / "out" / "link");
  return succeed();
}

int link_twice(const Job& job) {
  put(job, "a", "a");
  fs::create_hard_link(fs::path(job.output) / "out" / "a", fs::path(job.output) / "b");
  return succeed();
}

int burn_time(const Job& /*job*/) {
  const rlimit limit{1, 3};
  setrlimit(RLIMIT_CPU, &limit);
  while (true) [[maybe_unused]]
    const auto time = getppid();
}

const std::map<std::string, std::function<int(const Job&)>>& modes() {
  static const std::map<std::string, std::function<int(const Job&)>> kModes = {
      {"copy", copy},
      {"copy-slowly", copy_slowly},
      {"sleep",
       [](const Job&) {
         say("asleep");
         sleep_for_ever();
         return 0;
       }},
      {"deaf",  // says nothing more, and does not end
       [](const Job&) {
         say("deaf");
         close(STDOUT_FILENO);
         close(STDERR_FILENO);
         sleep_for_ever();
         return 0;
       }},
      {"fill-disk", fill_disk},
      {"abort",
       [](const Job&) {
         std::abort();
         return 0;
       }},
      {"kill", [](const Job&) { return ::kill(getpid(), SIGKILL); }},
      {"exit", [](const Job&) { return 3; }},
      {"fail-silently",
       [](const Job&) {
         send(EndReport{.ok = false});
         return 0;
       }},
      {"silent", [](const Job&) { return 0; }},
      {"out-of-memory", [](const Job&) { return kOutOfMemoryStatus; }},
      {"burn-time", burn_time},
      {"leave-child", leave_child},
      {"surroundings", tell_surroundings},
      {"strange", write_everything_strange},
      {"fail", fail_with_place},
      {"symlink", link_somewhere},
      {"hard-link", link_twice},
      {"bad-name",
       [](const Job& job) {
         put(job, "a\nb", "a");
         return succeed();
       }},
      {"many",
       [](const Job& job) {
         for (int i = 0; i < 200; ++i) put(job, std::to_string(i), "x");
         return succeed();
       }},
      {"garbage",
       [](const Job&) {
         std::puts("{\"report\": \"end\", \"ok\": tru");
         return succeed();
       }},
      {"endless-line",
       [](const Job&) {
         const std::string piece(65536, 'z');
         while (write_all(STDOUT_FILENO, piece)) {
         }
         return 0;
       }},
  };
  return kModes;
}

int run_fake(const std::string& mode) {
  const std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  return modes().at(mode)(require(decode_job(text)));
}

std::atomic<bool> stop = false;

int run_worker_process(int count, char** values) {
  std::signal(SIGTERM, [](int) { stop = true; });
  auto store = require(store::open_store(values[2]));
  WorkerOptions options;
  options.claim_milliseconds = std::atoll(values[3]);
  options.task_process = self(std::vector<std::string>(values + 4, values + count));
  require(run_worker(store, options, stop));
  return 0;
}

}  // namespace
}  // namespace mimus::task

int main(int count, char** values) {
  const std::string mode = count > 1 ? values[1] : "";
  if (mode == "task-process") return mimus::task::task_process_main();
  if (mode == "fake") return mimus::task::run_fake(values[2]);
  if (mode == "worker") return mimus::task::run_worker_process(count, values);
  testing::InitGoogleTest(&count, values);
  return RUN_ALL_TESTS();
}
