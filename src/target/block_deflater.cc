#include "target/block_deflater.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <system_error>

namespace mimus {
namespace {

constexpr std::size_t kBlock = std::size_t{512} << 10U;
constexpr std::size_t kDictionary = std::size_t{32} << 10U;
// Blocks that wait for each thread.
constexpr std::size_t kAhead = 3;

}  // namespace

struct BlockDeflater::Block {
  enum class State : std::uint8_t { Waiting, Running, Done, Failed };
  std::string dictionary, bytes, packed;
  std::uint32_t crc = 0;
  bool last = false;
  State state = State::Waiting;  // guarded by the deflater's mutex
};

// zlib's state, used for many blocks.
class BlockDeflater::Deflate {
 public:
  explicit Deflate(int level) {
    constexpr int kRaw = -15, kMemory = 8;
    if (deflateInit2(&stream_, level, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  ~Deflate() { deflateEnd(&stream_); }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;

  void run(Block& block) {
    deflateReset(&stream_);
    const auto bytes_of = [](std::string& text) { return reinterpret_cast<Bytef*>(text.data()); };
    if (!block.dictionary.empty()) {
      deflateSetDictionary(&stream_, bytes_of(block.dictionary), static_cast<uInt>(block.dictionary.size()));
    }
    block.packed.resize(deflateBound(&stream_, block.bytes.size()) + 16);
    stream_.next_in = bytes_of(block.bytes);
    stream_.avail_in = static_cast<uInt>(block.bytes.size());
    stream_.next_out = bytes_of(block.packed);
    stream_.avail_out = static_cast<uInt>(block.packed.size());
    // The bound holds for one call that ends the stream; a flush needs a few bytes more at most.
    const int result = deflate(&stream_, block.last ? Z_FINISH : Z_SYNC_FLUSH);
    assert(result == (block.last ? Z_STREAM_END : Z_OK) && stream_.avail_in == 0 && stream_.avail_out > 0);
    (void)result;
    block.packed.resize(block.packed.size() - stream_.avail_out);
    block.crc = static_cast<std::uint32_t>(crc32_z(0, bytes_of(block.bytes), block.bytes.size()));
  }

 private:
  z_stream stream_{};
};

BlockDeflater::BlockDeflater(int level, int threads)
    : level_(level), threads_(static_cast<std::size_t>(std::max(threads, 1))) {
  begin_block();
}

BlockDeflater::~BlockDeflater() = default;

void BlockDeflater::begin_block() {
  filling_ = std::make_unique<Block>();
  filling_->bytes.reserve(kBlock);
}

void BlockDeflater::add(std::string_view bytes, Buffer& out) {
  while (!bytes.empty()) {
    // A full block waits for the next byte: only then it is known not to be the last.
    if (filling_->bytes.size() == kBlock) {
      queue_block(false);
      take_finished(threads_ * kAhead, out);
    }
    const std::size_t count = std::min(bytes.size(), kBlock - filling_->bytes.size());
    filling_->bytes.append(bytes.substr(0, count));
    bytes.remove_prefix(count);
  }
}

void BlockDeflater::finish(Buffer& out) {
  queue_block(true);
  take_finished(0, out);
  finished_ = totals_;
  totals_ = {};
}

void BlockDeflater::queue_block(bool last) {
  filling_->last = last;
  std::string dictionary;
  if (!last) dictionary = filling_->bytes.substr(kBlock - kDictionary);
  {
    const std::lock_guard lock(mutex_);
    blocks_.push_back(std::move(filling_));
  }
  queued_.notify_one();
  begin_block();
  filling_->dictionary = std::move(dictionary);
  // Small files need no other threads.
  if (last || others_.size() + 1 >= threads_) return;
  try {
    others_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  } catch (const std::system_error&) {
    // There can be no more threads: those that are there do it.
    threads_ = others_.size() + 1;
  }
}

// Until at most so many blocks are left, working on them where no other thread does.
void BlockDeflater::take_finished(std::size_t most_waiting, Buffer& out) {
  std::unique_lock lock(mutex_);
  while (!blocks_.empty()) {
    Block& first = *blocks_.front();
    if (first.state == Block::State::Failed) throw std::bad_alloc();
    if (first.state == Block::State::Done) {
      append(first, out);
      blocks_.pop_front();
      continue;
    }
    if (blocks_.size() <= most_waiting) return;
    const auto waiting = std::ranges::find(blocks_, Block::State::Waiting, [](const auto& b) { return b->state; });
    if (waiting == blocks_.end()) {
      done_.wait(lock);
      continue;
    }
    Block& block = **waiting;
    block.state = Block::State::Running;
    lock.unlock();
    if (!own_) own_ = std::make_unique<Deflate>(level_);
    run(block, *own_);
    lock.lock();
  }
}

void BlockDeflater::append(const Block& block, Buffer& out) {
  out.append(block.packed);
  const auto size = static_cast<z_off_t>(block.bytes.size());
  totals_.crc = totals_.size == 0 ? block.crc : static_cast<std::uint32_t>(crc32_combine(totals_.crc, block.crc, size));
  totals_.size += block.bytes.size();
  totals_.packed_size += block.packed.size();
}

void BlockDeflater::run(Block& block, Deflate& deflate) {
  auto state = Block::State::Done;
  try {
    deflate.run(block);
  } catch (const std::bad_alloc&) {
    state = Block::State::Failed;
  }
  {
    const std::lock_guard lock(mutex_);
    block.state = state;
  }
  done_.notify_one();
}

void BlockDeflater::work(const std::stop_token& stop) {
  std::unique_ptr<Deflate> deflate;
  while (true) {
    Block* block = nullptr;
    {
      std::unique_lock lock(mutex_);
      const auto is_waiting = [](const auto& b) { return b->state == Block::State::Waiting; };
      if (!queued_.wait(lock, stop, [&] { return std::ranges::any_of(blocks_, is_waiting); })) return;
      block = std::ranges::find_if(blocks_, is_waiting)->get();
      block->state = Block::State::Running;
    }
    try {
      if (!deflate) deflate = std::make_unique<Deflate>(level_);
    } catch (const std::bad_alloc&) {
      const std::lock_guard lock(mutex_);
      block->state = Block::State::Waiting;
      return;  // the others do it
    }
    run(*block, *deflate);
  }
}

}  // namespace mimus
