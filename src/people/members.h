// Who works on a project, in which role. A project has at least one owner, unless admins alone have worked on it.
//
// Every change is in the audit log, in the same transaction, and counts from the next request on: rights are looked up,
// not remembered. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::people {

using store::MemberUser;
using store::ProjectRole;

class Members {
 public:
  // `store` must outlive the service.
  explicit Members(store::Store& store, store::Clock clock = now) : store_(&store), clock_(std::move(clock)) {}

  // In order of e-mail. project.not_found.
  [[nodiscard]] Result<std::vector<MemberUser>> list(std::string_view project) const;
  // `user`: id or e-mail. project.not_found, user.not_found, member.exists.
  [[nodiscard]] Result<MemberUser> add(std::string_view project, std::string_view user, ProjectRole role,
                                       const Actor& actor);
  // project.not_found, member.not_found, member.last_owner.
  [[nodiscard]] Result<MemberUser> change(std::string_view project, std::string_view user, ProjectRole role,
                                          const Actor& actor);
  [[nodiscard]] Status remove(std::string_view project, std::string_view user, const Actor& actor);

 private:
  store::Store* store_;
  store::Clock clock_;
};

}  // namespace mimus::people
