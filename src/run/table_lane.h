// TableLane: the records of one generate into a table of a database, a transaction for each page of them.
//
// A page is written when all of its records are there: what a run has written when it fails is whole pages of the
// records before the failing one, for any number of threads. One thread at a time.
#pragma once

#include <cstdint>

#include "plan/plan.h"
#include "run/lane.h"
#include "run/row_spool.h"
#include "target/table_target.h"

namespace mimus {

class TableLane final : public Lane {
 public:
  // All borrowed. `at_end`: nothing is written before the generate's end, since its rows ask or change the database
  // while they are made.
  TableLane(RunContext& context, const ProductPlan& product, const TableTarget& target, bool at_end);

  [[nodiscard]] bool wants_ends() const override { return true; }
  [[nodiscard]] Status write(const Piece& piece) override;
  [[nodiscard]] Status publish(std::vector<Artifact>& artifacts) override;
  [[nodiscard]] Status settle() override;

 private:
  // Writes so many of the rows that wait.
  [[nodiscard]] Status write_page(std::uint64_t rows);
  [[nodiscard]] Status commit();

  RunContext& context_;
  const ProductPlan& product_;
  const TableTarget& target_;
  bool at_end_;
  RowSpool spool_;
  std::uint64_t waiting_ = 0;  // rows in the spool
  std::uint64_t written_ = 0;
};

}  // namespace mimus
