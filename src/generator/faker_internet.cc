// Faker: the internet, files, browsers.
#include <array>

#include "generator/faker.h"
#include "generator/identifiers.h"
#include "generator/internet_names.h"

namespace mimus {
namespace {

using Scope = FakerScope;

template <std::size_t N>
std::string_view one(const std::array<std::string_view, N>& words, Draws& draws) {
  return words[draws.below(N)];
}

constexpr std::array<std::string_view, 3> kSafeDomains{"example.com", "example.org", "example.net"};
constexpr std::array<std::string_view, 7> kMethodsOfHttp{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"};
constexpr std::array<std::string_view, 8> kPaths{"app",      "main", "wp-content", "search",
                                                 "category", "tag",  "blog",       "list"};
constexpr std::array<std::string_view, 8> kPages{"index", "home", "search", "main", "post", "about", "login", "faq"};
constexpr std::array<std::string_view, 6> kPageExtensions{".html", ".htm", ".php", ".jsp", ".asp", ".html"};

struct Category {
  std::string_view name;
  std::array<std::string_view, 6> extensions;
};
constexpr std::array<Category, 5> kCategories{{{"audio", {"mp3", "wav", "flac", "mp3", "wav", "flac"}},
                                               {"image", {"bmp", "gif", "jpeg", "jpg", "png", "tiff"}},
                                               {"office", {"doc", "docx", "xls", "xlsx", "ppt", "odt"}},
                                               {"text", {"css", "csv", "html", "js", "json", "txt"}},
                                               {"video", {"mp4", "avi", "mov", "webm", "mp4", "avi"}}}};
constexpr std::array<std::string_view, 8> kMimeTypes{"application/json", "application/pdf", "audio/mpeg", "image/png",
                                                     "image/jpeg",       "text/css",        "text/html",  "video/mp4"};

Result<const Category*> category_of(const Arguments& arguments) {
  const std::string name = arguments.text_or("category", "");
  if (name.empty()) return nullptr;
  for (const Category& category : kCategories) {
    if (category.name == name) return &category;
  }
  return fail("generator.argument", "unknown category '" + name.substr(0, 40) + "'",
              "allowed: audio, image, office, text, video");
}

void extension(Draws& draws, std::string& out, const Category* category) {
  out += one((category == nullptr ? kCategories[draws.below(kCategories.size())] : *category).extensions, draws);
}

void file_name(Draws& draws, std::string& out, const Category* category, const std::string& given) {
  append_words(draws, out, 1);
  out += '.';
  if (given.empty()) {
    extension(draws, out, category);
  } else {
    out += given;
  }
}

void domain_word(const Scope& scope, Draws& draws, std::string& out) {
  append_plain(out, scope.words->draw(WordKind::CompanyStart, draws));
  append_plain(out, scope.words->draw(WordKind::CompanyEnd, draws));
}
void domain(const Scope& scope, Draws& draws, std::string& out) {
  domain_word(scope, draws, out);
  out += '.';
  out += scope.words->draw(WordKind::TopLevel, draws);
}
void safe_email(const Scope& scope, Draws& draws, std::string& out) {
  append_user_name(scope, draws, out);
  out.append("@").append(one(kSafeDomains, draws));
}
void free_email(const Scope& scope, Draws& draws, std::string& out) {
  append_user_name(scope, draws, out);
  out.append("@").append(scope.words->draw(WordKind::Webmail, draws));
}
void company_email(const Scope& scope, Draws& draws, std::string& out) {
  append_user_name(scope, draws, out);
  out += '@';
  domain(scope, draws, out);
}
void url_path(const Scope&, Draws& draws, std::string& out) {
  const std::uint64_t parts = 1 + draws.below(3);
  for (std::uint64_t k = 0; k < parts; ++k) out.append(k > 0 ? "/" : "").append(one(kPaths, draws));
}
void slug(const Scope&, Draws& draws, std::string& out) {
  const std::size_t start = out.size();
  append_words(draws, out, 3);
  for (std::size_t k = start; k < out.size(); ++k) out[k] = out[k] == ' ' ? '-' : out[k];
}
void private_address(const Scope&, Draws& draws, std::string& out) {
  const auto low = static_cast<std::uint32_t>(draws.next());
  switch (draws.below(3)) {
    case 0:
      return append_ipv4(out, 0x0A000000U | (low & 0xFFFFFFU));
    case 1:
      return append_ipv4(out, 0xAC100000U | (low & 0xFFFFFU));
    default:
      return append_ipv4(out, 0xC0A80000U | (low & 0xFFFFU));
  }
}
void public_address(const Scope&, Draws& draws, std::string& out) {
  // The first byte: of networks that are nowhere reserved.
  const auto low = static_cast<std::uint32_t>(draws.next()) & 0xFFFFFFU;
  append_ipv4(out, static_cast<std::uint32_t>(draws.between(11, 99)) << 24U | low);
}

// ---- browsers

void windows(Draws& draws, std::string& out) {
  constexpr std::array<std::string_view, 4> kVersions{"Windows NT 10.0", "Windows NT 6.2", "Windows NT 6.1",
                                                      "Windows NT 6.3"};
  out += one(kVersions, draws);
}
void mac(Draws& draws, std::string& out) {
  out += draws.below(2) == 0 ? "Macintosh; Intel Mac OS X 10_" : "Macintosh; U; Intel Mac OS X 10_";
  append_padded(out, 5 + draws.below(11), 1);
  out += '_';
  append_padded(out, draws.below(10), 1);
}
void linux_system(Draws& draws, std::string& out) {
  out += draws.below(2) == 0 ? "X11; Linux x86_64" : "X11; Linux i686";
}
void system_name(Draws& draws, std::string& out) {
  const std::uint64_t which = draws.below(3);
  (which == 0 ? windows : which == 1 ? mac : linux_system)(draws, out);
}
void chrome(const Scope&, Draws& draws, std::string& out) {
  std::string build;
  append_padded(build, 531 + draws.below(6), 1);
  build += '.';
  append_padded(build, draws.below(3), 1);
  out += "Mozilla/5.0 (";
  system_name(draws, out);
  out += ") AppleWebKit/" + build + " (KHTML, like Gecko) Chrome/";
  append_padded(out, 60 + draws.below(70), 1);
  out += ".0.";
  append_padded(out, 800 + draws.below(100), 1);
  out += ".0 Safari/" + build;
}
void firefox(const Scope&, Draws& draws, std::string& out) {
  std::string version;
  append_padded(version, 60 + draws.below(70), 1);
  out += "Mozilla/5.0 (";
  system_name(draws, out);
  out += "; rv:" + version + ".0) Gecko/20100101 Firefox/" + version + ".0";
}
void safari(const Scope&, Draws& draws, std::string& out) {
  out += "Mozilla/5.0 (";
  mac(draws, out);
  out += ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/";
  append_padded(out, 11 + draws.below(7), 1);
  out += ".1 Safari/605.1.15";
}
void opera(const Scope&, Draws& draws, std::string& out) {
  append_mask(out, draws, "Opera/9.%#.(");
  system_name(draws, out);
  append_mask(out, draws, "; en-US) Presto/2.9.1%# Version/1%.00");
}
void explorer(const Scope&, Draws& draws, std::string& out) {
  append_mask(out, draws, "Mozilla/5.0 (compatible; MSIE %.0; ");
  windows(draws, out);
  append_mask(out, draws, "; Trident/%.#)");
}
void user_agent(const Scope& scope, Draws& draws, std::string& out) {
  switch (draws.below(5)) {
    case 0:
      return firefox(scope, draws, out);
    case 1:
      return safari(scope, draws, out);
    case 2:
      return opera(scope, draws, out);
    case 3:
      return explorer(scope, draws, out);
    default:
      return chrome(scope, draws, out);
  }
}

// ---- with arguments

constexpr ParameterDeclaration kUrl[] = {{"schemes", ParameterType::Texts, "", "", "one of these", true}};
Result<std::unique_ptr<Generator>> make_url(const Arguments& arguments, const Scope& scope) {
  std::vector<std::string> schemes = {"http", "https"};
  if (arguments.has("schemes")) schemes = arguments.texts("schemes");
  return make_text([scope, schemes](Draws& draws, std::string& out) {
    if (!schemes.empty()) out += schemes[draws.below(schemes.size())];
    out += draws.below(2) == 0 ? "://www." : "://";
    domain(scope, draws, out);
    out += '/';
  });
}

constexpr ParameterDeclaration kExtension[] = {
    {"category", ParameterType::String, "", "audio, image, office, text, video", "kind of file", true}};
constexpr ParameterDeclaration kFileName[] = {
    {"category", ParameterType::String, "", "audio, image, office, text, video", "kind of file", true},
    {"extension", ParameterType::String, "", "", "the extension", true}};
constexpr ParameterDeclaration kFilePath[] = {
    {"depth", ParameterType::Int, "1", "0 to 100", "number of folders"},
    {"category", ParameterType::String, "", "audio, image, office, text, video", "kind of file", true},
    {"extension", ParameterType::String, "", "", "the extension", true},
    {"absolute", ParameterType::Bool, "True", "", "begins with a slash", true}};

Result<std::unique_ptr<Generator>> make_extension(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const Category* category, category_of(arguments));
  return make_text([category](Draws& draws, std::string& out) { extension(draws, out, category); });
}
Result<std::unique_ptr<Generator>> make_file_name(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const Category* category, category_of(arguments));
  return make_text([category, given = arguments.text_or("extension", "")](Draws& draws, std::string& out) {
    file_name(draws, out, category, given);
  });
}
Result<std::unique_ptr<Generator>> make_file_path(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const Category* category, category_of(arguments));
  const std::int64_t depth = arguments.integer("depth");
  if (depth < 0 || depth > 100) {
    return fail("generator.argument", "depth must be from 0 to 100, but is " + std::to_string(depth));
  }
  return make_text([=, given = arguments.text_or("extension", ""), absolute = arguments.boolean("absolute")](
                       Draws& draws, std::string& out) {
    if (absolute) out += '/';
    for (std::int64_t k = 0; k < depth; ++k) {
      append_words(draws, out, 1);
      out += '/';
    }
    file_name(draws, out, category, given);
  });
}
Result<std::unique_ptr<Generator>> make_port(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) { return Value(draws.between(0, 65'535)); });
}
Result<std::unique_ptr<Generator>> make_status(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    constexpr std::array<std::int64_t, 12> kCodes{200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 500, 503};
    return Value(kCodes[draws.below(kCodes.size())]);
  });
}

constexpr FakerMethod kMethods[] = {
    {"email", append_email},
    {"ascii_email", append_email},
    {"safe_email", safe_email},
    {"ascii_safe_email", safe_email},
    {"free_email", free_email},
    {"ascii_free_email", free_email},
    {"company_email", company_email},
    {"ascii_company_email", company_email},
    {"free_email_domain",
     [](const Scope& scope, Draws& draws, std::string& out) { out += scope.words->draw(WordKind::Webmail, draws); }},
    {"user_name", append_user_name},
    {"domain_name", domain},
    {"domain_word", domain_word},
    {"safe_domain_name", [](const Scope&, Draws& draws, std::string& out) { out += one(kSafeDomains, draws); }},
    {"hostname",
     [](const Scope& scope, Draws& draws, std::string& out) {
       append_mask(out, draws, draws.below(2) == 0 ? "web-##." : "srv-##.");
       domain(scope, draws, out);
     }},
    {"tld",
     [](const Scope& scope, Draws& draws, std::string& out) { out += scope.words->draw(WordKind::TopLevel, draws); }},
    {"url", nullptr, make_url, kUrl},
    {"uri",
     [](const Scope& scope, Draws& draws, std::string& out) {
       out += "https://www.";
       domain(scope, draws, out);
       out += '/';
       url_path(scope, draws, out);
       out.append("/").append(one(kPages, draws)).append(one(kPageExtensions, draws));
     }},
    {"uri_path", url_path},
    {"uri_page", [](const Scope&, Draws& draws, std::string& out) { out += one(kPages, draws); }},
    {"uri_extension", [](const Scope&, Draws& draws, std::string& out) { out += one(kPageExtensions, draws); }},
    {"image_url",
     [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "https://picsum.photos/%##/%##"); }},
    {"slug", slug},
    {"ipv4",
     [](const Scope&, Draws& draws, std::string& out) { append_ipv4(out, static_cast<std::uint32_t>(draws.next())); }},
    {"ipv4_private", private_address},
    {"ipv4_public", public_address},
    {"ipv4_network_class", [](const Scope&, Draws& draws, std::string& out) { out += "abc"[draws.below(3)]; }},
    {"ipv6", [](const Scope&, Draws& draws, std::string& out) { append_ipv6(out, draws); }},
    {"mac_address", [](const Scope&, Draws& draws, std::string& out) { append_mac(out, draws, ":"); }},
    {"http_method", [](const Scope&, Draws& draws, std::string& out) { out += one(kMethodsOfHttp, draws); }},
    {"http_status_code", nullptr, make_status},
    {"port_number", nullptr, make_port},
    {"iana_id",
     [](const Scope&, Draws& draws, std::string& out) { append_padded(out, 1 + draws.below(8'888'888), 1); }},
    {"ripe_id", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "ORG-^^%-RIPE"); }},
    {"nic_handle", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "^^%##-FAKE"); }},
    {"dga",
     [](const Scope& scope, Draws& draws, std::string& out) {
       append_letters(out, draws, 8 + draws.below(10), 'a');
       out.append(".").append(scope.words->draw(WordKind::TopLevel, draws));
     }},
    {"file_extension", nullptr, make_extension, kExtension},
    {"file_name", nullptr, make_file_name, kFileName},
    {"file_path", nullptr, make_file_path, kFilePath},
    {"mime_type", [](const Scope&, Draws& draws, std::string& out) { out += one(kMimeTypes, draws); }},
    {"unix_device", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "/dev/sd?"); }},
    {"unix_partition", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "/dev/sd?%"); }},
    {"user_agent", user_agent},
    {"chrome", chrome},
    {"firefox", firefox},
    {"safari", safari},
    {"opera", opera},
    {"internet_explorer", explorer},
    {"windows_platform_token", [](const Scope&, Draws& draws, std::string& out) { windows(draws, out); }},
    {"mac_platform_token", [](const Scope&, Draws& draws, std::string& out) { mac(draws, out); }},
    {"linux_platform_token", [](const Scope&, Draws& draws, std::string& out) { linux_system(draws, out); }},
    {"linux_processor",
     [](const Scope&, Draws& draws, std::string& out) { out += draws.below(2) == 0 ? "x86_64" : "i686"; }},
    {"mac_processor",
     [](const Scope&, Draws& draws, std::string& out) { out += draws.below(2) == 0 ? "Intel" : "U; Intel"; }},
    {"android_platform_token",
     [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "Android %.#.#"); }},
    {"ios_platform_token",
     [](const Scope&, Draws& draws, std::string& out) {
       append_mask(out, draws, "iPhone; CPU iPhone OS 1%_%_% like Mac OS X");
     }},
};

}  // namespace

std::span<const FakerMethod> faker_internet() { return kMethods; }

void append_user_name(const FakerScope& scope, Draws& draws, std::string& out) {
  // Names in letters of ASCII only, as addresses of mail have them.
  for (const std::string& name : {latin_given_name(draws, *scope.words), latin_family_name(draws, *scope.words)}) {
    for (const char c : name) {
      if (c >= 'a' && c <= 'z') out += c;
    }
    if (draws.below(3) == 0) break;
  }
  append_padded(out, draws.below(100), 2);
}

void append_email(const FakerScope& scope, Draws& draws, std::string& out) { safe_email(scope, draws, out); }

}  // namespace mimus
