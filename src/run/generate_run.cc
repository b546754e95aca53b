#include "run/generate_run.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <thread>

#include "base/file.h"
#include "base/text.h"
#include "data/gather.h"
#include "plan/targets.h"
#include "run/evaluate.h"
#include "run/file_lane.h"
#include "run/first_records.h"
#include "run/line_lanes.h"
#include "run/morsel.h"
#include "run/piece_marks.h"
#include "run/table_lane.h"

namespace mimus {
namespace {

constexpr std::size_t kBatchRows = 2048;
// Records with lists in them: how many to begin with, before it is known how long the lists are.
constexpr std::size_t kFirstNestedRows = 16;
constexpr std::size_t kShrink = 8;
constexpr std::uint64_t kWindow = 4;  // morsels under way for each thread

// A thread keeps so many bytes of a morsel at most; more of them are written before it is complete.
constexpr std::uint64_t kMostBytes = 16U << 20U;

// One target of one product. Encoder and lane are made when the product's first record is there.
struct Output {
  const TargetPlan* target = nullptr;
  std::unique_ptr<Encoder> encoder;
  std::unique_ptr<Lane> lane;
};

std::unique_ptr<Lane> make_lane(const ProductPlan& product, const TargetPlan& target, const Encoder& encoder,
                                RunContext& context) {
  switch (target.file->destination()) {
    case Destination::Console:
      return std::make_unique<ConsoleLane>(context, product.page_size);
    case Destination::Log:
      return std::make_unique<LogLane>(context, product.name);
    case Destination::Table:
      return std::make_unique<TableLane>(context, product, static_cast<const TableTarget&>(*target.file),
                                         target.at_end);
    default:
      return std::make_unique<FileLane>(context, target.name, *target.file, encoder, product.at);
  }
}

// What becomes of the records of one product.
struct Product {
  const ProductPlan* plan = nullptr;
  std::vector<Output> outputs;
  bool is_stored = false;
  std::uint64_t records = 0;  // written so far
  Buffer captured;
  StoredBatches stored;
  ProductSketch* statistics = nullptr;
  std::uint64_t earlier_records = 0;  // of the statistics
};

class GenerateRun {
 public:
  GenerateRun(const GeneratePlan& plan, bool is_cut, RunContext& context, const Evaluation::Includer& includer)
      : plan_(plan),
        is_cut_(is_cut),
        context_(context),
        includer_(includer),
        first_records_(plan.products.size()),
        lists_(plan.listed) {
    for (const ProductPlan& product : plan.products) {
      Product& own = products_.emplace_back();
      own.plan = &product;
      if (context.options.statistics) own.statistics = context.statistics.open(plan, product);
      if (own.statistics != nullptr) own.earlier_records = own.statistics->sketch.records();
      for (const TargetPlan& target : product.targets) {
        if (target.memstore != nullptr) own.is_stored = true;
        if (!target.file || target.file->destination() == Destination::Nowhere) continue;
        // What is written into a database may be read by a later generate.
        if (context.preview && target.file->destination() != Destination::Table) continue;
        own.outputs.push_back({&target, nullptr, nullptr});
      }
    }
    if (context.options.capture || context.preview) capture_ = make_capture_encoder();
  }

  Status run() {
    const int threads = thread_count();
    if (plan_.listed > 0 && threads > 1) make_lists();
    MorselQueue queue(plan_.count, first_batch(), static_cast<std::uint64_t>(threads) * kWindow);
    std::vector<std::jthread> others;
    for (int k = 1; k < threads; ++k) others.emplace_back([&] { work(queue); });
    work(queue);
    others.clear();
    if (plan_.count == 0 && plan_.tail_steps) write_tail_alone(queue);
    if (cancelled_) return settled({.code = "run.cancelled", .message = "the run was cancelled"});
    if (failure_ && context_.preview) show();
    if (failure_) return settled(std::move(*failure_));
    if (context_.check_sources) MIMUS_TRY(context_.check_sources());
    finish();
    return {};
  }

  Status publish(std::vector<Artifact>& artifacts) {
    for (const Product& product : products_) {
      for (const Output& output : product.outputs) {
        if (!output.lane) continue;
        if (auto status = output.lane->complete(); !status) {
          if (status.error().where.line == 0) status.error().where = product.plan->at;
          return status;
        }
      }
    }
    for (const Product& product : products_) {
      for (const Output& output : product.outputs) {
        if (output.lane) MIMUS_TRY(output.lane->publish(artifacts));
      }
    }
    return context_.output.sync();
  }

  [[nodiscard]] std::vector<std::uint64_t> records() const {
    std::vector<std::uint64_t> out;
    for (const Product& product : products_) out.push_back(product.records);
    return out;
  }

 private:
  // What fails on the way is of no interest beside the failure itself.
  std::unexpected<Diagnostic> settled(Diagnostic failure) {
    for (const Product& product : products_) {
      for (const Output& output : product.outputs) {
        if (output.lane) (void)output.lane->settle();
      }
    }
    return fail(std::move(failure));
  }

  // What a thread has of its own for one product.
  struct ProductStates {
    bool is_met = false;  // its encoders are there
    std::vector<std::unique_ptr<EncoderState>> outputs;
    std::unique_ptr<EncoderState> capture;
    std::optional<ThreadStatistics> statistics;
  };

  // What a thread has of its own, and the morsel it works on.
  struct Thread {
    Thread(const GeneratePlan& plan, Evaluation::Lists& lists, Evaluation::Sink sink,
           const Evaluation::Includer& includer)
        : evaluation(plan, lists, std::move(sink), includer), states(plan.products.size()) {}
    Evaluation evaluation;
    std::vector<ProductStates> states;
    std::size_t batch = kBatchRows;
    std::uint64_t first = 0;  // row of the batch
    Morsel morsel;
    MorselResult result;
  };

  [[nodiscard]] bool has_lists() const { return plan_.levels > 1; }
  [[nodiscard]] std::size_t first_batch() const {
    return plan_.products.size() > 1 || plan_.row_by_row ? 1 : has_lists() ? kFirstNestedRows : kBatchRows;
  }
  [[nodiscard]] int thread_count() const {
    if (plan_.in_order || context_.preview) return 1;
    const int asked = context_.options.threads;
    const auto most = static_cast<std::uint64_t>(asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency()));
    // A thread for every batch at most.
    return static_cast<int>(std::min(most, plan_.count / first_batch() + 1));
  }

  void work(MorselQueue& queue) {
    std::optional<Thread> own;
    while (true) {
      if (stop_if_cancelled(queue)) return;
      const auto morsel = queue.take();
      if (!morsel) break;
      MorselResult result;
      try {
        if (!own) start(own, queue);
        own->morsel = *morsel;
        evaluate(*own, queue);
        result = std::move(own->result);
      } catch (const std::bad_alloc&) {
        result = {};
        result.failure = Diagnostic{.code = "run.memory",
                                    .message = "<generate> '" + plan_.name + "' needs more memory than there is",
                                    .hint = "fewer or shorter lists in one record",
                                    .where = plan_.at};
      }
      first_records_.pass(morsel->number);
      if (result.failure) queue.stop();
      queue.deliver(*morsel, std::move(result), [&](MorselResult& next) { return write(next); });
    }
    if (own) merge_sketches(*own);
  }

  void start(std::optional<Thread>& own, MorselQueue& queue) {
    const auto sink = [this, &own, &queue](std::size_t product, const Record& records, std::size_t count) {
      if (auto failure = encode(*own, product, records, count)) own->result.failure = std::move(failure->finding);
      return !own->result.failure && write_early(*own, queue) && !stop_if_cancelled(queue);
    };
    own.emplace(plan_, lists_, sink, includer_);
    own->batch = first_batch();
  }

  // Lists that come from the first record must be there before several threads ask for them. What fails in it fails
  // again when it is evaluated in its turn.
  void make_lists() {
    Evaluation first(plan_, lists_, [](std::size_t, const Record&, std::size_t) { return true; }, includer_);
    (void)first.evaluate(0, 1);
  }

  bool stop_if_cancelled(MorselQueue& queue) {
    if (!context_.is_cancelled()) return false;
    cancelled_ = true;
    queue.stop();
    return true;
  }

  // Memory does not wait for the end of a morsel with very many records. False when nothing more can be written.
  bool write_early(Thread& own, MorselQueue& queue) {
    if (own.result.failure || own.result.bytes() < kMostBytes || capture_) return true;
    const bool go_on = queue.deliver_part(own.morsel, own.result, [&](MorselResult& part) { return write(part); });
    own.result.products = empty_pieces();
    return go_on;
  }

  [[nodiscard]] std::vector<ProductPieces> empty_pieces() const {
    std::vector<ProductPieces> out(products_.size());
    for (std::size_t p = 0; p < out.size(); ++p) out[p].targets.resize(products_[p].outputs.size());
    return out;
  }

  void evaluate(Thread& own, MorselQueue& queue) {
    const Morsel& morsel = own.morsel;
    own.result = {};
    own.result.products = empty_pieces();
    for (std::uint64_t done = 0; done < morsel.count && !own.result.failure;) {
      const std::size_t count = std::min<std::uint64_t>(own.batch, morsel.count - done);
      const std::uint64_t first = morsel.first + done;
      own.first = first;
      const std::vector<PieceMark> marks = products_.size() > 1 ? mark_pieces(own.result) : std::vector<PieceMark>();
      auto failure = own.evaluation.evaluate(first, count);
      if (own.evaluation.is_oversized()) {
        own.batch = std::max<std::size_t>(1, count / kShrink);
        continue;
      }
      const std::uint64_t end = std::min(own.evaluation.end().value_or(UINT64_MAX), first + count);
      if (failure && first + failure->row >= end) failure.reset();
      if ((failure || own.result.failure) && products_.size() > 1) cut_pieces(own.result, marks);
      if (own.result.failure) return;
      encode_batch(own, first, failure ? failure->row : static_cast<std::size_t>(end - first), failure);
      if (failure) own.result.failure = std::move(failure->finding);
      done += count;
      if (own.evaluation.end()) {
        own.result.is_last = true;
        queue.stop();
        return;
      }
      if (!write_early(own, queue)) return;
      const std::size_t a_row = own.evaluation.most_rows() / count + 1;
      own.batch = plan_.row_by_row ? 1 : std::clamp<std::size_t>(kBatchRows / a_row, 1, own.batch * 8);
      if (!has_lists() && !plan_.row_by_row) own.batch = kBatchRows;
    }
    if (plan_.tail_steps && !own.result.failure && morsel.first + morsel.count == plan_.count) evaluate_tail(own);
  }

  void write_tail_alone(MorselQueue& queue) {
    std::optional<Thread> own;
    start(own, queue);
    own->result.products = empty_pieces();
    evaluate_tail(*own);
    (void)write(own->result);
    merge_sketches(*own);
  }

  // The record that a variable or counter has ended is none, but what it had made of the products inside of it stays.
  void evaluate_tail(Thread& own) {
    own.first = plan_.count;
    if (auto failure = own.evaluation.evaluate_tail(plan_.count, *plan_.tail_steps)) {
      own.result.failure = std::move(failure->finding);
      return;
    }
    std::optional<RowFailure> failure;
    encode_batch(own, plan_.count, 1, failure);
    if (failure) own.result.failure = std::move(failure->finding);
  }

  // The records of the first `good` root rows of the batch that begins with row `first`.
  void encode_batch(Thread& own, std::uint64_t first, std::size_t good, std::optional<RowFailure>& failure) {
    for (std::size_t p = 0; p < products_.size(); ++p) {
      const ProductPlan& plan = *products_[p].plan;
      const std::size_t count = own.evaluation.count_records(plan, first + good);
      if (count == 0) continue;
      auto own_failure = encode(own, p, own.evaluation.records(plan), count);
      if (own_failure && (plan.level != plan_.level.number || plan.drops))
        own_failure->row = own.evaluation.root_row(plan, own_failure->row) - first;
      keep_earliest(failure, std::move(own_failure));
    }
  }

  // Records of a product to all of its targets; the failure's row is that of the record.
  std::optional<RowFailure> encode(Thread& own, std::size_t p, const Record& records, std::size_t count) {
    Product& product = products_[p];
    ProductPieces& pieces = own.result.products[p];
    meet(own, p, records);
    const bool is_root = product.plan->level == plan_.level.number && !product.plan->drops;
    std::optional<RowFailure> failure;
    for (std::size_t t = 0; t < product.outputs.size(); ++t) {
      const Output& output = product.outputs[t];
      Piece& piece = pieces.targets[t];
      if (is_root && own.morsel.first >= output.lane->most_records()) {
        piece.records += count;
        continue;
      }
      const auto& shape = output.target->shape;
      auto own_failure =
          output.encoder->encode(shape ? own.evaluation.values(*shape) : records, count, *own.states[p].outputs[t],
                                 piece.bytes, output.lane->wants_ends() ? &piece.ends : nullptr);
      piece.records += count;
      if (own_failure) {
        own_failure->finding.where = product.plan->at;
        keep_earliest(failure, std::move(own_failure));
      }
      if (output.target->file_name) {
        keep_earliest(failure, add_names(*output.target->file_name, own.evaluation, count, piece.names));
      }
    }
    std::size_t shown = capture_ ? count : 0;
    if (context_.preview)
      shown = context_.preview->room(product.plan->capture_name, product.records + pieces.records, count);
    if (shown > 0) (void)capture_->encode(records, shown, *own.states[p].capture, pieces.capture, nullptr);
    if (product.is_stored && count > 0) pieces.stored.push_back(mimus::own(records, count));
    if (product.statistics != nullptr && !failure) add_to_sketch(own, p, records, count);
    pieces.records += count;
    return failure;
  }

  void add_to_sketch(Thread& own, std::size_t p, const Record& records, std::size_t count) {
    const Product& product = products_[p];
    auto& sketch = own.states[p].statistics;
    if (!sketch) sketch.emplace(*product.statistics, product.earlier_records);
    const bool are_rows = product.plan->level == plan_.level.number && !product.plan->drops;
    if (are_rows) return sketch->add_rows(records, own.first, count);
    sketch->add_records(records, *product.plan, own.evaluation, own.first, count);
  }

  // A thread has made its last record.
  void merge_sketches(Thread& own) {
    const std::lock_guard lock(statistics_mutex_);
    for (std::size_t p = 0; p < products_.size(); ++p) {
      auto& sketch = own.states[p].statistics;
      if (sketch) products_[p].statistics->sketch.merge(sketch->take());
    }
  }

  // The names that the records give to their files.
  static std::optional<RowFailure> add_names(const FileNamePlan& plan, const Evaluation& evaluation, std::size_t count,
                                             std::vector<std::string>& names) {
    const Column& column = evaluation.values(plan.place.shape).fields[plan.place.field].column;
    for (std::size_t k = 0; k < count; ++k) {
      std::string name = text_of(value_at(column, k));
      if (!is_output_name(name)) {
        Diagnostic finding = not_a_file_name(name);
        finding.where = plan.at;
        return RowFailure{k, std::move(finding)};
      }
      names.push_back(std::move(name));
    }
    return std::nullopt;
  }

  // The encoders of a product, which its first record has made, and the thread's states for them.
  void meet(Thread& own, std::size_t p, const Record& records) {
    ProductStates& states = own.states[p];
    if (states.is_met) return;
    Product& product = products_[p];
    first_records_.meet(p, own.morsel.number, [&] {
      for (Output& output : product.outputs) {
        output.encoder = output.target->file->bind(records);
        output.lane = make_lane(*product.plan, *output.target, *output.encoder, context_);
      }
    });
    for (const Output& output : product.outputs) states.outputs.push_back(output.encoder->make_state());
    if (capture_) states.capture = capture_->make_state();
    states.is_met = true;
  }

  // Called in the order of the morsels, one at a time. False ends the work.
  bool write(MorselResult& result) {
    const bool failed = result.failure.has_value();
    failure_ = std::move(result.failure);
    for (std::size_t p = 0; p < result.products.size(); ++p) {
      Product& product = products_[p];
      ProductPieces& pieces = result.products[p];
      for (std::size_t t = 0; t < pieces.targets.size(); ++t) {
        Lane* lane = product.outputs[t].lane.get();
        Piece& piece = pieces.targets[t];
        if (lane == nullptr || (failed && !lane->is_immediate()) || piece.records == 0) continue;
        if (auto status = lane->write(piece); !status) {
          if (failed) return false;
          failure_ = std::move(status).error();
          if (failure_->where.line == 0) failure_->where = plan_.at;
          return false;
        }
      }
      product.records += pieces.records;
      product.captured.append(pieces.capture.view());
      for (auto& batch : pieces.stored) {
        auto kept = context_.stores.keep(std::move(batch));
        if (!kept) {
          if (!failed) failure_ = std::move(kept).error();
          if (!failed) failure_->where = plan_.at;
          return false;
        }
        product.stored.push_back(std::move(*kept));
      }
    }
    if (failed) return false;
    if (!result.products.empty()) context_.count_rows(result.products.back().records);
    if (context_.preview && products_.back().records > context_.options.preview->rows) return false;
    return !result.is_last;
  }

  [[nodiscard]] std::string_view captured(const Product& product) const {
    const std::string_view text = product.captured.view();
    return text.empty() ? text : text.substr(capture_->frame().separator.size());
  }

  void show() {
    for (const Product& product : products_) {
      context_.preview->add(product.plan->capture_name, captured(product), product.records, is_cut_);
    }
  }

  void finish() {
    for (Product& product : products_) {
      for (const TargetPlan& target : product.plan->targets) {
        if (target.memstore != nullptr) target.memstore->append(product.plan->name, product.stored);
      }
      if (context_.options.capture && product.records > 0) {
        context_.add_capture(product.plan->capture_name, captured(product));
      }
    }
    if (context_.preview) show();
  }

  const GeneratePlan& plan_;
  const bool is_cut_;
  RunContext& context_;
  const Evaluation::Includer& includer_;
  FirstRecords first_records_;
  Evaluation::Lists lists_;
  std::unique_ptr<Encoder> capture_;
  // Of the records written so far; changed by one writer at a time.
  std::vector<Product> products_;
  std::mutex statistics_mutex_;  // of the products' sketches
  std::atomic<bool> cancelled_ = false;
  std::optional<Diagnostic> failure_;
};

}  // namespace

Result<std::vector<std::uint64_t>> run_generate(const GeneratePlan& plan, bool is_cut, RunContext& context,
                                                const Evaluation::Includer& includer,
                                                std::vector<Artifact>& artifacts) {
  if (plan.count == 0 && !plan.tail_steps) {
    if (context.preview) context.preview->add_empty(plan);
    return std::vector<std::uint64_t>(plan.products.size());
  }
  GenerateRun run(plan, is_cut, context, includer);
  MIMUS_TRY(run.run());
  const std::size_t before = artifacts.size();
  if (auto status = run.publish(artifacts); !status) {
    // All of its files, or none.
    for (std::size_t k = before; k < artifacts.size(); ++k) context.output.withdraw(artifacts[k].name);
    artifacts.resize(before);
    return fail(std::move(status).error());
  }
  return run.records();
}

}  // namespace mimus
