package io.github.smartaug.run.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chromium without a window, told what to do by its DevTools protocol. It notes what a page asks
 * the network for, and what it complains about. For tests of the command line, too.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final long PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private int commands;

  private Browser(Process process, WebSocket socket, BlockingQueue<JsonNode> messages) {
    this.process = process;
    this.socket = socket;
    this.messages = messages;
  }

  /** Where Chromium is, if it is installed. */
  public static Optional<Path> installed() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for its files
   */
  public static Browser start(Path chromium, Path profile)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    HttpClient client = HttpClient.newHttpClient();
    String host = host(process);
    JsonNode pages =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create("http://" + host + "/json/list")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(pages.get(0).get("webSocketDebuggerUrl").textValue()),
                new Listener(messages))
            .join();
    Browser browser = new Browser(process, socket, messages);
    browser.send("Page.enable");
    browser.send("Runtime.enable");
    browser.send("Log.enable");
    browser.send("Network.enable");
    return browser;
  }

  private static String host(Process process) throws IOException {
    BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        // What it says from now on must not fill the pipe.
        Thread drain = new Thread(() -> errors.lines().forEach(ignored -> {}), "chromium");
        drain.setDaemon(true);
        drain.start();
        return listening.group(1);
      }
    }
    throw new IOException("Chromium did not start");
  }

  /** Opens a page and waits until it has loaded. */
  public void open(String address) throws InterruptedException {
    complaints.clear();
    requests.clear();
    send("Page.navigate", "url", address);
    await("Page.loadEventFired");
  }

  /** The value of an expression in the page. */
  public JsonNode evaluate(String expression) throws InterruptedException {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
    JsonNode result = send("Runtime.evaluate", parameters);
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** The text of the first element that a CSS selector finds. */
  public String text(String selector) throws InterruptedException {
    return evaluate("document.querySelector(" + quoted(selector) + ").textContent").textValue();
  }

  /** Clicks on the first element that a CSS selector finds. */
  public void click(String selector) throws InterruptedException {
    evaluate("document.querySelector(" + quoted(selector) + ").click()");
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** How large the page is seen, and whether dark. */
  public void show(int width, int height, boolean dark) throws InterruptedException {
    ObjectNode size = JSON.createObjectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
    send("Emulation.setDeviceMetricsOverride", size.put("mobile", width < 500));
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    send("Emulation.setEmulatedMedia", media);
  }

  /** What the page looks like, from its top to its end. */
  public void screenshot(Path png) throws IOException, InterruptedException {
    ObjectNode all =
        JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true);
    String bytes = send("Page.captureScreenshot", all).get("data").textValue();
    Files.write(png, Base64.getDecoder().decode(bytes));
  }

  /** Errors, warnings and failed assertions in the console since the page was opened. */
  public List<String> complaints() throws InterruptedException {
    evaluate("0");
    return complaints;
  }

  /** What the page has asked for since it was opened, but for what it holds itself. */
  public List<String> requests() throws InterruptedException {
    evaluate("0");
    return requests;
  }

  private JsonNode send(String method, String name, String value) throws InterruptedException {
    return send(method, JSON.createObjectNode().put(name, value));
  }

  private JsonNode send(String method) throws InterruptedException {
    return send(method, JSON.createObjectNode());
  }

  private JsonNode send(String method, ObjectNode parameters) throws InterruptedException {
    int id = ++commands;
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(command.toString(), true).join();
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
      }
    }
  }

  private void await(String event) throws InterruptedException {
    JsonNode message = next();
    while (!message.path("method").asText().equals(event)) {
      message = next();
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Chromium does not answer");
    }
    note(message.path("method").asText(), message.path("params"));
    return message;
  }

  private void note(String event, JsonNode details) {
    switch (event) {
      case "Runtime.exceptionThrown" -> complaints.add(details.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(details.get("type").textValue())) {
          complaints.add(details.get("args").toString());
        }
      }
      case "Log.entryAdded" -> complaints.add(details.get("entry").toString());
      case "Network.requestWillBeSent" -> {
        String address = details.get("request").get("url").textValue();
        if (!address.startsWith("data:")) {
          requests.add(address);
        }
      }
      default -> {
        // Of no interest.
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    for (ProcessHandle one : all) {
      awaitEnd(one);
    }
  }

  /** Those that the browser started write into its profile for a while after it has ended. */
  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          return CompletableFuture.failedFuture(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
