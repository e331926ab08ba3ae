package io.github.smartaug.data.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.published.PublishedDataset.Contents;
import io.github.smartaug.file.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a server on this machine, which does what servers do. */
@Timeout(60)
class DatasetFetchTest {
  private static final byte[] CONTENT = bytes(300_000, 1);
  private static final int HALF = 150_000;
  private static final String TAG = "\"one\"";

  @TempDir Path folder;
  private final FileServer server = new FileServer();
  private final CountDownLatch halfHere = new CountDownLatch(1);
  private final List<String> notes = new ArrayList<>();

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Checksum checksum(byte[] content) {
    MessageDigest digest = Sha256.digest();
    digest.update(content);
    return Checksum.sha256(Sha256.hexadecimal(digest));
  }

  private static PublishedFile file(String name, byte[] content, URI... addresses) {
    return new PublishedFile(name, content.length, checksum(content), List.of(addresses));
  }

  private static PublishedDataset dataset(Optional<Unpacking> unpacking, PublishedFile... files) {
    return new PublishedRow(
        "tiny",
        Set.of(),
        "made by a test",
        URI.create("http://localhost/"),
        "MIT",
        new Contents(2, new ImageShape(1, 2, 2), 2, 0, 2),
        unpacking,
        List.of(files),
        Map.of());
  }

  /** One file, {@code a.bin}. */
  private PublishedDataset single(byte[] content) {
    return dataset(Optional.empty(), file("a.bin", content, server.address("a.bin")));
  }

  private Path target() {
    return folder.resolve("tiny");
  }

  private Path part() {
    return folder.resolve("tiny.download/a.bin.part");
  }

  private DatasetFetch fetch(PublishedDataset dataset, int retries) {
    Duration pause = Duration.ofMillis(10);
    Patience patience =
        new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(400), pause, retries);
    return new DatasetFetch(dataset, target(), patience, listener(this::noteHalf));
  }

  private void noteHalf(long position) {
    if (position >= HALF) {
      halfHere.countDown();
    }
  }

  private interface Watcher {
    void at(long position);
  }

  private FetchListener listener(Watcher watcher) {
    return new FetchListener() {
      @Override
      public void begins(String file, long present, long total) {
        watcher.at(present);
      }

      @Override
      public void received(long present) {
        watcher.at(present);
      }

      @Override
      public void ended() {
        watcher.at(-1);
      }

      @Override
      public void note(String line) {
        notes.add(line);
      }
    };
  }

  private void assertFetched(byte[] content) throws IOException {
    assertThat(target().resolve("a.bin")).hasBinaryContent(content);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(target());
    }
    try (Stream<Path> all = Files.list(target())) {
      assertThat(all).containsExactly(target().resolve("a.bin"));
    }
  }

  @Test
  void a_file_comes_whole_and_nothing_else_stays() throws IOException {
    server.serve("a.bin", CONTENT, TAG);
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
    assertThat(notes).isEmpty();
  }

  @Test
  void what_is_there_is_not_asked_for_again() throws IOException {
    server.serve("a.bin", CONTENT, TAG);
    fetch(single(CONTENT), 0).run();
    DatasetFetch again = fetch(single(CONTENT), 0);
    assertThat(again.isThere()).isTrue();
    again.run();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_connection_that_breaks_is_made_again_from_where_it_was() throws IOException {
    server.serveCutOnce("a.bin", CONTENT, TAG, HALF, halfHere);
    fetch(single(CONTENT), 1).run();
    assertFetched(CONTENT);
    assertThat(server.requests()).containsExactly("a.bin null null", "a.bin bytes=150000- \"one\"");
    assertThat(notes).singleElement().asString().contains("a.bin").contains("trying again");
  }

  @Test
  void a_later_download_goes_on_with_what_an_earlier_one_left() throws IOException {
    server.serveCutOnce("a.bin", CONTENT, TAG, HALF, halfHere);
    assertThatThrownBy(() -> fetch(single(CONTENT), 0).run())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a.bin: cannot be downloaded: http://127.0.0.1:");
    assertThat(target()).doesNotExist();
    assertThat(part()).hasSize(HALF);
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
    assertThat(server.requests().get(1)).isEqualTo("a.bin bytes=150000- \"one\"");
  }

  @Test
  void a_file_that_has_changed_meanwhile_is_taken_from_its_beginning() throws IOException {
    server.serveCutOnce("a.bin", bytes(300_000, 2), TAG, HALF, halfHere);
    assertThatThrownBy(() -> fetch(single(CONTENT), 0).run()).isInstanceOf(IOException.class);
    server.serve("a.bin", CONTENT, "\"two\"");
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void a_file_that_has_changed_without_a_word_is_taken_anew_once_its_checksum_is_wrong()
      throws IOException {
    server.serveCutOnce("a.bin", bytes(300_000, 2), null, HALF, halfHere);
    assertThatThrownBy(() -> fetch(single(CONTENT), 0).run()).isInstanceOf(IOException.class);
    server.serve("a.bin", CONTENT, null);
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
    assertThat(notes).containsExactly("a.bin: the checksum is wrong, beginning anew");
  }

  @Test
  void a_server_without_ranges_sends_all_of_it_again() throws IOException {
    server.serveCutOnce("a.bin", CONTENT, TAG, HALF, halfHere);
    assertThatThrownBy(() -> fetch(single(CONTENT), 0).run()).isInstanceOf(IOException.class);
    server.answer(
        "a.bin",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
        });
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
  }

  @Test
  void an_answer_to_another_range_is_not_appended() throws IOException {
    server.serveCutOnce("a.bin", CONTENT, TAG, HALF, halfHere);
    assertThatThrownBy(() -> fetch(single(CONTENT), 0).run()).isInstanceOf(IOException.class);
    server.answer(
        "a.bin",
        exchange -> {
          server.serve("a.bin", CONTENT, TAG);
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/300000");
          exchange.sendResponseHeaders(206, 10);
          exchange.getResponseBody().write(new byte[10]);
        });
    fetch(single(CONTENT), 1).run();
    assertFetched(CONTENT);
  }

  @Test
  void a_wrong_checksum_is_told_and_the_file_is_removed() {
    byte[] other = bytes(300_000, 3);
    server.serve("a.bin", other, TAG);
    assertThatThrownBy(() -> fetch(single(CONTENT), 3).run())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "a.bin: cannot be downloaded: %s sends a file with the %s, allowed: %s as published; it was removed"
                .formatted(server.address("a.bin"), checksum(other), checksum(CONTENT).digits()));
    assertThat(part()).doesNotExist();
    assertThat(target()).doesNotExist();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_page_in_place_of_the_file_is_refused_by_its_size() {
    server.serve("a.bin", "please log in".getBytes(StandardCharsets.UTF_8), null);
    assertThatThrownBy(() -> fetch(single(CONTENT), 3).run())
        .hasMessageEndingWith("has 13 bytes, allowed: 300000 as published");
  }

  @Test
  void the_next_address_is_tried_where_the_first_does_not_have_it() throws IOException {
    server.answer("gone", exchange -> exchange.sendResponseHeaders(404, -1));
    server.serve("a.bin", CONTENT, TAG);
    PublishedFile file = file("a.bin", CONTENT, server.address("gone"), server.address("a.bin"));
    fetch(dataset(Optional.empty(), file), 3).run();
    assertFetched(CONTENT);
    assertThat(server.requests()).hasSize(2);
    assertThat(notes)
        .containsExactly(
            "a.bin: " + server.address("gone") + " answers 404, trying the next address");
  }

  @Test
  void a_file_that_nobody_has_is_one_line_with_all_addresses() {
    server.answer("gone", exchange -> exchange.sendResponseHeaders(404, -1));
    server.answer("closed", exchange -> exchange.sendResponseHeaders(403, -1));
    PublishedFile file = file("a.bin", CONTENT, server.address("gone"), server.address("closed"));
    assertThatThrownBy(() -> fetch(dataset(Optional.empty(), file), 3).run())
        .hasMessage(
            "a.bin: cannot be downloaded: %s answers 404; %s answers 403"
                .formatted(server.address("gone"), server.address("closed")));
  }

  @Test
  void a_server_in_trouble_is_asked_again() throws IOException {
    server.answer(
        "a.bin",
        exchange -> {
          server.serve("a.bin", CONTENT, TAG);
          exchange.sendResponseHeaders(503, -1);
        });
    fetch(single(CONTENT), 1).run();
    assertFetched(CONTENT);
  }

  @Test
  void another_place_that_the_server_names_is_gone_to() throws IOException {
    server.serve("b.bin", CONTENT, TAG);
    server.answer(
        "a.bin",
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.address("b.bin").toString());
          exchange.sendResponseHeaders(302, -1);
        });
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
  }

  @Test
  void a_refused_connection_is_told() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + free + "/a.bin");
    PublishedDataset set = dataset(Optional.empty(), file("a.bin", CONTENT, address));
    assertThatThrownBy(() -> fetch(set, 1).run())
        .hasMessage("a.bin: cannot be downloaded: " + address + " refuses the connection");
  }

  @Test
  void a_name_that_nobody_knows_is_told_without_trying_again() {
    URI address = URI.create("http://no-such-host.invalid/a.bin");
    PublishedDataset set = dataset(Optional.empty(), file("a.bin", CONTENT, address));
    assertThatThrownBy(() -> fetch(set, 5).run())
        .hasMessage(
            "a.bin: cannot be downloaded: %s is not known (is there a network?)"
                .formatted(address));
    assertThat(notes).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_server_that_falls_silent_is_left() {
    CountDownLatch end = new CountDownLatch(1);
    server.answer(
        "a.bin",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, HALF);
          exchange.getResponseBody().flush();
          FileServer.await(end);
        });
    try {
      assertThatThrownBy(() -> fetch(single(CONTENT), 0).run())
          .hasMessageEndingWith("sent nothing for 0 s");
      assertThat(part()).hasSize(HALF);
    } finally {
      end.countDown();
    }
  }

  @Test
  void a_download_that_is_cancelled_keeps_what_has_come() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    server.answer(
        "a.bin",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", TAG);
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, HALF);
          exchange.getResponseBody().flush();
          FileServer.await(end);
        });
    AtomicReference<DatasetFetch> running = new AtomicReference<>();
    running.set(
        new DatasetFetch(
            single(CONTENT),
            target(),
            Patience.usual(5),
            listener(
                position -> {
                  if (position >= HALF) {
                    running.get().cancel();
                  }
                })));
    try {
      assertThatThrownBy(() -> running.get().run()).isInstanceOf(CancellationException.class);
    } finally {
      end.countDown();
    }
    assertThat(part()).hasSize(HALF);
    server.serve("a.bin", CONTENT, TAG);
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
    assertThat(server.requests().get(1)).isEqualTo("a.bin bytes=150000- \"one\"");
  }

  @Test
  void files_that_are_here_already_are_kept_unless_they_were_damaged_meanwhile()
      throws IOException {
    byte[] second = bytes(1000, 5);
    PublishedDataset set =
        dataset(
            Optional.empty(),
            file("a.bin", CONTENT, server.address("a.bin")),
            file("b.bin", second, server.address("b.bin")));
    server.serve("a.bin", CONTENT, TAG);
    server.answer("b.bin", exchange -> exchange.sendResponseHeaders(404, -1));
    assertThatThrownBy(() -> fetch(set, 0).run()).hasMessageStartingWith("b.bin: ");
    server.serve("b.bin", second, TAG);
    Path earlier = folder.resolve("tiny.download/a.bin");
    assertThat(earlier).hasBinaryContent(CONTENT);
    Files.write(earlier, bytes(300_000, 6));
    fetch(set, 0).run();
    assertThat(target().resolve("a.bin")).hasBinaryContent(CONTENT);
    assertThat(target().resolve("b.bin")).hasBinaryContent(second);
    assertThat(server.requests())
        .containsExactly(
            "a.bin null null", "b.bin null null", "a.bin null null", "b.bin null null");
  }

  @Test
  void a_folder_with_something_else_in_it_is_refused_and_left_as_it_is() throws IOException {
    Files.createDirectory(target());
    Files.writeString(target().resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> fetch(single(CONTENT), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(target() + ": is something else than tiny, allowed: a new folder");
    assertThat(target().resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void an_empty_folder_is_taken() throws IOException {
    Files.createDirectory(target());
    server.serve("a.bin", CONTENT, TAG);
    fetch(single(CONTENT), 0).run();
    assertFetched(CONTENT);
  }

  private PublishedDataset archive(String name, byte[] content, String... holds) {
    server.serve(name, content, TAG);
    return dataset(
        Optional.of(new Unpacking("data/", List.of(holds))),
        file(name, content, server.address(name)));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream tar = new GZIPOutputStream(bytes)) {
      for (String name : names) {
        tar.write(header(name, withoutDot(name).length()));
        tar.write(Arrays.copyOf(withoutDot(name).getBytes(StandardCharsets.UTF_8), 512));
      }
      tar.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }

  private static String withoutDot(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static byte[] header(String name, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, "ustar");
    int sum = 0;
    for (byte value : header) {
      sum += Byte.toUnsignedInt(value);
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int position, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, position, bytes.length);
  }

  private void assertUnpacked() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(
              target().resolve("data/one.txt"), target().resolve("data/in/two.txt"));
    }
    assertThat(target().resolve("data/in/two.txt")).hasContent("data/in/two.txt");
  }

  @Test
  void a_zip_is_unpacked_and_what_is_not_asked_for_stays_in_it() throws IOException {
    byte[] zip = zip("data/one.txt", "data/in/two.txt", "other/three.txt");
    fetch(archive("a.zip", zip, "data/one.txt"), 0).run();
    assertUnpacked();
  }

  @Test
  void a_tar_is_unpacked() throws IOException {
    byte[] tar = tar("data/one.txt", "./data/in/two.txt", "other/three.txt");
    fetch(archive("a.tar.gz", tar, "data/one.txt", "data/in/two.txt"), 0).run();
    assertUnpacked();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/../../out.txt",
        "data/x/../../../out.txt",
        "data/..\\..\\out.txt",
        "data/in/..",
        "data/."
      })
  void names_that_lead_out_of_the_folder_are_refused(String name) throws IOException {
    for (String archive : List.of("a.zip", "a.tar.gz")) {
      byte[] content =
          archive.endsWith("zip") ? zip("data/one.txt", name) : tar("data/one.txt", name);
      assertThatThrownBy(() -> fetch(archive(archive, content, "data/one.txt"), 0).run())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(archive + ": cannot be unpacked: has a file named")
          .hasMessageEndingWith("allowed: names within the folder");
      assertThat(target()).doesNotExist();
      assertThat(folder.resolve("out.txt")).doesNotExist();
      assertThat(folder.getParent().resolve("out.txt")).doesNotExist();
    }
  }

  @Test
  void an_archive_that_grows_beyond_measure_is_refused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("data/one.txt"));
      zip.write(new byte[20_000_000]);
      zip.closeEntry();
    }
    byte[] bomb = bytes.toByteArray();
    assertThatThrownBy(() -> fetch(archive("a.zip", bomb, "data/one.txt"), 0).run())
        .hasMessageEndingWith("bytes come out of it, allowed: ten times its size");
    assertThat(target()).doesNotExist();
  }

  @Test
  void an_archive_without_the_files_that_are_looked_for_is_refused() throws IOException {
    byte[] zip = zip("data/one.txt");
    assertThatThrownBy(() -> fetch(archive("a.zip", zip, "data/two.txt"), 0).run())
        .hasMessageEndingWith("cannot be unpacked: has no data/two.txt");
    assertThat(target()).doesNotExist();
  }

  @Test
  void a_damaged_archive_is_told_in_one_line() throws IOException {
    byte[] cut = Arrays.copyOf(tar("data/one.txt"), 60);
    assertThatThrownBy(() -> fetch(archive("a.tar.gz", cut, "data/one.txt"), 0).run())
        .hasMessageEndingWith("a.tar.gz: cannot be unpacked: is cut short");
    byte[] noise = bytes(500, 9);
    assertThatThrownBy(() -> fetch(archive("a.zip", noise, "data/one.txt"), 0).run())
        .hasMessageContaining("a.zip: cannot be unpacked: ");
  }

  @Test
  void two_downloads_into_one_folder_do_not_mix() throws IOException {
    server.serve("a.bin", CONTENT, TAG);
    AtomicReference<Exception> second = new AtomicReference<>();
    DatasetFetch first =
        new DatasetFetch(
            single(CONTENT),
            target(),
            Patience.usual(0),
            listener(
                position -> {
                  try {
                    fetch(single(CONTENT), 0).run();
                  } catch (IOException e) {
                    second.set(e);
                  }
                }));
    first.run();
    assertThat(second.get())
        .hasMessage(folder.resolve("tiny.download") + ": another process is downloading into it");
  }

  @Test
  void a_disk_without_room_for_the_file_is_told_before_it_is_filled() throws IOException {
    assertThatThrownBy(() -> Room.require(Files.getFileStore(folder), Long.MAX_VALUE))
        .isInstanceOf(Transfer.DiskFailure.class)
        .hasMessageMatching("[0-9.]+ MB are free on the disk, allowed: at least [0-9.]+ MB");
  }
}
