#include "plan/python_tier.h"

#include <chrono>
#include <condition_variable>

#include "generator/faker_call.h"
#include "python/faker_methods.h"

namespace mimus {

Result<python::Session*> PythonHost::session() {
  const std::scoped_lock lock(mutex_);
  if (session_) return session_.get();
  if (!is_allowed_) {
    return fail("python.refused", "Python is refused, since nothing here would confine it",
                "a kernel with Landlock or seccomp, or --allow-unsandboxed-python");
  }
  python::set_faker_methods(call_faker);
  MIMUS_ASSIGN(session_, python::Session::start(settings_));
  if (is_over_) watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
  return session_.get();
}

void PythonHost::end() {
  watcher_ = {};
  if (session_) python::Session::silence();
}

// Again and again: what is interrupted may go on all the same.
void PythonHost::watch(const std::stop_token& stop) const {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  while (!woken.wait_for(lock, stop, std::chrono::milliseconds(50), [&] { return stop.stop_requested(); })) {
    if (is_over_()) python::Session::interrupt();
  }
}

Result<const python::Expression*> PythonTier::expression() const {
  const std::scoped_lock lock(mutex_);
  if (!made_) {
    if (!host_) return fail("python.missing", "there is no interpreter here");
    MIMUS_ASSIGN(python::Session* const session, host_->session());
    made_ = session->compile({.text = text_, .constants = constants_, .parameters = parameters_, .dotted = dotted_});
  }
  if (!*made_) return fail(made_->error());
  return (*made_)->get();
}

}  // namespace mimus
