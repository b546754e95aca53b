#include "project/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "project/projects.h"
#include "store/testing.h"

namespace mimus::project {
namespace {

using store::code_of;
using store::require;

struct Entry {
  std::string path;
  std::string text;
  int kind = AE_IFREG;
  std::string link = {};  // symbolic
  std::string hard_link = {};
};

class ArchiveTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  store::Store data = require(store::open_store(folder.path() / "data"));
  Files files{data, {.file_bytes = 4U << 20U}};

  fs::path pack(const std::vector<Entry>& entries, bool compressed = true) const {
    fs::path path = folder.path() / "a.tar.gz";
    archive* out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    if (compressed) archive_write_add_filter_gzip(out);
    archive_write_open_filename(out, path.c_str());
    for (const Entry& entry : entries) {
      archive_entry* head = archive_entry_new();
      archive_entry_set_pathname(head, entry.path.c_str());
      archive_entry_set_filetype(head, static_cast<unsigned>(entry.kind));
      archive_entry_set_perm(head, 0644);
      archive_entry_set_size(head, static_cast<la_int64_t>(entry.text.size()));
      if (!entry.link.empty()) archive_entry_set_symlink(head, entry.link.c_str());
      if (!entry.hard_link.empty()) archive_entry_set_hardlink(head, entry.hard_link.c_str());
      archive_write_header(out, head);
      archive_write_data(out, entry.text.data(), entry.text.size());
      archive_entry_free(head);
    }
    archive_write_close(out);
    archive_write_free(out);
    return path;
  }
  Result<ArchiveContent> read(const fs::path& path, const ArchiveLimits& limits = {}) {
    const auto bytes = require(store::open_bytes(path));
    return read_archive(files, *bytes, limits);
  }
};

TEST_F(ArchiveTest, AProjectComesBack) {
  const store::Project project{.name = "Bücher",
                               .settings = {.csv_delimiter = ";", .csv_encoding = "cp1252", .retention_days = 30}};
  const auto content = require(read(pack({{std::string(kArchiveManifest), write_archive_manifest(project)},
                                          {"files", "", AE_IFDIR},
                                          {"files/datamimic.xml", "<setup/>"},
                                          {"files/data/a.csv", "a|b\n"}})));
  EXPECT_EQ(content.name, "Bücher");
  EXPECT_EQ(content.settings, project.settings);
  ASSERT_EQ(content.files.size(), 2U);
  EXPECT_EQ(content.files[1].name, "data/a.csv");
  EXPECT_EQ(content.files[1].blob.size, 4U);
}

TEST_F(ArchiveTest, HostileOnesAreRefused) {
  const std::vector<std::vector<Entry>> hostile = {
      {{"files/../../etc/passwd", "x"}},
      {{"/etc/passwd", "x"}},
      {{"files//a", "x"}},
      {{"files/a\\b", "x"}},
      {{"files/a\nb", "x"}},
      {{"elsewhere/a", "x"}},
      {{"../a", "", AE_IFDIR}},
      {{"files/link", "", AE_IFLNK, "/etc/passwd"}},
      {{"files/a", "x"}, {"files/b", "", AE_IFREG, "", "files/a"}},
      {{"files/pipe", "", AE_IFIFO}},
      {{"files/device", "", AE_IFCHR}},
      {{"files/a", "x"}, {"files/a", "y"}},
      {{"files/a", "x"}, {"files/A", "y"}},
      {{std::string(kArchiveManifest), "[]"}},
      {{std::string(kArchiveManifest), R"({"format": 2})"}},
      {{std::string(kArchiveManifest), R"({"format": 1, "name": 7})"}},
      {{std::string(kArchiveManifest), R"({"format": 1, "settings": []})"}},
      {{std::string(kArchiveManifest), R"({"format": 1})"}, {std::string(kArchiveManifest), R"({"format": 1})"}},
      {{std::string(kArchiveManifest), std::string(70'000, ' ')}},
      {},
  };
  for (const auto& entries : hostile) {
    EXPECT_EQ(code_of(read(pack(entries))), "archive.invalid") << (entries.empty() ? "" : entries.front().path);
  }
}

TEST_F(ArchiveTest, LimitsHold) {
  const auto three = pack({{"files/a", "1"}, {"files/b", "2"}, {"files/c", "3"}});
  EXPECT_EQ(code_of(read(three, {.entries = 2})), "archive.limit");
  EXPECT_EQ(code_of(read(three, {.bytes = 2})), "archive.limit");
  EXPECT_EQ(code_of(read(three, {.entries = 3, .bytes = 3})), "");
  const auto bomb = pack({{"files/a", std::string(3U << 20U, '0')}});
  EXPECT_EQ(code_of(read(bomb)), "archive.limit");
  EXPECT_EQ(code_of(read(bomb, {.ratio = 10'000})), "");
  EXPECT_EQ(code_of(read(pack({{"files/a", std::string(5U << 20U, '0')}}, false))), "file.too_large");
}

TEST_F(ArchiveTest, WhatIsNoArchiveIsRefused) {
  const fs::path path = folder.path() / "x";
  require(mimus::write_file(path, "PK\x03\x04 not a tar"));
  EXPECT_EQ(code_of(read(path)), "archive.invalid");
  const fs::path whole = pack({{"files/a", std::string(100'000, 'a')}});
  const std::string text = require(mimus::read_file(whole));
  require(mimus::write_file(path, text.substr(0, text.size() / 2)));
  EXPECT_EQ(code_of(read(path)), "archive.invalid");
}

TEST_F(ArchiveTest, ImportsAreCompleteOrNotThere) {
  Projects projects{data, files};
  const auto content = require(read(pack({{"files/a", "1"}, {"files/b", "2"}})));
  EXPECT_EQ(require(projects.import("in", content.settings, content.files, {})).files, 2U);
  EXPECT_EQ(code_of(projects.import("in", {.csv_delimiter = "ab"}, content.files, {})), "project.bad_settings");
  EXPECT_EQ(code_of(projects.import("", {}, content.files, {})), "project.bad_name");
  EXPECT_EQ(require(projects.list()).size(), 1U);
}

}  // namespace
}  // namespace mimus::project
