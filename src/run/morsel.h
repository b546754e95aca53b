// Morsels: ranges of root rows, and what a thread makes of one.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "source/memstore.h"

namespace mimus {

struct Morsel {
  std::uint64_t number = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

// Bytes of one target for records of a morsel.
struct Piece {
  Buffer bytes;
  std::vector<std::size_t> ends;   // of each record, when the target wants them
  std::vector<std::string> names;  // of each record's file, when the records give them
  std::uint64_t records = 0;
};

// What a morsel, or a part of it, has made of one product.
struct ProductPieces {
  std::uint64_t records = 0;  // all, or those of the root rows before the failing one
  std::vector<Piece> targets;
  Buffer capture;
  RecordBatches stored;
};

struct MorselResult {
  std::vector<ProductPieces> products;
  std::optional<Diagnostic> failure;
  bool is_last = false;  // the records end in it, before their count

  [[nodiscard]] std::uint64_t bytes() const;
};

// Hands out morsels in order and takes their results back in any order, to give them on in order. Threads that run too
// far ahead wait, so that memory is bounded.
class MorselQueue {
 public:
  // `rows` in all; `start`: rows of the first morsels; at most `window` morsels are under way at once.
  MorselQueue(std::uint64_t rows, std::uint64_t start, std::uint64_t window)
      : rows_(rows), size_(start), window_(window) {}

  // The next morsel; nullopt when there is no more work. Waits while the window is full.
  [[nodiscard]] std::optional<Morsel> take();
  // No morsel is handed out any more.
  void stop();

  // Waits until all morsels before this one are written, and writes a part of its result. False: nothing more is
  // written.
  template <class Write>
  [[nodiscard]] bool deliver_part(const Morsel& morsel, MorselResult& part, Write&& write) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return stopped_writing_ || (written_ == morsel.number && !writing_); });
    if (stopped_writing_) return false;
    writing_ = true;
    lock.unlock();
    const bool go_on = write(part);
    lock.lock();
    writing_ = false;
    if (!go_on) stopped_ = stopped_writing_ = true;
    turn_.notify_all();
    return go_on;
  }

  // Puts a result in its place and calls `write` for all results that are next, one thread at a time, in order. When it
  // returns false, nothing more is written.
  template <class Write>
  void deliver(const Morsel& morsel, MorselResult result, Write&& write) {
    std::unique_lock lock(mutex_);
    adapt(morsel, result);
    waiting_.emplace(morsel.number, std::move(result));
    if (writing_) return;
    writing_ = true;
    while (!stopped_writing_ && !waiting_.empty() && waiting_.begin()->first == written_) {
      MorselResult next = std::move(waiting_.extract(waiting_.begin()).mapped());
      lock.unlock();
      const bool go_on = write(next);
      lock.lock();
      ++written_;
      if (!go_on) {
        stopped_writing_ = true;
        stopped_ = true;
      }
      room_.notify_all();
    }
    writing_ = false;
    turn_.notify_all();
  }

 private:
  void adapt(const Morsel& morsel, const MorselResult& result);

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable turn_;
  std::uint64_t rows_;
  std::uint64_t size_;
  std::uint64_t window_;
  std::uint64_t next_row_ = 0;
  std::uint64_t next_number_ = 0;
  std::uint64_t written_ = 0;
  bool writing_ = false;
  bool stopped_ = false;
  bool stopped_writing_ = false;
  std::map<std::uint64_t, MorselResult> waiting_;
};

}  // namespace mimus
