package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ItemProgressTest {
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

  @Test
  void without_a_terminal_there_is_a_line_every_ten_seconds_with_the_time_left() {
    AtomicLong seconds = new AtomicLong();
    try (ItemProgress progress =
        new PlainItems(out, err, "images", 100, () -> seconds.get() * 1_000_000_000)) {
      for (int count = 1; count <= 100; count++) {
        seconds.incrementAndGet();
        if (count % 4 == 0) {
          progress.done(count);
        }
      }
    }
    assertThat(text(outBytes).lines())
        .hasSize(8)
        .startsWith("12/100 images  12.0 s  left 1 min 28 s");
  }

  @Test
  void of_items_whose_number_nobody_knows_there_is_a_line_as_often_without_the_time_left() {
    AtomicLong seconds = new AtomicLong();
    try (ItemProgress progress =
        new PlainItems(
            out, err, "images", PlainItems.UNKNOWN, () -> seconds.get() * 1_000_000_000)) {
      for (int count = 1; count <= 50; count++) {
        seconds.incrementAndGet();
        progress.done(count);
      }
    }
    assertThat(text(outBytes).lines()).hasSize(5).startsWith("10 images  10.0 s");
  }

  @Test
  void on_a_terminal_there_is_a_bar_that_goes_away() {
    try (ItemProgress progress = new TerminalItems(out, err, "images", 4)) {
      progress.done(1);
      progress.complain("a.png: bad");
      progress.done(4);
    }
    assertThat(text(outBytes)).contains("images").contains("4/4").endsWith("\r\u001b[K");
    assertThat(text(errBytes).lines()).containsExactly("a.png: bad");
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
