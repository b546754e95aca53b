#include "server/router.h"

#include <algorithm>

#include "base/text.h"

namespace mimus::server {
namespace {

bool is_template(std::string_view segment) { return segment.starts_with('{'); }
bool is_name(std::string_view segment) { return segment == "{file_name}" || segment == "{artifact_name}"; }

void assign(PathValues& values, std::string_view key, const std::string& segment) {
  if (key == "{project_id}") values.project = segment;
  if (key == "{task_id}") values.task = segment;
  if (key == "{asset}") values.asset = segment;
  if (key == "{user_id}") values.user = segment;
  if (key == "{token_id}") values.token = segment;
  if (key == "{version}") values.version = segment;
  if (key == "{demo}") values.demo = segment;
}

}  // namespace

bool is_platform(const Target& target) {
  const auto& segments = target.segments;
  return segments.size() >= 3 && segments[0] == "api" && segments[1] == "platform" && segments[2] == "v1";
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) patterns_.push_back(compile(route.path));
}

Router::Pattern Router::compile(std::string_view path) {
  Pattern pattern;
  for (const std::string_view segment : split(path.substr(1), '/')) {
    if (is_name(segment)) {
      pattern.has_name = true;
      pattern.rank += '0';
    } else {
      (pattern.has_name ? pattern.after : pattern.before).push_back(segment);
      pattern.rank += is_template(segment) ? '1' : '2';
    }
  }
  return pattern;
}

bool Router::fits(const Pattern& pattern, std::span<const std::string> segments, PathValues& values) {
  const std::size_t fixed = pattern.before.size() + pattern.after.size();
  if (pattern.has_name ? segments.size() <= fixed : segments.size() != fixed) return false;
  const auto literal_fits = [](std::string_view wanted, const std::string& segment) {
    return is_template(wanted) || wanted == segment;
  };
  if (!std::ranges::equal(pattern.before, segments.first(pattern.before.size()), literal_fits)) return false;
  if (!std::ranges::equal(pattern.after, segments.last(pattern.after.size()), literal_fits)) return false;
  for (std::size_t i = 0; i < pattern.before.size(); ++i) assign(values, pattern.before[i], segments[i]);
  if (!pattern.has_name) return true;
  values.name.clear();
  for (std::size_t i = pattern.before.size(); i < segments.size() - pattern.after.size(); ++i) {
    if (i > pattern.before.size()) values.name += '/';
    values.name += segments[i];
  }
  return true;
}

Match Router::match(std::string_view method, const Target& target) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  Match best;
  const Pattern* rank = nullptr;
  std::vector<std::string_view> methods;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    PathValues values;
    if (!fits(patterns_[i], target.segments, values)) continue;
    if (std::ranges::find(methods, routes_[i].method) == methods.end()) methods.push_back(routes_[i].method);
    if (routes_[i].method != wanted || (rank != nullptr && patterns_[i].rank <= rank->rank)) continue;
    best.route = &routes_[i];
    best.values = std::move(values);
    rank = &patterns_[i];
  }
  if (best.route != nullptr) return best;
  for (const std::string_view allowed : methods) {
    if (!best.allow.empty()) best.allow += ", ";
    best.allow += allowed;
    if (allowed == "GET") best.allow += ", HEAD";
  }
  return best;
}

}  // namespace mimus::server
