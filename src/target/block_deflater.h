// BlockDeflater: a stream of deflated data (RFC 1951) made of blocks of a fixed size, on several threads.
//
// Each block is compressed by itself, with the end of the one before as its dictionary, and ends at a whole byte; the
// blocks in their order are one stream. Hence the bytes do not depend on threads, or on how the data was handed in.
// After zlib's "pigz" (Adler), which works this way. Memory: a few blocks for each thread.
//
// One thread at a time. Throws std::bad_alloc.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/buffer.h"

namespace mimus {

class BlockDeflater {
 public:
  // `level` 1 … 9; `threads` with the caller's.
  BlockDeflater(int level, int threads);
  ~BlockDeflater();
  BlockDeflater(const BlockDeflater&) = delete;
  BlockDeflater& operator=(const BlockDeflater&) = delete;

  // Appends what is ready of the stream to `out`.
  void add(std::string_view bytes, Buffer& out);
  // Appends the rest; what is added after that is another stream.
  void finish(Buffer& out);

  // Of the stream that was finished last: CRC-32 and size of the data, size of the stream.
  [[nodiscard]] std::uint32_t crc() const { return finished_.crc; }
  [[nodiscard]] std::uint64_t size() const { return finished_.size; }
  [[nodiscard]] std::uint64_t packed_size() const { return finished_.packed_size; }

 private:
  struct Block;
  class Deflate;
  struct Totals {
    std::uint32_t crc = 0;
    std::uint64_t size = 0;
    std::uint64_t packed_size = 0;
  };

  void begin_block();
  void queue_block(bool last);
  void take_finished(std::size_t most_waiting, Buffer& out);
  void append(const Block& block, Buffer& out);
  void work(const std::stop_token& stop);
  void run(Block& block, Deflate& deflate);

  int level_;
  std::size_t threads_;
  std::unique_ptr<Block> filling_;
  std::unique_ptr<Deflate> own_;
  Totals totals_, finished_;

  std::mutex mutex_;
  std::condition_variable_any queued_;
  std::condition_variable done_;
  std::deque<std::unique_ptr<Block>> blocks_;  // in their order
  std::vector<std::jthread> others_;           // last: they use what is above
};

}  // namespace mimus
