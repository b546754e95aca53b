#include "server/transport.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "base/file.h"
#include "base/text.h"

namespace mimus::server {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Counts the bytes of a body; refuses one that has an 'X'.
class CountTaker final : public BodyTaker {
 public:
  explicit CountTaker(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
  CountTaker(const CountTaker&) = delete;
  CountTaker& operator=(const CountTaker&) = delete;
  ~CountTaker() override { --alive_; }
  std::optional<Response> take(std::string_view piece) override {
    count_ += piece.size();
    if (piece.find('X') != std::string_view::npos) return Response{.status = 413, .body = "refused"};
    return std::nullopt;
  }
  Response finish() override { return {.status = 200, .body = std::to_string(count_) + " bytes"}; }

 private:
  std::atomic<int>& alive_;
  std::size_t count_ = 0;
};

// `pieces` times a kilobyte.
class Repeater final : public BodyWriter {
 public:
  Repeater(std::size_t pieces, bool fails) : pieces_(pieces), fails_(fails) {}
  Result<bool> next(std::string& out) override {
    if (pieces_ == 0) {
      if (fails_) return fail("store.failed", "broken");
      return false;
    }
    out.assign(1024, 'r');
    --pieces_;
    return true;
  }

 private:
  std::size_t pieces_;
  bool fails_;
};

class TestHandler final : public Handler {
 public:
  Reaction begin(const Request& request) override {
    if (request.target == "/count") return std::make_unique<CountTaker>(alive);
    if (request.target.starts_with("/repeat/")) return repeat(request.target.substr(8), {}, false);
    if (request.target.starts_with("/known/")) {
      const std::string number = request.target.substr(7);
      return repeat(number, *parse_uint(number) * 1024, false);
    }
    if (request.target == "/breaks") return repeat("3", {}, true);
    if (request.target == "/slow") {
      slow = true;
      std::this_thread::sleep_for(milliseconds(300));
    }
    if (request.target == "/nothing") return Response{.status = 204};
    return Response{.status = 200, .body = request.method + " " + request.target};
  }
  Response refuse(int status, std::string_view) override {
    return {.status = status, .body = "refused " + std::to_string(status)};
  }
  std::atomic<int> alive = 0;  // bodies under way
  std::atomic<bool> slow = false;

 private:
  static Reaction repeat(const std::string& pieces, std::optional<std::uint64_t> length, bool fails) {
    Response response;
    response.writer = std::make_unique<Repeater>(*parse_uint(pieces), fails);
    response.length = length;
    return response;
  }
};

// A client that says exactly what it is told.
class Client {
 public:
  explicit Client(const std::string& address, int receive_buffer = 0) {
    fd_ = Descriptor(socket(AF_INET, SOCK_STREAM, 0));
    if (receive_buffer > 0) setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(*parse_uint(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }

  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      if (count <= 0) return;  // refused: the answer says why
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void get(std::string_view target) const { send("GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n"); }
  void end() const { shutdown(fd_.get(), SHUT_WR); }

  // What arrives until `needle` has come, the connection ends, or nothing comes for `patience`.
  std::string read_until(std::string_view needle, milliseconds patience = milliseconds(10'000)) {
    while (needle.empty() || text_.find(needle) == std::string::npos) {
      pollfd waiting{.fd = fd_.get(), .events = POLLIN, .revents = 0};
      if (poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return text_ + "(nothing more)";
      std::string piece(65536, '\0');
      const ssize_t count = recv(fd_.get(), piece.data(), piece.size(), 0);
      if (count <= 0) return std::exchange(text_, {}) + "(end)";
      text_.append(piece, 0, static_cast<std::size_t>(count));
    }
    const std::size_t end = text_.find(needle) + needle.size();
    std::string found = text_.substr(0, end);
    text_.erase(0, end);
    return found;
  }
  std::string read_to_end() { return read_until(""); }

 private:
  Descriptor fd_;
  std::string text_;
};

class TransportTest : public testing::Test {
 protected:
  void SetUp() override { start({}); }
  void TearDown() override { stop(); }

  void start(TransportLimits limits) {
    stop();
    TransportOptions options;
    options.limits = limits;
    options.handler_threads = 4;
    auto opened = Transport::open(options, handler);
    ASSERT_TRUE(opened);
    transport = std::move(*opened);
    thread = std::thread([this] { transport->run(); });
  }
  void stop() {
    if (!transport) return;
    transport->stop();
    thread.join();
    transport.reset();
  }
  std::string answer_to(std::string_view request) {
    Client client(transport->address());
    client.send(request);
    client.end();
    return client.read_to_end();
  }

  TestHandler handler;
  std::unique_ptr<Transport> transport;
  std::thread thread;
};

TEST_F(TransportTest, KeepsTheConnectionAndAnswersInOrder) {
  Client client(transport->address());
  client.get("/one");
  EXPECT_THAT(client.read_until("GET /one"), StartsWith("HTTP/1.1 200 OK\r\n"));
  client.send("GET /two HTTP/1.1\r\nHost: t\r\n\r\n\r\nGET /three HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  client.read_until("GET /two");
  const std::string last = client.read_to_end();
  EXPECT_THAT(last, HasSubstr("GET /three(end)"));
  EXPECT_THAT(last, HasSubstr("Connection: close"));
}

TEST_F(TransportTest, AnswersHeadWithoutABody) {
  Client client(transport->address());
  client.send("HEAD /known/5 HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("Content-Length: 5120"));
  client.send("HEAD /x HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("Content-Length: 7"));
  client.get("/nothing");
  EXPECT_THAT(client.read_until("\r\n\r\n"), Not(HasSubstr("Content-Length")));
  client.get("/after");
  EXPECT_THAT(client.read_until("GET /after"), StartsWith("HTTP/1.1 200"));
}

TEST_F(TransportTest, ServesHttp10) {
  EXPECT_THAT(answer_to("GET /x HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close"));
  const std::string streamed = answer_to("GET /repeat/2 HTTP/1.0\r\n\r\n");
  EXPECT_THAT(streamed, Not(HasSubstr("chunked")));
  EXPECT_THAT(streamed, HasSubstr("\r\n\r\nrrrr"));
}

TEST_F(TransportTest, StreamsInChunksAndWithALength) {
  Client client(transport->address());
  client.get("/repeat/3");
  const std::string chunked = client.read_until("\r\n0\r\n\r\n");
  EXPECT_THAT(chunked, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(chunked, HasSubstr("\r\n400\r\nrrr"));
  client.get("/known/3");
  EXPECT_THAT(client.read_until(std::string(3072, 'r')), HasSubstr("Content-Length: 3072"));
  client.get("/after");
  EXPECT_THAT(client.read_until("GET /after"), StartsWith("HTTP/1.1 200"));
}

TEST_F(TransportTest, BreaksTheConnectionWhenABodyCannotBeMade) {
  Client client(transport->address());
  client.get("/breaks");
  const std::string text = client.read_to_end();
  EXPECT_THAT(text, HasSubstr("rrr"));
  EXPECT_THAT(text, Not(HasSubstr("\r\n0\r\n\r\n")));
  EXPECT_THAT(text, HasSubstr("(end)"));
}

TEST_F(TransportTest, TakesBodiesOfBothKinds) {
  Client client(transport->address());
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nabcde");
  client.read_until("5 bytes");
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n");
  client.send("2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
  client.read_until("5 bytes");
  client.send("POST /count HTTP/1.1\r\nHost: t\r\n\r\n");
  client.read_until("0 bytes");
  const std::string large(3'000'000, 'a');
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 3000000\r\n\r\n" + large);
  client.read_until("3000000 bytes");
  EXPECT_EQ(handler.alive, 0);
}

TEST_F(TransportTest, SaysContinueOnlyWhenItTakesTheBody) {
  Client client(transport->address());
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  client.read_until("3 bytes");
  client.send("POST /other HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(client.read_until("POST /other"), Not(HasSubstr("100 Continue")));
}

TEST_F(TransportTest, DoesAwayWithABodyNobodyWants) {
  Client client(transport->address());
  client.send("POST /other HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nabcde");
  client.read_until("POST /other");
  client.get("/after");
  EXPECT_THAT(client.read_until("GET /after"), StartsWith("HTTP/1.1 200"));
}

TEST_F(TransportTest, AnswersARefusedBodyAndCloses) {
  Client client(transport->address());
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 100000000\r\n\r\n" + std::string(100'000, 'X'));
  const std::string text = client.read_until("refused");
  EXPECT_THAT(text, StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
  EXPECT_THAT(text, HasSubstr("Connection: close"));
  client.send(std::string(2'000'000, 'X'));
  EXPECT_THAT(client.read_to_end(), HasSubstr("(end)"));
}

TEST_F(TransportTest, RefusesWhatCouldBeReadInTwoWays) {
  const std::string post = "POST /count HTTP/1.1\r\nHost: t\r\n";
  for (const std::string& request :
       std::vector<std::string>{post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                                post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                                post + "Content-Length: 3, 3\r\n\r\nabc",
                                post + "Content-Length: +3\r\n\r\nabc",
                                post + "Content-Length: -3\r\n\r\nabc",
                                post + "Content-Length : 3\r\n\r\nabc",
                                post + "X: a\r\n Content-Length: 3\r\n\r\nabc",
                                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                post + "Content-Length: 99999999999999999999\r\n\r\n",
                                post + "X\r\n\r\n",
                                post + "X: a\rb\r\n\r\n",
                                post + std::string("X: a\0b\r\n\r\n", 10),
                                std::string("GET /x HTTP/1.1\r\n\r\n"),
                                std::string("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                                std::string("GET /x\r\n\r\n"),
                                std::string("GET  /x HTTP/1.1\r\nHost: t\r\n\r\n"),
                                std::string("nonsense\r\n\r\n"),
                                std::string("POST /count HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                                post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                                post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n"}) {
    const std::string text = answer_to(request);
    EXPECT_THAT(text, StartsWith("HTTP/1.")) << request;
    EXPECT_THAT(text, HasSubstr(" 400 Bad Request\r\n")) << request;
    EXPECT_THAT(text, HasSubstr("(end)")) << request;
  }
  EXPECT_THAT(answer_to(post + "Transfer-Encoding: gzip\r\n\r\n"), HasSubstr(" 501 "));
  EXPECT_THAT(answer_to(post + "Transfer-Encoding: gzip, chunked\r\n\r\n"), HasSubstr(" 501 "));
  EXPECT_THAT(answer_to(post + "Expect: miracles\r\n\r\n"), HasSubstr(" 417 "));
  EXPECT_THAT(answer_to("GET /x HTTP/2.0\r\nHost: t\r\n\r\n"), HasSubstr(" 505 "));
}

TEST_F(TransportTest, LimitsHeaderAndUrl) {
  const auto with_target = [](std::size_t size) {
    return "GET /" + std::string(size - 1, 'u') + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
  };
  EXPECT_THAT(answer_to(with_target(8192)), HasSubstr(" 200 OK"));
  EXPECT_THAT(answer_to(with_target(8193)), HasSubstr(" 414 "));
  EXPECT_THAT(answer_to(with_target(20'000)), HasSubstr(" 414 "));
  EXPECT_THAT(answer_to(with_target(200'000)), HasSubstr(" 414 "));
  const auto with_field = [](std::size_t size) {
    return "GET /x HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX: " + std::string(size, 'f') + "\r\n\r\n";
  };
  EXPECT_THAT(answer_to(with_field(16'000)), HasSubstr(" 200 OK"));
  EXPECT_THAT(answer_to(with_field(16'400)), HasSubstr(" 431 "));
  EXPECT_THAT(answer_to(with_field(500'000)), HasSubstr(" 431 "));
}

TEST_F(TransportTest, DropsABodyThatBreaksOff) {
  {
    Client client(transport->address());
    client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc");
    for (int k = 0; k < 500 && handler.alive == 0; ++k) std::this_thread::sleep_for(milliseconds(10));
    EXPECT_EQ(handler.alive, 1);
  }
  for (int k = 0; k < 500 && handler.alive > 0; ++k) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(handler.alive, 0);
}

TEST_F(TransportTest, GivesUpOnWhatMakesNoProgress) {
  TransportLimits limits;
  limits.stall = milliseconds(200);
  limits.idle = milliseconds(300);
  limits.slow_reader = milliseconds(200);
  start(limits);
  Client header(transport->address());
  header.send("GET /x HTTP/1.1\r\nHost");
  Client body(transport->address());
  body.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc");
  Client idle(transport->address());
  Client reader(transport->address(), 4096);
  reader.get("/repeat/100000");
  EXPECT_THAT(header.read_to_end(), HasSubstr(" 408 "));
  EXPECT_THAT(body.read_to_end(), HasSubstr(" 408 "));
  EXPECT_EQ(idle.read_to_end(), "(end)");
  std::this_thread::sleep_for(milliseconds(600));
  EXPECT_THAT(reader.read_to_end(), Not(HasSubstr("\r\n0\r\n\r\n")));
  EXPECT_EQ(handler.alive, 0);
}

TEST_F(TransportTest, GivesUpOnAHeaderThatTricklesIn) {
  TransportLimits limits;
  limits.stall = milliseconds(2000);
  limits.header_total = milliseconds(300);
  start(limits);
  Client client(transport->address());
  std::string text;
  for (int k = 0; k < 100 && text.find("408") == std::string::npos; ++k) {
    client.send(k == 0 ? "GET /" : "a");
    text += client.read_until("408", milliseconds(50));
  }
  EXPECT_THAT(text, HasSubstr(" 408"));
}

TEST_F(TransportTest, FinishesWhatIsUnderWayWhenItStops) {
  Client busy(transport->address());
  Client idle(transport->address());
  idle.get("/x");
  idle.read_until("GET /x");
  busy.get("/slow");
  for (int k = 0; k < 500 && !handler.slow; ++k) std::this_thread::sleep_for(milliseconds(10));
  stop();
  EXPECT_THAT(busy.read_to_end(), HasSubstr("GET /slow(end)"));
  EXPECT_EQ(idle.read_to_end(), "(end)");
}

TEST_F(TransportTest, EndsWhatDoesNotFinishInTime) {
  TransportLimits limits;
  limits.stop_grace = milliseconds(100);
  start(limits);
  Client client(transport->address());
  client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc");
  for (int k = 0; k < 500 && handler.alive == 0; ++k) std::this_thread::sleep_for(milliseconds(10));
  stop();
  EXPECT_EQ(handler.alive, 0);
  EXPECT_EQ(client.read_to_end(), "(end)");
}

TEST_F(TransportTest, ServesManyAtOnce) {
  std::vector<std::unique_ptr<Client>> clients;
  clients.reserve(200);
  for (int k = 0; k < 200; ++k) clients.push_back(std::make_unique<Client>(transport->address()));
  for (int k = 0; k < 200; ++k) clients[static_cast<std::size_t>(k)]->get("/n" + std::to_string(k));
  for (int k = 0; k < 200; ++k) {
    EXPECT_THAT(clients[static_cast<std::size_t>(k)]->read_until("/n" + std::to_string(k)), StartsWith("HTTP/1.1 200"));
  }
}

TEST(Transport, SaysWhyItCannotListen) {
  TestHandler handler;
  const auto first = Transport::open({}, handler);
  ASSERT_TRUE(first);
  const std::string address = (*first)->address();
  TransportOptions options;
  options.port = static_cast<std::uint16_t>(*parse_uint(address.substr(address.rfind(':') + 1)));
  EXPECT_EQ(Transport::open(options, handler).error().code, "listen.in_use");
  options.host = "no address";
  EXPECT_EQ(Transport::open(options, handler).error().code, "listen.address");
  options.host = "192.0.2.1";
  EXPECT_EQ(Transport::open(options, handler).error().code, "listen.failed");
}

}  // namespace
}  // namespace mimus::server
