// Everything that can be asked for, and the parts in which CLI11 is told of it: one file for each group of commands.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/commands.h"

namespace mimus::cli {

// Everything that can be asked for. The option objects point into it, so it stays where it is.
struct Arguments {
  RunArguments run;
  StatsArguments stats;
  DiffArguments diff;
  LintArguments lint;
  LintArguments validate;
  SchemaArguments schema;
  EvalArguments eval;
  InitArguments init;
  ServeArguments serve;
  WorkerArguments worker;
  ProjectCloneArguments clone;
  StoreArguments projects;
  ProjectDeleteArguments remove;
  TokenCreateArguments token;
  TokenListArguments tokens;
  TokenDeleteArguments revoke;
  UserCreateArguments user;
  UserListArguments users;
  UserArguments account;
  SettingsArguments settings;
  BannerArguments banner;
  AuditArguments audit;
  DemoArguments demos;
  DemoArguments demo;
  GenerateArguments generate;
  DomainArguments domain;
  PackArguments pack;
  ListArguments generators, converters, entities, targets;
  VersionArguments version;
  int status = kOk;
};

// Options that several commands have.
void add_data(CLI::App& command, std::string& data);
void add_store(CLI::App& command, StoreArguments& store);
void add_demos(CLI::App& command, std::string& demos);

// serve, worker.
void add_serve(CLI::App& app, Arguments& all);
// project, token, user, settings, banner, audit: what is kept in a data folder.
void add_store_commands(CLI::App& app, Arguments& all);

}  // namespace mimus::cli
