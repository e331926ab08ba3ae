package io.github.smartaug.data.published;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of files on this machine, which can be made to fail. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
  }

  /** Name, range and condition of each request. */
  List<String> requests() {
    return requests;
  }

  /** Answers in a way of its own from now on. */
  void answer(String name, HttpHandler handler) {
    handlers.put(name, handler);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    requests.add(
        name
            + " "
            + exchange.getRequestHeaders().getFirst("Range")
            + " "
            + exchange.getRequestHeaders().getFirst("If-Range"));
    try (exchange) {
      handlers.get(name).handle(exchange);
    }
  }

  /** A file with ranges, and a tag if it is not null. */
  void serve(String name, byte[] content, String tag) {
    answer(name, exchange -> send(exchange, content, tag, content.length));
  }

  /**
   * A file whose connection ends early, the first time.
   *
   * @param arrived what was sent, which a client may forget when a connection ends before it reads
   */
  void serveCutOnce(String name, byte[] content, String tag, int sent, CountDownLatch arrived) {
    answer(
        name,
        exchange -> {
          serve(name, content, tag);
          send(exchange, content, tag, sent);
          await(arrived);
        });
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Answers as the request asks.
   *
   * @param upTo where the connection ends, counted from the file's beginning
   */
  static void send(HttpExchange exchange, byte[] content, String tag, int upTo) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (tag != null) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    boolean partial = range != null && (condition == null || condition.equals(tag));
    int from = partial ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")) : 0;
    if (from > content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (partial) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(Arrays.copyOfRange(content, from, Math.max(from, upTo)));
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
