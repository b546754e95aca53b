// Buffer: bytes that grow at the end, without being cleared first. For encoders, which write through a raw pointer and
// ask for room before each piece whose size is not bounded.
//
//   char* p = buffer.end();
//   p = buffer.room(p, 40);      // at least 40 bytes may be written at p
//   p = write_int(p, value);
//   buffer.set_end(p);
//
// One owner, one thread at a time.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace mimus {

class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }
  // At most the first `size` bytes stay.
  void cut(std::size_t size) {
    if (size < size_) size_ = size;
  }

  // Where the next byte goes.
  [[nodiscard]] char* end() { return data_.get() + size_; }
  // `at` (which lies between end() and the capacity) or where it has moved to, with room for `bytes` behind it.
  [[nodiscard]] char* room(char* at, std::size_t bytes) {
    const auto used = static_cast<std::size_t>(at - data_.get());
    return capacity_ - used >= bytes ? at : grow(used, bytes);
  }
  void set_end(char* at) { size_ = static_cast<std::size_t>(at - data_.get()); }

  void append(std::string_view text) {
    char* p = room(end(), text.size());
    if (!text.empty()) std::memcpy(p, text.data(), text.size());
    set_end(p + text.size());
  }

 private:
  char* grow(std::size_t used, std::size_t bytes) {
    std::size_t capacity = capacity_ < 2048 ? 4096 : capacity_ * 2;
    while (capacity - used < bytes) capacity *= 2;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (used > 0) std::memcpy(larger.get(), data_.get(), used);
    data_ = std::move(larger);
    capacity_ = capacity;
    return data_.get() + used;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace mimus
