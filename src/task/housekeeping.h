// What goes by itself: deleted projects after their time of grace, finished tasks after their project's retention.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "people/actor.h"
#include "store/store.h"

namespace mimus::task {

struct Housekeeping {
  std::uint64_t projects = 0;
  std::uint64_t tasks = 0;
};

// Removes what is due at `now`. A task goes with its artifacts, log and statistics. Safe while others work.
[[nodiscard]] Result<Housekeeping> keep_house(store::Store& store, Timestamp now);

// Removes a finished task with all that belongs to it. Private to this room.
[[nodiscard]] Status remove_task(store::Store& store, const store::Task& task, const people::Actor& actor,
                                 Timestamp now);

}  // namespace mimus::task
