// What every request passes before the resources: is it meant for this server?
#pragma once

#include "server/http.h"
#include "server/origin.h"

namespace mimus::server {

class Gate final : public Handler {
 public:
  // `inside` must outlive it.
  Gate(Handler& inside, HostNames names) : inside_(inside), names_(std::move(names)) {}

  [[nodiscard]] Reaction begin(const Request& request) override;
  [[nodiscard]] Response refuse(int status, std::string_view reason) override { return inside_.refuse(status, reason); }

 private:
  Handler& inside_;
  HostNames names_;
};

}  // namespace mimus::server
