package io.github.smartaug.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunLock;
import io.github.smartaug.run.report.Browser;
import io.github.smartaug.run.report.MadeUpRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportServerTest {
  @TempDir private Path folder;
  private RunFolder run;
  private ReportServer server;

  @BeforeEach
  void start() throws IOException {
    run = epochs(1);
    server = ReportServer.start(run, 0);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private RunFolder epochs(int epochs) throws IOException {
    return new MadeUpRun(epochs, 9, 3, 4, false).write(folder);
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address()).resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void what_is_served_is_the_run_as_it_is_now() throws IOException, InterruptedException {
    JsonNode first = new ObjectMapper().readTree(ask("GET", "data.json").body());
    epochs(2);
    JsonNode second = new ObjectMapper().readTree(ask("GET", "data.json").body());

    assertThat(first.get("log").size()).isEqualTo(1);
    assertThat(first.get("state").textValue()).isEqualTo("ended");
    assertThat(second.get("log").size()).isEqualTo(2);
    assertThat(ask("GET", "").body()).contains("\"live\":true");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  @Test
  void a_run_that_is_being_written_goes_on() throws IOException, InterruptedException {
    try (RunLock lock = run.lock()) {
      assertThat(ask("GET", "data.json").body()).contains("\"state\":\"running\"");
    }
  }

  @Test
  void nothing_else_is_served() throws IOException, InterruptedException {
    assertThat(ask("GET", "config.json").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "../").statusCode()).isIn(200, 404);
    assertThat(ask("POST", "").statusCode()).isEqualTo(405);
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("log.jsonl"), "{");

    HttpResponse<String> answer = ask("GET", "data.json");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("log.jsonl, line 1");
  }

  @Test
  void another_name_for_this_machine_is_not_answered() throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /data.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 421")
          .doesNotContain("photos");
    }
  }

  @Test
  void a_port_that_is_taken_is_refused() {
    int port = URI.create(server.address()).getPort();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReportServer.start(run, port))
        .withMessageStartingWith("--port: " + port + ": ")
        .withMessageEndingWith(", allowed: a port that is free");
  }

  @Test
  void the_page_draws_itself_anew_as_the_run_goes_on(@TempDir Path profile)
      throws IOException, InterruptedException {
    assumeTrue(Browser.installed().isPresent(), "Chromium is not installed");
    try (RunLock lock = run.lock();
        Browser browser = Browser.start(Browser.installed().get(), profile)) {
      browser.open(server.address());
      String before = browser.text("#epochs .value");
      browser.click("#options summary");
      epochs(2);
      String after = before;
      for (int i = 0; i < 200 && after.equals(before); i++) {
        Thread.sleep(50);
        after = browser.text("#epochs .value");
      }

      assertThat(before).isEqualTo("1 of 9");
      assertThat(after).isEqualTo("2 of 9");
      assertThat(browser.evaluate("document.querySelector('#options').open").asBoolean()).isTrue();
      assertThat(browser.requests()).allMatch(asked -> asked.startsWith(server.address()));
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
