// Methods of DataFakerGenerator, by the names that the library Faker gives them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "generator/text.h"
#include "generator/words.h"

namespace mimus {

// What a method may know.
struct FakerScope {
  std::shared_ptr<const Words> words;
  std::string locale;   // "de_DE"
  std::string country;  // "DE"
  Timestamp now;
};

struct FakerMethod {
  std::string_view name;
  // A text; for methods without arguments. Otherwise `make`.
  void (*write)(const FakerScope& scope, Draws& draws, std::string& out) = nullptr;
  Result<std::unique_ptr<Generator>> (*make)(const Arguments& arguments, const FakerScope& scope) = nullptr;
  std::span<const ParameterDeclaration> parameters = {};
};

// The methods, by file.
[[nodiscard]] std::span<const FakerMethod> faker_people();
[[nodiscard]] std::span<const FakerMethod> faker_internet();
[[nodiscard]] std::span<const FakerMethod> faker_numbers();
[[nodiscard]] std::span<const FakerMethod> faker_dates();
[[nodiscard]] std::span<const FakerMethod> faker_texts();
[[nodiscard]] std::span<const FakerMethod> faker_collections();
[[nodiscard]] std::span<const FakerMethod> faker_values();

// A generator of values of any type, from a function of the draws.
template <class Draw>
[[nodiscard]] std::unique_ptr<Generator> make_values(Draw draw) {
  class Function final : public Generator {
   public:
    explicit Function(Draw function) : draw_(std::move(function)) {}
    void generate(const Rows& rows, const Stream& stream, Column& out) const override {
      out.reset(Type::Dynamic, rows.count);
      out.values.resize(rows.count);
      for (std::size_t k = 0; k < rows.count; ++k) {
        Draws draws(stream, rows[k]);
        out.values[k] = draw_(draws);
      }
    }

   private:
    Draw draw_;
  };
  return std::make_unique<Function>(std::move(draw));
}

// Pieces that several files need.
void append_full_name(const FakerScope& scope, Draws& draws, std::string& out);
void append_street_address(const FakerScope& scope, Draws& draws, std::string& out);
void append_address(const FakerScope& scope, Draws& draws, std::string& out);
void append_company(const FakerScope& scope, Draws& draws, std::string& out);
void append_email(const FakerScope& scope, Draws& draws, std::string& out);
void append_user_name(const FakerScope& scope, Draws& draws, std::string& out);
// Ten people with their addresses, as JSON.
void append_json_people(const FakerScope& scope, Draws& draws, std::string& out);
void append_words(Draws& draws, std::string& out, std::size_t count);

}  // namespace mimus
