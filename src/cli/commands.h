// The commands of the program: one struct of arguments and one function each.
//
// Data goes to stdout, everything for people to stderr. A function returns the exit status of the program and never
// throws. Nothing here knows how arguments are read; that is arguments.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mimus::cli {

// Exit statuses (docs/reference/cli.md).
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;       // findings, or the command failed
inline constexpr int kUsage = 2;        // wrong arguments
inline constexpr int kNotCovered = 3;   // eval: beyond the tier that was asked for
inline constexpr int kCancelled = 130;  // Ctrl-C or a request to end

struct RunArguments {
  std::string file = "datamimic.xml";
  std::optional<std::uint64_t> seed;
  int threads = 0;         // 0: one for each core
  std::string now;         // RFC 3339; empty: the system's clock
  std::string out;         // empty: output/<task id>/ beside the descriptor
  std::string task_id;     // empty: random
  std::string statistics;  // a file; empty: none
  bool capture = false;
  bool stats = false;
  bool sync = false;
  bool quiet = false;
};
[[nodiscard]] int run(const RunArguments& arguments);

struct StatsArguments {
  std::vector<std::string> files;
  std::string separator;  // of CSV files; empty: told by the file
  std::string encoding;   // empty: told by the bytes
  bool json = false;
};
// Statistics of the columns of files, as tables or as their document.
[[nodiscard]] int stats(const StatsArguments& arguments);

struct DiffArguments {
  std::string before, after;  // two folders or two files
  bool json = false;
};
// kOk: they are the same; kFailed: they differ; kUsage: they cannot be compared.
[[nodiscard]] int diff(const DiffArguments& arguments);

struct LintArguments {
  std::string file = "datamimic.xml";
  std::string format = "text";  // text, json, sarif
  bool json = false;            // the same as format json
};
[[nodiscard]] int lint(const LintArguments& arguments);
// lint, and a last line on stdout that says whether there was a mistake.
[[nodiscard]] int validate(const LintArguments& arguments);

struct EvalArguments {
  std::string expression;
  std::string expressions;       // a file of them; instead of the one
  std::string variables = "{}";  // JSON
  std::string tier = "auto";     // native, python, auto: Python for what native does not cover
  std::string timezone = "UTC";  // of the clock
  bool type = false;             // print the type behind the value
};
[[nodiscard]] int eval(const EvalArguments& arguments);

struct SchemaArguments {
  std::string format = "xsd";  // xsd, rng, json, markdown
};
[[nodiscard]] int schema(const SchemaArguments& arguments);

struct InitArguments {
  std::string name;
  std::string target = ".";  // the folder of the new folder
  bool force = false;
};
[[nodiscard]] int init(const InitArguments& arguments);

[[nodiscard]] int info();

// What tasks may use; past it they fail (task.limit, project.quota).
struct TaskLimitArguments {
  std::uint64_t running_tasks = 2;  // a project, at the same time
  std::uint64_t seconds = 3600;
  std::uint64_t bytes = 20ULL << 30U;
  std::uint64_t artifacts = 1'000'000;
  std::uint64_t memory_bytes = 4ULL << 30U;
  std::uint64_t log_bytes = 10ULL << 20U;
  std::uint64_t artifact_bytes = 100ULL << 30U;  // of all tasks of a project
};

struct ServeArguments {
  std::string data = "data";
  std::string listen = "127.0.0.1:8080";
  std::string demos;                         // empty: found beside the program
  int workers = 0;                           // 0: the default of the server
  std::string tls_certificate, tls_key;      // files in PEM; both or none
  std::vector<std::string> trusted_proxies;  // addresses or networks
  std::vector<std::string> public_urls;
  bool insecure_http = false;
  std::string metrics_token;        // file; empty: /metrics is for this machine alone
  std::string log_format = "none";  // "none", "text", "json"
  bool allow_unsandboxed_python = false;
  // Limits; past them files and tasks are refused.
  std::uint64_t file_bytes = 50ULL << 20U;
  std::uint64_t project_bytes = 1ULL << 30U;
  std::uint64_t project_files = 10'000;
  std::uint64_t waiting_tasks = 20;        // a project
  std::uint64_t event_streams = 100;       // a project
  std::uint64_t token_event_streams = 10;  // a token or session
  std::uint64_t stall_seconds = 30;        // of a header or body without progress
  std::uint64_t slow_reader_seconds = 60;  // of an answer without progress
  TaskLimitArguments task_limits;          // handed to the workers by their variables
  std::uint64_t rate_limit = 500;          // requests a second of a token or user; 0: none
  std::uint64_t failure_limit = 20;        // failed authentications a minute of an address; 0: none
};
[[nodiscard]] int serve(const ServeArguments& arguments);

struct WorkerArguments {
  std::string data = "data";
  TaskLimitArguments task_limits;
};
[[nodiscard]] int work(const WorkerArguments& arguments);

// A task in its own process; started by a worker, never by hand.
[[nodiscard]] int task_process(int count, char** arguments);

// What the administrative commands share.
struct StoreArguments {
  std::string data = "data";
  bool json = false;
};

struct ProjectCloneArguments : StoreArguments {
  std::string demo;
  std::string name;   // empty: the demo's title
  std::string demos;  // empty: found beside the program
};
[[nodiscard]] int clone_project(const ProjectCloneArguments& arguments);
[[nodiscard]] int list_projects(const StoreArguments& arguments);

struct ProjectDeleteArguments : StoreArguments {
  std::string project;
};
[[nodiscard]] int delete_project(const ProjectDeleteArguments& arguments);

struct TokenCreateArguments : StoreArguments {
  std::string project;
  std::string name;
  std::string expires;  // a date: to the end of that day in UTC; or RFC 3339
  std::string scope = "generate";
};
[[nodiscard]] int create_token(const TokenCreateArguments& arguments);

struct TokenListArguments : StoreArguments {
  std::string project;  // empty: of all projects
};
[[nodiscard]] int list_tokens(const TokenListArguments& arguments);

struct TokenDeleteArguments : StoreArguments {
  std::string token;  // its id
};
[[nodiscard]] int delete_token(const TokenDeleteArguments& arguments);

struct UserCreateArguments : StoreArguments {
  std::string email;
  std::string name;  // empty: the e-mail's part before '@'
  std::string role = "user";
  bool password_stdin = false;  // else a one-time password is made
};
[[nodiscard]] int create_user(const UserCreateArguments& arguments);

struct UserListArguments : StoreArguments {
  std::string search;
};
[[nodiscard]] int list_users(const UserListArguments& arguments);

struct UserArguments : StoreArguments {
  std::string user;  // id or e-mail
  bool password_stdin = false;
};
[[nodiscard]] int disable_user(const UserArguments& arguments);
[[nodiscard]] int enable_user(const UserArguments& arguments);
[[nodiscard]] int reset_password(const UserArguments& arguments);

struct SettingsArguments : StoreArguments {
  std::string name, value;  // of set
};
[[nodiscard]] int list_settings(const SettingsArguments& arguments);
[[nodiscard]] int set_setting(const SettingsArguments& arguments);

struct BannerArguments : StoreArguments {
  std::string text;
  std::string level = "info";
};
[[nodiscard]] int show_banner(const BannerArguments& arguments);
[[nodiscard]] int set_banner(const BannerArguments& arguments);
[[nodiscard]] int clear_banner(const BannerArguments& arguments);

struct AuditArguments : StoreArguments {
  std::string project, actor, action, from, until;  // filters; empty: all
  std::uint64_t limit = 100;
  std::string known;  // hash of an entry that must be there
};
[[nodiscard]] int list_audit(const AuditArguments& arguments);
[[nodiscard]] int verify_audit(const AuditArguments& arguments);

struct DemoArguments {
  std::string name;
  std::string target;      // empty: ./<name>
  std::string demos;       // empty: found beside the program
  bool all = false;        // every demo, into folders of `target`
  bool overwrite = false;  // files that exist
  bool json = false;
};
[[nodiscard]] int list_demos(const DemoArguments& arguments);
[[nodiscard]] int show_demo(const DemoArguments& arguments);
[[nodiscard]] int create_demo(const DemoArguments& arguments);

// Of the lists of generators, converters and targets.
struct ListArguments {
  std::string format = "text";  // text, json, markdown
  bool json = false;            // the same as format json
};
[[nodiscard]] int list_generators(const ListArguments& arguments);
[[nodiscard]] int list_entities(const ListArguments& arguments);
[[nodiscard]] int list_converters(const ListArguments& arguments);

struct GenerateArguments {
  std::string expression;  // the call of a generator
  std::uint64_t count = 1;
  std::optional<std::uint64_t> seed;  // none: drawn
  std::string now;                    // empty: the system's clock
  bool json = false;
};
[[nodiscard]] int generate(const GenerateArguments& arguments);

struct PackArguments {
  std::string folder;
  std::string out = "own.pack";
};
// Makes a data pack from a folder of CSV files.
[[nodiscard]] int make_pack(const PackArguments& arguments);

struct DomainArguments {
  std::string name;
  std::string version = "v1";
  std::int64_t count = 1;
  std::string seed = "0";
  std::string locale = "en_US";
  std::string clock = "2025-01-01T00:00:00Z";
  std::optional<std::string> constraints;  // JSON
  std::optional<std::string> profile_id, component_id;
  std::string request;  // a file, or "-" for stdin: the whole request instead of all that
  std::string schema;   // request or response: prints that of the domain instead
  bool strict = false;
};
// Prints the response with kOk, or the document of the error with kFailed.
[[nodiscard]] int domain(const DomainArguments& arguments);

[[nodiscard]] int list_targets(const ListArguments& arguments);

struct VersionArguments {
  bool json = false;
};
[[nodiscard]] int version(const VersionArguments& arguments);

}  // namespace mimus::cli
