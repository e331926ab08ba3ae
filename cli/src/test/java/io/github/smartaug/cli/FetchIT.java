package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Downloads by processes that are interrupted, or have no room. What they ask of the internet goes
 * to a proxy on this machine, which sends a part of the file and then waits.
 */
@DisabledOnOs(OS.WINDOWS)
class FetchIT {
  /** Of the training images of Fashion-MNIST, packed. */
  private static final long WHOLE = 26_421_880;

  private static final int PART = 3_000_000;

  @TempDir Path folder;
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch sent = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer proxy;

  @BeforeEach
  void startProxy() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(threads);
    proxy.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, WHOLE);
            exchange.getResponseBody().write(new byte[PART]);
            exchange.getResponseBody().flush();
            sent.countDown();
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    proxy.start();
  }

  @AfterEach
  void stopProxy() {
    end.countDown();
    proxy.stop(0);
    threads.shutdownNow();
  }

  private SmartAugProcess fetch(String limit) {
    String options = "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=" + proxy.getAddress().getPort();
    List<String> throughProxy =
        List.of("sh", "-c", limit + "JDK_JAVA_OPTIONS='" + options + "' exec \"$@\"", "sh");
    return SmartAugProcess.start(
        folder, throughProxy, List.of("datasets", "fetch", "fashion-mnist", "--retries", "0"));
  }

  private Path part() {
    return folder.resolve("datasets/fashion-mnist.download/train-images-idx3-ubyte.gz.part");
  }

  @Test
  void an_interrupted_download_keeps_what_has_come_and_says_where() throws Exception {
    try (SmartAugProcess process = fetch("")) {
      sent.await();
      awaitSize(part(), PART);
      process.interrupt();
      Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(130);
      // Other lines are progress, and the JVM's own of the options that it found.
      assertThat(result.err().stream().filter(line -> line.startsWith("smartaug: ")))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("smartaug: the download ends; Ctrl-C again stops now"),
              line ->
                  assertThat(line)
                      .matches(
                          "smartaug: interrupted: what has come is in"
                              + " .*/datasets/fashion-mnist.download, the same command goes on"));
    }
    assertThat(part()).hasSize(PART);
    assertThat(folder.resolve("datasets/fashion-mnist")).doesNotExist();
  }

  private static void awaitSize(Path file, long bytes) throws Exception {
    for (int i = 0; i < 600 && !(Files.exists(file) && Files.size(file) == bytes); i++) {
      Thread.sleep(100);
    }
  }

  @Test
  void a_full_disk_is_one_clear_line() {
    // In blocks of 512 bytes: a limit to the size of files is a full disk without privileges.
    try (SmartAugProcess process = fetch("ulimit -f 2000; ")) {
      Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .last()
          .asString()
          .startsWith("smartaug: ")
          .contains("train-images-idx3-ubyte.gz.part: cannot be written: ");
    }
  }
}
