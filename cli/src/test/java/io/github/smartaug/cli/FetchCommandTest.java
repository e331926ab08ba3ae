package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.data.published.Checksum;
import io.github.smartaug.data.published.PublishedDataset;
import io.github.smartaug.data.published.PublishedDatasets;
import io.github.smartaug.data.published.PublishedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smartaug datasets list} and {@code fetch}. */
class FetchCommandTest {
  private static final String LIST = "path,label\na.png,cat\n";

  @TempDir Path folder;
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/few.csv",
        exchange -> {
          try (exchange) {
            byte[] content = LIST.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
    server.start();
    Path few = Files.writeString(folder.resolve("few.csv"), LIST);
    PublishedDatasets.register(
        new Few("few", address("few.csv"), Checksum.md5("0".repeat(32)).of(few)));
    PublishedDatasets.register(new Few("gone", address("gone.csv"), Checksum.md5("0".repeat(32))));
  }

  private URI address(String file) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file);
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    PublishedDatasets.unregister("few");
    PublishedDatasets.unregister("gone");
  }

  /** A data set from outside the project: a class with what is asked for. */
  private record Few(String name, URI address, Checksum checksum) implements PublishedDataset {
    @Override
    public String description() {
      return "made by a test";
    }

    @Override
    public URI home() {
      return address;
    }

    @Override
    public String licence() {
      return "MIT";
    }

    @Override
    public Contents contents() {
      return new Contents(2, new ImageShape(1, 2, 2), 3, 0, 1);
    }

    @Override
    public List<PublishedFile> files() {
      return List.of(new PublishedFile("few.csv", 0, checksum, List.of(address)));
    }
  }

  @Test
  void every_published_set_is_a_line_of_the_list() throws IOException {
    Files.createDirectory(folder.resolve("few"));
    Files.writeString(folder.resolve("few/few.csv"), LIST);
    Result result = InProcess.run("datasets", "list", "--in", folder);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(1 + PublishedDatasets.names().size());
    assertThat(result.out())
        .anyMatch(
            row ->
                row.matches(
                    "mnist +10 +60000\\+10000 +1x28x28 +11.6 MB +handwritten digits; licence: CC"
                        + " BY-SA 3.0; http://yann.lecun.com/exdb/mnist/"))
        .anyMatch(row -> row.matches("few +2 +3\\+1 +1x2x2 +- +yes +made by a test; .*"));
  }

  @Test
  void the_list_is_there_for_programs_too() throws IOException {
    Result result = InProcess.run("datasets", "list", "--json");
    JsonNode sets = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(sets).hasSize(PublishedDatasets.names().size());
    assertThat(sets.get(0).required("name").asText()).isEqualTo("mnist");
    assertThat(sets.get(0).required("download_bytes").asLong()).isEqualTo(11_594_722);
    assertThat(sets.get(0).required("here").asBoolean()).isFalse();
  }

  @Test
  void a_set_is_fetched_and_the_next_command_named() {
    Path target = folder.resolve("sets/mine");
    Result result = InProcess.run("datasets", "fetch", "few", "--to", target);
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(target.resolve("few.csv")).hasContent(LIST);
    assertThat(result.out()).hasSize(3);
    assertThat(result.out().get(0)).startsWith("few (size not published), licence: MIT, http://");
    assertThat(result.out().get(1)).startsWith(target + ", with the published checksums, in ");
    assertThat(result.out().get(2))
        .isEqualTo("smartaug train --dataset " + target.resolve("few.csv"));

    Result again = InProcess.run("datasets", "fetch", "few", "--to", target);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out().get(0)).isEqualTo(target + " is there already");
  }

  @Test
  void what_cannot_be_had_is_one_line_and_exit_code_1() {
    Path target = folder.resolve("gone");
    Result result = InProcess.run("datasets", "fetch", "gone", "--to", target);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly(
            "smartaug: few.csv: cannot be downloaded: " + address("gone.csv") + " answers 404");
    assertThat(target).doesNotExist();
  }

  @Test
  void the_shell_completes_the_names_of_sets() {
    StringWriter out = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(out)).execute("completion");
    assertThat(out.toString()).contains("\"mnist\" \"fashion-mnist\" \"kmnist\"");
  }

  @Test
  void wrong_input_is_one_line_and_exit_code_2() throws IOException {
    Result unknown = InProcess.run("datasets", "fetch", "imagenet");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .singleElement()
        .asString()
        .startsWith("smartaug: NAME: published data set: \"imagenet\", allowed: mnist, fashion-");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    Result taken = InProcess.run("datasets", "fetch", "few", "--to", other);
    assertThat(taken.exitCode()).isEqualTo(2);
    assertThat(taken.err())
        .containsExactly(
            "smartaug: --to: " + other + ": is something else than few, allowed: a new folder");
    Result retries = InProcess.run("datasets", "fetch", "few", "--retries", "-1");
    assertThat(retries.exitCode()).isEqualTo(2);
    assertThat(retries.message()).contains("--retries: -1, allowed: from 0 to 1000");
  }
}
