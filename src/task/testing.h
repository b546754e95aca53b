// What the tests of this room share: a data folder with a project, a worker, and processes that misbehave on demand.
// For tests only.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "project/files.h"
#include "project/projects.h"
#include "store/store.h"
#include "store/testing.h"
#include "task/command.h"
#include "task/tasks.h"
#include "task/worker.h"

namespace mimus::task {

using store::code_of;
using store::require;

// The test program as a task's process that does what `mode` says (fake_process_test.cc).
inline Command fake(const std::string& mode) { return self({"fake", mode}); }
// The test program as a worker process over `data`, whose tasks run `task_process`'s arguments.
inline Command worker_process(const fs::path& data, const std::vector<std::string>& task_process,
                              std::int64_t claim_milliseconds = 10'000) {
  std::vector<std::string> arguments = {"worker", data.string(), std::to_string(claim_milliseconds)};
  arguments.insert(arguments.end(), task_process.begin(), task_process.end());
  return self(std::move(arguments));
}

constexpr std::chrono::seconds kSoon{60};  // generous: the machine may be busy

// Asks until it is so; false when that takes too long.
template <class Predicate>
bool eventually(Predicate predicate, std::chrono::milliseconds patience = kSoon) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!predicate()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

// A data folder with one project that has a file datamimic.xml.
class Bench {
 public:
  explicit Bench(const std::string& descriptor = "<setup></setup>", Command checker = {}, TaskLimits limits = {},
                 const store::Clock& clock = now)
      : store(require(store::open_store(folder.path()))),
        files(store),
        projects(store, files),
        tasks(store, files, std::move(checker), limits, clock),
        project(require(projects.create("bench")).id) {
    add("datamimic.xml", descriptor);
  }

  void add(const std::string& name, const std::string& text) {
    require(files.put(project, name, require(files.store_bytes(text)), {"actor", "Actor"}));
  }
  Task enqueue(const TaskOptions& options = {.seed = 7, .now = Timestamp{1'000'000}}) {
    return require(tasks.enqueue(project, options, {.trigger = "api", .actor = {.id = "actor"}}));
  }
  Task get(const Task& task) { return require(tasks.get(project, task.id)); }
  // The task when it has ended.
  Task ended(const Task& task) {
    if (!eventually([&] { return store::is_final(get(task).status); })) throw std::runtime_error("the task never ends");
    return get(task);
  }
  Task running(const Task& task) {
    if (!eventually([&] { return get(task).status != TaskStatus::Pending; })) throw std::runtime_error("never begun");
    return get(task);
  }
  std::string log(const Task& task) { return require(tasks.log(project, task.id, 0)).text; }
  // What the task has told in its log so far holds the text.
  bool hears(const Task& task, const std::string& text) {
    return eventually([&] { return log(task).find(text) != std::string::npos; });
  }
  // Nothing is left of work that has ended.
  bool is_clean() {
    return eventually([&] { return fs::is_empty(store.work()) || only_empty_folders(); });
  }

  store::TemporaryFolder folder;
  store::Store store;
  project::Files files;
  project::Projects projects;
  Tasks tasks;
  std::string project;

 private:
  bool only_empty_folders() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(store.work(), error)) {
      if (!fs::is_empty(entry.path(), error)) return false;
    }
    return true;
  }
};

// A worker on a thread of this process.
class RunningWorker {
 public:
  RunningWorker(store::Store& store, WorkerOptions options)
      : thread_([this, &store, options = std::move(options)] { status_ = run_worker(store, options, stop_); }) {}
  ~RunningWorker() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

  Status stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  std::atomic<bool> stop_ = false;
  Status status_;
  std::thread thread_;
};

inline WorkerOptions options_for(Command process) {
  WorkerOptions options;
  options.task_process = std::move(process);
  options.tasks = 4;
  return options;
}

}  // namespace mimus::task
