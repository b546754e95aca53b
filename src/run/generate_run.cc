#include "run/generate_run.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>

#include "base/text.h"
#include "data/gather.h"
#include "run/evaluate.h"
#include "run/file_lane.h"
#include "run/line_lanes.h"
#include "run/morsel.h"

namespace mimus {
namespace {

constexpr std::size_t kBatchRows = 2048;
// Records with lists in them: how many to begin with, before it is known how long the lists are.
constexpr std::size_t kFirstNestedRows = 16;
constexpr std::uint64_t kWindow = 4;  // morsels under way for each thread

// One target with its encoder.
struct TargetLane {
  std::unique_ptr<Encoder> encoder;
  std::unique_ptr<Lane> lane;
};

std::unique_ptr<Lane> make_lane(const GeneratePlan& plan, const FileTarget& target, const Encoder& encoder,
                                RunContext& context) {
  switch (target.destination()) {
    case Destination::Console:
      return std::make_unique<ConsoleLane>(context, plan.page_size);
    case Destination::Log:
      return std::make_unique<LogLane>(context, plan.name);
    default:
      return std::make_unique<FileLane>(context, plan.name, target, encoder);
  }
}

class GenerateRun {
 public:
  GenerateRun(const GeneratePlan& plan, RunContext& context) : plan_(plan), context_(context) {
    const bool stores = std::ranges::any_of(plan.targets, [](const TargetPlan& t) { return t.memstore != nullptr; });
    keeps_records_ = stores;
    if (context.options.capture) capture_ = make_capture_encoder();
  }

  Status run() {
    MIMUS_TRY(bind_lanes());
    const int threads = thread_count();
    MorselQueue queue(plan_.count, has_lists() ? kFirstNestedRows : kBatchRows,
                      static_cast<std::uint64_t>(threads) * kWindow);
    std::vector<std::jthread> others;
    for (int k = 1; k < threads; ++k) others.emplace_back([&] { work(queue); });
    work(queue);
    others.clear();
    if (failure_) return fail(std::move(*failure_));
    if (cancelled_) return fail("run.cancelled", "the run was cancelled");
    return finish();
  }

  Status publish(std::vector<Artifact>& artifacts) {
    for (const TargetLane& lane : lanes_) MIMUS_TRY(lane.lane->publish(artifacts));
    return context_.output.sync();
  }

 private:
  // What a thread has of its own.
  struct Thread {
    explicit Thread(const GeneratePlan& plan) : evaluation(plan) {}
    Evaluation evaluation;
    std::vector<std::unique_ptr<EncoderState>> states;
    std::unique_ptr<EncoderState> capture;
    std::size_t batch = kBatchRows;
  };

  [[nodiscard]] bool has_lists() const { return plan_.levels > 1; }

  [[nodiscard]] int thread_count() const {
    const int asked = context_.options.threads;
    const auto most = static_cast<std::uint64_t>(asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency()));
    // A thread for every batch at most.
    const std::uint64_t useful = plan_.count / (has_lists() ? kFirstNestedRows : kBatchRows) + 1;
    return static_cast<int>(std::min(most, useful));
  }

  // The first record tells the encoders what they need to know of all.
  Status bind_lanes() {
    Evaluation first(plan_);
    if (auto failure = first.evaluate(0, 1)) return fail(std::move(failure->finding));
    for (const TargetPlan& target : plan_.targets) {
      if (!target.file || target.file->destination() == Destination::Nowhere) continue;
      TargetLane lane;
      lane.encoder = target.file->bind(first.records());
      lane.lane = make_lane(plan_, *target.file, *lane.encoder, context_);
      lanes_.push_back(std::move(lane));
    }
    return {};
  }

  void work(MorselQueue& queue) {
    std::optional<Thread> own;
    while (true) {
      if (context_.is_cancelled()) {
        cancelled_ = true;
        queue.stop();
        return;
      }
      const auto morsel = queue.take();
      if (!morsel) return;
      MorselResult result;
      try {
        if (!own) start(own);
        result = evaluate(*morsel, *own);
      } catch (const std::bad_alloc&) {
        result = {};
        result.failure = Diagnostic{.code = "run.memory",
                                    .message = "<generate> '" + plan_.name + "' needs more memory than there is",
                                    .hint = "fewer or shorter lists in one record",
                                    .where = plan_.at};
      }
      if (result.failure) queue.stop();
      queue.deliver(*morsel, std::move(result), [&](MorselResult& next) { return write(next); });
    }
  }

  void start(std::optional<Thread>& own) {
    own.emplace(plan_);
    for (const TargetLane& lane : lanes_) own->states.push_back(lane.encoder->make_state());
    if (capture_) own->capture = capture_->make_state();
    if (has_lists()) own->batch = kFirstNestedRows;
  }

  MorselResult evaluate(const Morsel& morsel, Thread& own) {
    MorselResult result;
    result.pieces.resize(lanes_.size());
    for (std::uint64_t done = 0; done < morsel.count && !result.failure;) {
      const std::size_t count = std::min<std::uint64_t>(own.batch, morsel.count - done);
      auto failure = own.evaluation.evaluate(morsel.first + done, count);
      const std::size_t good = failure ? failure->row : count;
      encode(own, morsel.first + done, good, failure, result);
      if (failure) result.failure = std::move(failure->finding);
      done += count;
      const std::size_t a_row = own.evaluation.most_rows() / count + 1;
      own.batch = std::clamp<std::size_t>(kBatchRows / a_row, 1, own.batch * 8);
      if (!has_lists()) own.batch = kBatchRows;
    }
    return result;
  }

  // The first `count` records of the batch, whose number is `first`, to all targets; a target's failure is taken when
  // it comes earlier.
  void encode(Thread& own, std::uint64_t first, std::size_t count, std::optional<RowFailure>& failure,
              MorselResult& result) {
    const Record& records = own.evaluation.records();
    for (std::size_t l = 0; l < lanes_.size(); ++l) {
      if (first >= lanes_[l].lane->most_records()) continue;
      Piece& piece = result.pieces[l];
      auto own_failure = lanes_[l].encoder->encode(records, count, *own.states[l], piece.bytes,
                                                   lanes_[l].lane->wants_ends() ? &piece.ends : nullptr);
      if (own_failure) {
        own_failure->finding.where = plan_.at;
        keep_earliest(failure, std::move(own_failure));
      }
    }
    if (own.capture) (void)capture_->encode(records, count, *own.capture, result.capture, nullptr);
    if (keeps_records_ && count > 0) result.stored.push_back(mimus::own(records, count));
    result.rows += count;
  }

  // Called in the order of the morsels, one at a time. False ends the work.
  bool write(MorselResult& result) {
    const bool failed = result.failure.has_value();
    failure_ = std::move(result.failure);
    for (std::size_t l = 0; l < result.pieces.size(); ++l) {
      if (failed && !lanes_[l].lane->is_immediate()) continue;
      Piece& piece = result.pieces[l];
      if (auto status = lanes_[l].lane->write(piece.bytes.view(), result.rows, piece.ends); !status) {
        if (failed) return false;
        failure_ = std::move(status).error();
        if (failure_->where.line == 0) failure_->where = plan_.at;
        return false;
      }
    }
    if (failed) return false;
    captured_.append(result.capture.view());
    stored_.insert(stored_.end(), result.stored.begin(), result.stored.end());
    context_.count_rows(result.rows);
    return true;
  }

  Status finish() {
    for (const TargetPlan& target : plan_.targets) {
      if (target.memstore != nullptr) target.memstore->append(plan_.name, stored_);
    }
    if (capture_) context_.add_capture(plan_.name, captured_.view().substr(capture_->frame().separator.size()));
    return {};
  }

  const GeneratePlan& plan_;
  RunContext& context_;
  std::vector<TargetLane> lanes_;
  std::unique_ptr<Encoder> capture_;
  bool keeps_records_ = false;
  std::atomic<bool> cancelled_ = false;
  // Of the records written so far; changed by one writer at a time.
  std::optional<Diagnostic> failure_;
  Buffer captured_;
  RecordBatches stored_;
};

}  // namespace

Status run_generate(const GeneratePlan& plan, RunContext& context, std::vector<Artifact>& artifacts) {
  if (plan.count == 0) return {};
  GenerateRun run(plan, context);
  MIMUS_TRY(run.run());
  const std::size_t before = artifacts.size();
  if (auto status = run.publish(artifacts); !status) {
    // All of its files, or none.
    for (std::size_t k = before; k < artifacts.size(); ++k) context.output.withdraw(artifacts[k].name);
    artifacts.resize(before);
    return status;
  }
  return {};
}

}  // namespace mimus
