package io.github.smartaug.cli.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the report of a run to this machine alone: {@code /}, a page that asks for {@code
 * /data.json} and draws itself anew as the run goes on. Every answer is made from the files of the
 * run folder at that moment; nothing is written.
 */
public final class ReportServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportServer.class);
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final int OK = 200;
  private static final int MISDIRECTED = 421;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private final RunFolder folder;
  private final HttpServer server;

  private ReportServer(RunFolder folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Begins to serve.
   *
   * @param port on this machine; 0 for any that is free
   * @throws IllegalArgumentException if the port cannot be used
   */
  public static ReportServer start(RunFolder folder, int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      ReportServer started = new ReportServer(folder, HttpServer.create(address, 0));
      started.server.createContext("/", started::answer);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--port: " + port + ": " + FileFailure.reason(e) + ", allowed: a port that is free", e);
    }
  }

  /** Where the page is. */
  public String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isForThisMachine(exchange)) {
        send(exchange, MISDIRECTED, "text/plain", "not for this name\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, NOT_ALLOWED, "text/plain", "GET only\n");
      } else {
        answer(exchange, exchange.getRequestURI().getPath());
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    try {
      switch (path) {
        case "/" -> send(exchange, OK, "text/html", report().liveHtml());
        case "/data.json" -> send(exchange, OK, "application/json", report().json());
        default -> send(exchange, NOT_FOUND, "text/plain", "nothing here, see /\n");
      }
    } catch (IllegalArgumentException e) {
      // A file that is being replaced, or a damaged one: the page asks again.
      LOG.warn("{}", e.getMessage());
      send(exchange, FAILED, "text/plain", e.getMessage() + "\n");
    }
  }

  private RunReport report() {
    return RunReport.of(folder, folder.isBeingWritten());
  }

  /** A page from elsewhere must not read the run by a name of its own for this machine. */
  private static boolean isForThisMachine(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && OWN_NAMES.contains(host.replaceFirst(":\\d+$", ""));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
