#include "project/projects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/tokens.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;

const fs::path kDemos = fs::path(MIMUS_SOURCE_DIR) / "demos";

TEST(Projects, CloneADemoWithAllItsFiles) {
  const store::TemporaryFolder folder;
  store::Store store = require(store::open_store(folder.path()));
  Files files(store);
  Projects projects(store, files);
  const Project project = require(projects.clone(kDemos, "basic-json"));
  EXPECT_EQ(project.demo, "basic-json");
  EXPECT_EQ(project.name, "Basic JSON");
  std::vector<std::string> names;
  for (const FileMetadata& file : require(files.list(project.id))) names.push_back(file.name);
  EXPECT_THAT(names, testing::Contains("datamimic.xml"));
  EXPECT_THAT(names, testing::Contains("script/subscription.json"));
  EXPECT_THAT(names, testing::Not(testing::Contains("demo.json")));
  EXPECT_EQ(project.files, names.size());
  require(projects.remove(project.id));
  EXPECT_EQ(code_of(projects.get(project.id)), "project.not_found");
}

TEST(Tokens, AreKnownUntilTheyAreDeleted) {
  const store::TemporaryFolder folder;
  store::Store store = require(store::open_store(folder.path()));
  Files files(store);
  Projects projects(store, files);
  Tokens tokens(store);
  const Project project = require(projects.create("first"));
  const NewToken made = require(tokens.create(project.id, "laptop", "2099-01-01", "write"));
  const Principal principal = require(tokens.authenticate(made.text));
  EXPECT_EQ(principal.project_id, project.id);
  EXPECT_EQ(principal.scope, Scope::Write);
  require(tokens.remove(made.token.id));
  EXPECT_EQ(code_of(tokens.authenticate(made.text)), "token.invalid");
}

}  // namespace
}  // namespace mimus::project
