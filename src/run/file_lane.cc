#include "run/file_lane.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <thread>

#include "base/text.h"

namespace mimus {

FileLane::FileLane(RunContext& context, std::string name, const FileTarget& target, const Encoder& encoder, Location at)
    : context_(context), name_(std::move(name)), target_(target), encoder_(encoder), at_(std::move(at)) {
  const int asked = context.options.threads;
  const auto threads = asked > 0 ? static_cast<unsigned>(asked) : std::max(1U, std::thread::hardware_concurrency());
  packer_ = target.make_packer({.now = context.options.now, .threads = static_cast<int>(threads)});
}

Status FileLane::put(File& file, std::string_view bytes) {
  return packer_ ? pack(file, bytes, false) : put_packed(file, bytes);
}

Status FileLane::pack(File& file, std::string_view bytes, bool is_last) {
  packed_.clear();
  try {
    MIMUS_TRY(is_last ? packer_->finish(packed_) : packer_->pack(bytes, packed_));
  } catch (const std::bad_alloc&) {
    return fail("run.memory", "packing the files of '" + name_ + "' needs more memory than there is",
                "a lower compression_level, or fewer threads");
  }
  return put_packed(file, packed_.view());
}

Status FileLane::put_packed(File& file, std::string_view bytes) {
  MIMUS_TRY(context_.count_bytes(bytes.size()));
  file.size += bytes.size();
  return write_all(file.unfinished.descriptor.get(), bytes);
}

// What the packer has written into its file by itself.
Status FileLane::count_own_bytes(File& file) {
  struct stat status{};
  if (fstat(file.unfinished.descriptor.get(), &status) != 0) {
    return fail("output.write", "cannot write '" + file.unfinished.path.string() + "': " + errno_text(errno));
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  MIMUS_TRY(context_.count_bytes(size - file.size));
  file.size = size;
  return {};
}

Status FileLane::begin() {
  open_.emplace(File{});
  open_->name = std::move(next_name_);
  next_name_.clear();
  MIMUS_ASSIGN(open_->unfinished, context_.output.create());
  return packer_ ? packer_->begin(open_->unfinished.path) : Status();
}

// Into the open file, which is begun when there is none.
Status FileLane::write_to_file(std::string_view bytes, std::uint64_t records) {
  const Frame& frame = encoder_.frame();
  if (!open_) {
    MIMUS_TRY(begin());
    bytes.remove_prefix(frame.separator.size());
    if (records == 1 && encoder_.may_stand_alone()) {
      open_->records = 1;
      open_->held = std::string(bytes);
      return {};
    }
    MIMUS_TRY(put(*open_, frame.begin));
  }
  MIMUS_TRY(release_held());
  open_->records += records;
  return put(*open_, bytes);
}

// The record that was held back is one of several, or has no other form.
Status FileLane::release_held() {
  if (!open_->held) return {};
  const std::string record = std::move(*open_->held);
  open_->held.reset();
  MIMUS_TRY(put(*open_, encoder_.frame().begin));
  return put(*open_, record);
}

Status FileLane::write_chunks(const Piece& piece) {
  const std::string_view bytes = piece.bytes.view();
  const std::vector<std::size_t>& ends = piece.ends;
  const std::uint64_t chunk = target_.chunk_size();
  for (std::size_t first = 0; first < ends.size();) {
    if (open_ && open_->records == chunk) MIMUS_TRY(finish());
    const std::uint64_t room = chunk - (open_ ? open_->records : 0);
    const std::size_t count = std::min<std::uint64_t>(ends.size() - first, room);
    const std::size_t start = first == 0 ? 0 : ends[first - 1];
    if (!open_ && !piece.names.empty()) next_name_ = piece.names[first];
    MIMUS_TRY(write_to_file(bytes.substr(start, ends[first + count - 1] - start), count));
    first += count;
  }
  return {};
}

Status FileLane::write(const Piece& piece) {
  if (piece.records == 0) return {};
  return wants_ends() ? write_chunks(piece) : write_to_file(piece.bytes.view(), piece.records);
}

Status FileLane::finish() {
  if (const auto alone = open_->held ? encoder_.lone_file(*open_->held) : std::nullopt) {
    open_->held.reset();
    MIMUS_TRY(put(*open_, *alone));
  } else {
    MIMUS_TRY(release_held());
    MIMUS_TRY(put(*open_, encoder_.frame().end));
  }
  if (packer_) {
    MIMUS_TRY(pack(*open_, {}, true));
    MIMUS_TRY(count_own_bytes(*open_));
    if (auto warning = packer_->take_warning()) {
      warning->where = at_;
      context_.warn(std::move(*warning));
    }
  }
  MIMUS_TRY(context_.output.complete(open_->unfinished));
  std::string name = open_->name.empty() ? std::string() : free_name(open_->name);
  finished_.push_back({open_->unfinished.path.string(), std::move(name), open_->records, open_->size});
  open_.reset();
  if (finished_.size() > context_.options.limits.files) {
    return fail("task.limit", "the run makes more than " + with_thousands(context_.options.limits.files) + " files");
  }
  return {};
}

std::string FileLane::free_name(const std::string& name) {
  const auto [taken, is_free] = names_.try_emplace(name, 1);
  if (is_free) return name;
  std::uint64_t& number = taken->second;
  while (true) {
    std::string other = name + "_" + std::to_string(++number);
    if (names_.try_emplace(other, 1).second) return other;
  }
}

Status FileLane::publish(std::vector<Artifact>& artifacts) {
  for (std::size_t k = 0; k < finished_.size(); ++k) {
    const Finished& file = finished_[k];
    std::string stem = file.name;
    if (stem.empty()) stem = wants_ends() ? name_ + "_" + std::to_string(target_.first_number() + k) : name_;
    MIMUS_ASSIGN(std::string name, context_.output.publish(file.path, stem, target_.extension()));
    artifacts.push_back({std::move(name), file.size, file.records});
    if (artifacts.size() > context_.options.limits.files) {
      return fail("task.limit", "the run makes more than " + with_thousands(context_.options.limits.files) + " files");
    }
  }
  finished_.clear();
  return {};
}

}  // namespace mimus
