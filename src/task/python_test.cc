// Python in the real process of a task: what its sandbox refuses, and how it ends.

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "task/sandbox.h"
#include "task/testing.h"

namespace mimus::task {
namespace {

using testing::HasSubstr;

const Command kTaskProcess = self({"task-process"});

// Each attempt is a key: what became of it.
constexpr const char* kAttempts = R"py(
import ctypes
import os
import socket
import subprocess
import threading


def tried(f):
    try:
        return "done: %s" % (f(),)
    except Exception as error:
        return type(error).__name__


def read(path):
    return tried(lambda: open(path, "rb").read(1))


def write(path):
    return tried(lambda: open(path, "wb").write(b"x"))


def connect(port):
    return tried(lambda: socket.create_connection(("127.0.0.1", port), 2))


def fork():
    return tried(os.fork)


def execute():
    return tried(lambda: os.execv("/bin/true", ["true"]))


def start():
    return tried(lambda: subprocess.run(["/bin/true"]))


def trace():
    libc = ctypes.CDLL(None, use_errno=True)
    return "done" if libc.ptrace(16, os.getppid(), None, None) == 0 else "refused %d" % ctypes.get_errno()


def kill():
    return tried(lambda: os.kill(os.getppid(), 0))


def environment():
    return sorted(name for name in os.environ if name not in ("TZ", "LC_CTYPE"))


def compute():
    return __import__("decimal").Decimal("1.5") * 2
)py";

// A server that would accept anybody.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    socklen_t size = sizeof address;
    const bool listens = bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                         listen(socket_.get(), 4) == 0 &&
                         getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0;
    port_ = listens ? ntohs(address.sin_port) : 0;
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  Descriptor socket_;
  int port_ = 0;
};

std::string key(const std::string& name, const std::string& script) {
  return "<key name=\"" + name + "\" script=\"" + script + "\"/>";
}

TEST(PythonTask, ReachesNothingOutsideOfItsProject) {
  const Listener listener;
  ASSERT_GT(listener.port(), 0);
  Bench bench;
  const std::string data = bench.folder.path().string();
  const std::string parent = std::to_string(getpid());
  bench.add("lib.py", kAttempts);
  bench.add("conf/environment.env.properties", "OWN=value");
  bench.add("datamimic.xml",
            "<setup><execute uri=\"lib.py\"/><generate name=\"g\" count=\"1\" target=\"ConsoleExporter\">" +
                key("own", "read('datamimic.xml')") + key("database", "read('" + data + "/mimus.db')") +
                key("folder", "tried(lambda: os.listdir('" + data + "'))") + key("passwd", "read('/etc/passwd')") +
                key("parent", "read('/proc/" + parent + "/environ')") + key("to_write", "write('lib.py')") +
                key("outside", "write('/tmp/mimus-escaped')") +
                key("to_connect", "connect(" + std::to_string(listener.port()) + ")") + key("to_fork", "fork()") +
                key("exec", "execute()") + key("to_start", "start()") + key("to_trace", "trace()") +
                key("to_kill", "kill()") + key("to_environment", "str(environment())") +
                key("to_compute", "str(compute())") + "</generate></setup>");
  const RunningWorker worker(bench.store, options_for(kTaskProcess));
  const Task task = bench.ended(bench.enqueue());
  const std::string log = bench.log(task);
  ASSERT_EQ(task.status, TaskStatus::Succeeded) << log;
  // What it needs is there.
  EXPECT_THAT(log, HasSubstr("'own': \"done: b'<'\""));
  EXPECT_THAT(log, HasSubstr("'to_compute': '3.0'"));
  EXPECT_THAT(log, HasSubstr("'to_environment': \"['OWN']\""));
  const std::vector<std::string> refused = {"'to_connect'", "'to_fork'", "'exec'", "'to_start'", "'to_kill'"};
  const std::vector<std::string> hidden = {"'database'", "'folder'", "'passwd'", "'parent'", "'to_write'", "'outside'"};
  const SandboxLayers layers = available_layers();
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(layers.active, [&](const std::string& layer) { return layer.starts_with(name); });
  };
  if (has("seccomp")) {
    for (const std::string& name : refused) EXPECT_THAT(log, HasSubstr(name + ": 'PermissionError'"));
    EXPECT_THAT(log, HasSubstr("'to_trace': 'refused 1'"));
  }
  if (has("landlock")) {
    for (const std::string& name : hidden) EXPECT_THAT(log, HasSubstr(name + ": 'PermissionError'"));
  }
  EXPECT_FALSE(fs::exists("/tmp/mimus-escaped"));
}

TEST(PythonTask, EndsWithItsReasonWhileOthersGoOn) {
  struct Case {
    const char* body;
    RunLimits limits;
    const char* code;
    const char* says;
  };
  const Case cases[] = {{"    while True:\n        pass\n", {.wall_seconds = 2}, "script.time", ", in f()"},
                        {"    while True:\n        pass\n", {.cpu_seconds = 2}, "script.time", ", in f()"},
                        {"    out = []\n    while True:\n        out.append('x' * 1000000)\n",
                         {.memory_bytes = 300U << 20U},
                         "script.memory",
                         "lib.py, line 4, in f()"},
                        {"    return f()\n", {}, "script.exception", "RecursionError"}};
  for (const Case& test : cases) {
    Bench bench("<setup><execute uri=\"lib.py\"/><generate name=\"g\" count=\"1\">" + key("a", "f()") +
                "</generate></setup>");
    bench.add("lib.py", std::string("def f():\n") + test.body);
    bench.add("other.xml", "<setup><generate name=\"g\" count=\"1\">" + key("a", "1") + "</generate></setup>");
    WorkerOptions options = options_for(kTaskProcess);
    options.limits = test.limits;
    const RunningWorker worker(bench.store, options);
    const Task task = bench.enqueue();
    (void)bench.running(task);
    const Task other = bench.ended(bench.enqueue({.entry = "other.xml", .seed = 7, .now = Timestamp{1}}));
    EXPECT_EQ(other.status, TaskStatus::Succeeded);
    const Task ended = bench.ended(task);
    EXPECT_EQ(ended.status, TaskStatus::Failed);
    ASSERT_FALSE(ended.errors.empty()) << bench.log(ended);
    EXPECT_EQ(ended.errors.front().code, test.code) << bench.log(ended);
    EXPECT_THAT(ended.errors.front().message, HasSubstr(test.says));
  }
}

TEST(PythonTask, IsCancelledInTheMiddleOfAFunction) {
  Bench bench("<setup><execute uri=\"lib.py\"/></setup>");
  bench.add("lib.py", "while True:\n    pass\n");
  const RunningWorker worker(bench.store, options_for(kTaskProcess));
  const Task task = bench.running(bench.enqueue());
  require(bench.tasks.cancel(bench.project, task.id, {}));
  EXPECT_EQ(bench.ended(task).status, TaskStatus::Cancelled);
  EXPECT_TRUE(bench.is_clean());
}

}  // namespace
}  // namespace mimus::task
