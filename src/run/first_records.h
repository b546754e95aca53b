// FirstRecords: the first record of each product, in the order of the run, tells its encoders what they need to know.
//
// Any thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <vector>

namespace mimus {

class FirstRecords {
 public:
  explicit FirstRecords(std::size_t products) : is_known_(products, false) {}

  // Before records of the product are encoded by a thread that has them from this morsel: waits until it is known
  // whether a morsel before has records of it too. When they are the first, `bind` is called, once for each product.
  template <class Bind>
  void meet(std::size_t product, std::uint64_t morsel, Bind&& bind) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_known_[product] || passed_ >= morsel; });
    if (is_known_[product]) return;
    bind();
    is_known_[product] = true;
    changed_.notify_all();
  }

  // The morsel is over, whatever it has brought.
  void pass(std::uint64_t morsel) {
    const std::lock_guard lock(mutex_);
    over_.insert(morsel);
    while (!over_.empty() && *over_.begin() == passed_) {
      over_.erase(over_.begin());
      ++passed_;
    }
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<bool> is_known_;
  std::uint64_t passed_ = 0;  // all morsels before it are over
  std::set<std::uint64_t> over_;
};

}  // namespace mimus
