#include "project/projects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;
using testing::ElementsAre;

const fs::path kDemos = fs::path(MIMUS_SOURCE_DIR) / "demos";

class ProjectsTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path() / "data"));
  Files files{data};
  Projects projects{data, files};
  fs::path demos = folder.path() / "demos";

  // A folder of demos of our own, with one file.
  void write_demo(const fs::path& name, std::string_view text) const {
    fs::create_directories((demos / name).parent_path());
    require(mimus::write_file(demos / name, text));
  }
  std::vector<std::string> names(const Project& project) {
    std::vector<std::string> all;
    for (const FileMetadata& file : require(files.list(project.id))) all.push_back(file.name);
    return all;
  }
};

TEST_F(ProjectsTest, ComeAndGo) {
  const Project one = require(projects.create("one"));
  const Project two = require(projects.create("one"));  // names need not be unique
  EXPECT_NE(one.id, two.id);
  EXPECT_EQ(require(projects.get(one.id)).name, "one");
  const std::vector<Project> all = require(projects.list());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, one.id);
  fs::create_directories(data.artifacts(one.id) / "task");
  fs::create_directories(data.logs(one.id));
  require(projects.purge(one.id));
  EXPECT_FALSE(fs::exists(data.artifacts(one.id)));
  EXPECT_FALSE(fs::exists(data.logs(one.id)));
  EXPECT_EQ(code_of(projects.get(one.id)), "project.not_found");
  EXPECT_EQ(code_of(projects.purge(one.id)), "project.not_found");
  EXPECT_EQ(require(projects.list()).size(), 1U);
}

TEST_F(ProjectsTest, CanBeRestoredForAWhile) {
  Timestamp time = now();
  Projects timed{data, files, {.grace_seconds = 60}, [&] { return time; }};
  const std::string id = require(timed.create("p")).id;
  require(files.create(id, "a", require(files.store_bytes("1")), {}));
  EXPECT_EQ(code_of(timed.restore(id, {})), "project.not_deleted");
  EXPECT_EQ(require(timed.remove(id, {})).delete_at->micros, time.micros + 60 * kMicrosPerSecond);
  EXPECT_EQ(code_of(timed.get(id)), "project.not_found");
  EXPECT_EQ(code_of(timed.remove(id, {})), "project.not_found");
  EXPECT_EQ(code_of(files.get(id, "a")), "project.not_found");
  EXPECT_TRUE(require(timed.list()).empty());
  EXPECT_EQ(require(timed.list(true)).size(), 1U);
  EXPECT_EQ(require(timed.purge_deleted()), 0U);
  require(timed.restore(id, {}));
  EXPECT_EQ(require(files.get(id, "a")).size, 1U);
  require(timed.remove(id, {}));
  time.micros += 60 * kMicrosPerSecond;
  EXPECT_EQ(require(timed.purge_deleted()), 1U);
  EXPECT_TRUE(require(timed.list(true)).empty());
  EXPECT_EQ(code_of(timed.restore(id, {})), "project.not_found");
}

TEST_F(ProjectsTest, AreUpdated) {
  const std::string id = require(projects.create("p")).id;
  const ProjectSettings settings{.csv_delimiter = "\t", .csv_encoding = "latin-1", .retention_days = 30};
  require(projects.update(id, {.name = "q", .settings = settings}, {}));
  require(projects.update(id, {.is_template = true}, {}));
  const Project project = require(projects.get(id));
  EXPECT_EQ(project.name, "q");
  EXPECT_EQ(project.settings, settings);
  EXPECT_TRUE(project.is_template);
  EXPECT_EQ(code_of(projects.update(id, {.name = ""}, {})), "project.bad_name");
  for (const ProjectSettings& bad :
       {ProjectSettings{.csv_delimiter = "\n"}, ProjectSettings{.csv_delimiter = "ab"},
        ProjectSettings{.csv_encoding = "klingon"}, ProjectSettings{.retention_days = 1'000'000}}) {
    EXPECT_EQ(code_of(projects.update(id, {.settings = bad}, {})), "project.bad_settings");
  }
  EXPECT_EQ(code_of(projects.update("nothing", {.name = "x"}, {})), "project.not_found");
}

TEST_F(ProjectsTest, AreMadeFromTemplates) {
  const std::string id = require(projects.create("source")).id;
  require(files.create(id, "a", require(files.store_bytes("1")), {}));
  EXPECT_EQ(code_of(projects.create_from(id, "copy", {})), "template.not_found");
  require(projects.update(id, {.settings = ProjectSettings{.csv_delimiter = ";"}, .is_template = true}, {}));
  const Project copy = require(projects.create_from(id, "copy", {}));
  EXPECT_EQ(copy.files, 1U);
  EXPECT_EQ(copy.settings.csv_delimiter, ";");
  EXPECT_FALSE(copy.is_template);
  require(projects.remove(id, {}));
  EXPECT_EQ(code_of(projects.create_from(id, "copy", {})), "template.not_found");
}

TEST_F(ProjectsTest, RefuseBadNames) {
  using namespace std::string_literals;
  for (const std::string& name : {""s, " \t"s, std::string(201, 'a'), "a\nb"s, "a\0b"s, "\xff"s, "a\x1b[0m"s}) {
    EXPECT_EQ(code_of(projects.create(name)), "project.bad_name") << name;
  }
  require(projects.create(std::string(200, 'a')));
  require(projects.create("Größe 日本"));
}

TEST_F(ProjectsTest, AreClonedWithAllFilesOfADemo) {
  for (const Demo& demo : require(list_demos(kDemos))) {
    const Project project = require(projects.clone(kDemos, demo.name));
    EXPECT_EQ(project.demo, demo.name);
    EXPECT_EQ(project.name, demo.title);
    EXPECT_EQ(require(projects.get(project.id)).files, project.files);
    EXPECT_THAT(names(project), testing::Contains("datamimic.xml"));
    EXPECT_THAT(names(project), testing::Not(testing::Contains("demo.json")));
    for (const std::string& name : names(project)) {
      const auto bytes = require(files.open(project.id, name)).bytes->size();
      EXPECT_EQ(bytes, fs::file_size(kDemos / demo.name / name));
    }
  }
  EXPECT_EQ(require(projects.clone(kDemos, "basic-json", "mine")).name, "mine");
  EXPECT_EQ(code_of(projects.clone(kDemos, "basic-json", "a\nb")), "project.bad_name");
}

TEST_F(ProjectsTest, ADemoThatIsMissingIsNamed) {
  write_demo("first/demo.json", R"({"title": "t", "description": "d"})");
  const auto near = projects.clone(demos, "frist");
  ASSERT_EQ(code_of(near), "demo.not_found");
  EXPECT_EQ(near.error().hint, "did you mean 'first'?");
  for (const char* name : {"", ".", "..", "../demos/first", "first/", "first/..", "/etc"}) {
    EXPECT_EQ(code_of(projects.clone(demos, name)), "demo.not_found") << name;
  }
  EXPECT_EQ(code_of(projects.clone(folder.path() / "nowhere", "first")), "demo.invalid");
}

TEST_F(ProjectsTest, ListsDemos) {
  write_demo("b/demo.json", R"({"title": "B", "description": "d", "tags": ["x", "y"]})");
  write_demo("a/demo.json", R"({"title": "A", "description": "d"})");
  write_demo("no-demo/datamimic.xml", "<setup/>");
  write_demo("file", "x");
  const std::vector<Demo> found = require(list_demos(demos));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "a");
  EXPECT_THAT(found[1].tags, ElementsAre("x", "y"));
}

TEST_F(ProjectsTest, RefuseADemoWithoutAReadableDescription) {
  write_demo("good/demo.json", R"({"title": "t", "description": "d"})");
  for (const char* text :
       {"", "[]", "{", R"({"title": 1, "description": "d"})", R"({"title": "t"})",
        R"({"title": "t", "description": "d", "tags": "x"})", R"({"title": "t", "description": "d", "tags": [1]})"}) {
    write_demo("bad/demo.json", text);
    EXPECT_EQ(code_of(list_demos(demos)), "demo.invalid") << text;
    EXPECT_EQ(code_of(projects.clone(demos, "bad")), "demo.invalid") << text;
    EXPECT_EQ(code_of(projects.clone(demos, "good")), "");  // one bad demo does not hide the others
  }
}

TEST_F(ProjectsTest, ACloneThatFailsLeavesNoProject) {
  write_demo("d/demo.json", R"({"title": "t", "description": "d"})");
  write_demo("d/datamimic.xml", "<setup/>");
  write_demo("d/sub/demo.json", "a file like any other");
  EXPECT_THAT(names(require(projects.clone(demos, "d"))), ElementsAre("datamimic.xml", "sub/demo.json"));
  const std::size_t before = require(projects.list()).size();

  const auto fails_with = [&](const fs::path& name, const std::string& code) {
    EXPECT_EQ(code_of(projects.clone(demos, "d")), code) << name;
    EXPECT_EQ(require(projects.list()).size(), before);
    fs::remove(demos / "d" / name);
  };
  write_demo("d/a\\b", "x");
  fails_with("a\\b", "demo.invalid");
  fs::create_symlink("/etc/passwd", demos / "d/link");
  fails_with("link", "demo.invalid");
  write_demo("d/DATAMIMIC.xml", "x");
  fails_with("DATAMIMIC.xml", "file.duplicate");
  Files small(data, {.file_bytes = 3});
  EXPECT_EQ(code_of(Projects(data, small).clone(demos, "d")), "file.too_large");
  Files few(data, {.project_files = 1});
  EXPECT_EQ(code_of(Projects(data, few).clone(demos, "d")), "project.quota");
  EXPECT_EQ(require(projects.list()).size(), before);
}

// A clone whose process is killed at any moment is there with all its files, or not at all.
TEST_F(ProjectsTest, AreClonedWholeOrNotAtAll) {
  write_demo("d/demo.json", R"({"title": "t", "description": "d"})");
  for (int i = 0; i < 30; ++i) write_demo("d/file" + std::to_string(i), std::to_string(i));
  for (int round = 0; round < 6; ++round) {
    store::Child child([&]() -> int {
      store::Store own = require(store::open_store(folder.path() / "data"));
      Files own_files(own);
      while (true) require(Projects(own, own_files).clone(demos, "d"));
    });
    // The first clone shows that it is under way; then it is killed somewhere in the middle.
    const std::size_t before = require(projects.list()).size();
    for (int i = 0; i < 10'000 && require(projects.list()).size() == before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_GT(require(projects.list()).size(), before);
    std::this_thread::sleep_for(std::chrono::milliseconds(3 * round));
    child.kill();
    for (const Project& project : require(projects.list())) {
      EXPECT_EQ(project.files, 30U);
      EXPECT_EQ(names(project).size(), 30U);
    }
  }
  require(projects.clone(demos, "d"));
}

}  // namespace
}  // namespace mimus::project
