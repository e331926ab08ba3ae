package io.github.smartaug.data.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request for a file, or for what is missing of it, and its answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">RFC 9110: range
 *     requests</a>
 */
final class Transfer {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int TIMEOUT = 408;
  private static final int OUT_OF_RANGE = 416;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  /** No file of unknown size is larger. */
  private static final long MOST_BYTES = 1L << 35;

  private final HttpClient client;
  private final Patience patience;
  private final Stop stop;
  private final FetchListener listener;
  private final PublishedFile file;
  private final PartialFile part;

  Transfer(
      HttpClient client,
      Patience patience,
      Stop stop,
      FetchListener listener,
      PublishedFile file,
      PartialFile part) {
    this.client = client;
    this.patience = patience;
    this.stop = stop;
    this.listener = listener;
    this.file = file;
    this.part = part;
  }

  /** The disk refused to take what came. */
  static final class DiskFailure extends IOException {
    private static final long serialVersionUID = 1;

    DiskFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Brings what is missing of the file.
   *
   * @throws Refusal if the address does not have it
   * @throws DiskFailure if it cannot be written
   * @throws IOException if it has come in part only, or not at all
   */
  void from(URI address) throws IOException {
    long present = part.size();
    if (file.bytes() > 0 && present == file.bytes()) {
      return;
    }
    HttpResponse<InputStream> response = answer(request(address, present));
    try (InputStream body = response.body()) {
      long total = begin(address, present, response.statusCode(), response.headers());
      present = part.size();
      listener.begins(file.name(), present, total);
      try {
        copy(body, present, total);
      } finally {
        listener.ended();
      }
    }
  }

  private HttpRequest request(URI address, long present) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience.answer())
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "smartaug");
    if (present > 0) {
      request.header("Range", "bytes=" + present + "-");
      part.versionAt(address).ifPresent(version -> request.header("If-Range", version));
    }
    return request.build();
  }

  private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    stop.waitFor(() -> answer.cancel(true));
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Makes the bytes that are here fit those that come.
   *
   * @return bytes of the whole file, 0 if the server does not say
   */
  private long begin(URI address, long present, int status, HttpHeaders headers)
      throws IOException {
    if (status == PARTIAL) {
      Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
      if (range.matches() && Long.parseLong(range.group(1)) == present) {
        return total(range.group(2).equals("*") ? 0 : Long.parseLong(range.group(2)));
      }
    }
    if (status == PARTIAL || status == OUT_OF_RANGE) {
      part.delete();
      throw new IOException("no answer to the range that was asked for");
    }
    if (status >= SERVER_ERRORS || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY) {
      throw new IOException("answers " + status);
    }
    if (status != OK) {
      throw new Refusal("answers " + status);
    }
    long total = total(headers.firstValueAsLong("Content-Length").orElse(0));
    part.beginWith(address, version(headers));
    return total;
  }

  private long total(long said) throws Refusal {
    if (said > 0 && file.bytes() > 0 && said != file.bytes()) {
      throw new Refusal("has %d bytes, allowed: %d as published".formatted(said, file.bytes()));
    }
    return said > 0 ? said : file.bytes();
  }

  /** What names a version beyond doubt: a strong entity tag, or a date. */
  private static Optional<String> version(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  private void copy(InputStream body, long before, long total) throws IOException {
    requireRoom(total - before);
    long present = before;
    try (SilenceGuard guard = new SilenceGuard(body, patience.silence());
        OutputStream out = opened()) {
      stop.waitFor(body);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = read(body, buffer, guard); count >= 0; count = read(body, buffer, guard)) {
        guard.heard();
        write(out, buffer, count);
        present += count;
        listener.received(present);
        if (present > (total > 0 ? total : MOST_BYTES)) {
          throw new Refusal("sends more than the %d bytes of the file".formatted(total));
        }
      }
      guard.check();
    }
    stop.check();
    if (present < total) {
      throw new IOException("ended after %d of %d bytes".formatted(present, total));
    }
  }

  private int read(InputStream body, byte[] buffer, SilenceGuard guard) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      guard.check();
      throw e;
    }
  }

  private OutputStream opened() throws DiskFailure {
    try {
      return part.append();
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int count) throws DiskFailure {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }

  private void requireRoom(long needed) throws IOException {
    Room.require(Files.getFileStore(part.path().toAbsolutePath().getParent()), needed);
  }
}
