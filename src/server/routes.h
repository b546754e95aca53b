// The routes of each resource: one function a file. Order does not matter.
#pragma once

#include <vector>

#include "server/router.h"

namespace mimus::server {

void add_project_routes(std::vector<Route>& routes);       // project.cc
void add_file_routes(std::vector<Route>& routes);          // files.cc
void add_older_file_routes(std::vector<Route>& routes);    // older_files.cc
void add_lock_routes(std::vector<Route>& routes);          // locks.cc
void add_task_routes(std::vector<Route>& routes);          // tasks.cc
void add_artifact_routes(std::vector<Route>& routes);      // artifacts.cc
void add_event_routes(std::vector<Route>& routes);         // events.cc
void add_preview_routes(std::vector<Route>& routes);       // preview.cc
void add_health_routes(std::vector<Route>& routes);        // health.cc
void add_language_routes(std::vector<Route>& routes);      // language.cc
void add_metrics_routes(std::vector<Route>& routes);       // metrics_page.cc
void add_page_routes(std::vector<Route>& routes);          // pages.cc
void add_session_routes(std::vector<Route>& routes);       // session.cc
void add_projects_routes(std::vector<Route>& routes);      // projects.cc
void add_version_routes(std::vector<Route>& routes);       // versions.cc
void add_token_routes(std::vector<Route>& routes);         // tokens.cc
void add_demo_routes(std::vector<Route>& routes);          // demos.cc
void add_task_history_routes(std::vector<Route>& routes);  // task_history.cc
void add_user_routes(std::vector<Route>& routes);          // users.cc
void add_member_routes(std::vector<Route>& routes);        // members.cc
void add_setting_routes(std::vector<Route>& routes);       // settings.cc
void add_audit_routes(std::vector<Route>& routes);         // audit.cc
// The routes of the External API that the session API has, too; after all of those. platform_mirror.cc
void add_mirrored_routes(std::vector<Route>& routes);

[[nodiscard]] std::vector<Route> all_routes();

}  // namespace mimus::server
