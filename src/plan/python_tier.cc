#include "plan/python_tier.h"

namespace mimus {

Result<python::Session*> PythonHost::session() {
  const std::scoped_lock lock(mutex_);
  if (!session_) {
    MIMUS_ASSIGN(session_, python::Session::start(settings_));
  }
  return session_.get();
}

Result<const python::Expression*> PythonTier::expression() const {
  const std::scoped_lock lock(mutex_);
  if (!made_) {
    MIMUS_ASSIGN(python::Session* const session, host_->session());
    made_ = session->compile({.text = text_, .constants = constants_, .parameters = parameters_});
  }
  if (!*made_) return fail(made_->error());
  return (*made_)->get();
}

}  // namespace mimus
