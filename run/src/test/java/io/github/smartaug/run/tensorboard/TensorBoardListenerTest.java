package io.github.smartaug.run.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.run.EpochReports;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read here as the descriptions of TFRecord and of {@code event.proto} have it. */
class TensorBoardListenerTest {
  private static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");
  private static final TrainingPlan PLAN = new TrainingPlan(3, 1, 1);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("tensorboard/events.out.tfevents.smartaug");
  }

  private TensorBoardListener started() {
    TensorBoardListener listener = new TensorBoardListener(file, STARTED);
    listener.trainingStarted(PLAN);
    return listener;
  }

  @Test
  void the_checksum_is_the_one_of_the_standard() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    // The check value of CRC-32C.
    int checksum = 0xe3069283;

    assertThat(Event.masked(digits, 0, digits.length))
        .isEqualTo((checksum >>> 15 | checksum << 17) + 0xa282ead8);
  }

  @Test
  void a_file_begins_with_its_version() throws IOException {
    started();

    List<Map<Integer, List<Object>>> events = events();
    assertThat(events).hasSize(1);
    assertThat(text(events.get(0).get(3).get(0))).isEqualTo("brain.Event:2");
    assertThat(events.get(0).get(1).get(0)).isEqualTo((double) STARTED.getEpochSecond());
  }

  @Test
  void every_epoch_has_its_numbers_at_its_time() throws IOException {
    TensorBoardListener listener = started();
    EpochReport first = EpochReports.learned(1, 3);
    EpochReport second = EpochReports.learned(2, 3);
    listener.epochFinished(first);
    listener.epochFinished(second);

    List<Map<Integer, List<Object>>> events = events();
    assertThat(events).hasSize(3);
    assertThat(events.get(2).get(2).get(0)).isEqualTo(2L);
    assertThat((double) events.get(2).get(1).get(0))
        .isCloseTo(STARTED.getEpochSecond() + first.seconds() + second.seconds(), within(1e-6));
    Map<String, Double> scalars = scalars(events.get(2));
    assertThat(scalars).containsOnlyKeys(second.scalars().keySet());
    second
        .scalars()
        .forEach(
            (tag, value) ->
                assertThat(scalars.get(tag)).as(tag).isCloseTo(value, within(1e-6 * (1 + value))));
    assertThat(scalars).containsEntry("probability/Rotate", 0.25);
  }

  @Test
  void the_policy_has_histograms() throws IOException {
    started().epochFinished(EpochReports.learned(1, 3));

    Map<Integer, List<Object>> histogram =
        message(value(events().get(1), "policy/probabilities").get(5).get(0));
    assertThat(histogram.get(1).get(0)).isEqualTo(0.25);
    assertThat(histogram.get(2).get(0)).isEqualTo(0.75);
    assertThat(histogram.get(3).get(0)).isEqualTo(2.0);
    double[] limits = doubles(histogram.get(6).get(0));
    double[] counts = doubles(histogram.get(7).get(0));
    assertThat(limits).hasSize(20).endsWith(1.0);
    for (int bucket = 0; bucket < counts.length; bucket++) {
      boolean holds = limits[bucket] == 0.25 || limits[bucket] == 0.75;
      assertThat(counts[bucket]).isEqualTo(holds ? 1 : 0);
    }
  }

  @Test
  void pictures_come_at_the_end() throws IOException {
    TensorBoardListener listener = started();
    listener.epochFinished(EpochReports.learned(1, 3));
    Path png = folder.resolve("augmented.png");
    ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "png", png.toFile());

    listener.pictures(List.of(png, folder.resolve("missing.png")));

    List<Map<Integer, List<Object>>> events = events();
    assertThat(events).hasSize(3);
    Map<Integer, List<Object>> image =
        message(value(events.get(2), "images/augmented").get(4).get(0));
    assertThat(image.get(1).get(0)).isEqualTo(4L);
    assertThat(image.get(2).get(0)).isEqualTo(5L);
    assertThat((byte[]) image.get(4).get(0)).isEqualTo(Files.readAllBytes(png));
  }

  @Test
  void a_run_that_goes_on_writes_what_was_finished_anew() throws IOException {
    TensorBoardListener lost = started();
    lost.epochFinished(EpochReports.learned(1, 3));
    lost.epochFinished(EpochReports.learned(2, 3));

    TensorBoardListener listener = new TensorBoardListener(file, STARTED);
    listener.trainingStarted(new TrainingPlan(3, 1, 1, List.of(EpochReports.learned(1, 3)), 0));
    listener.epochFinished(EpochReports.learned(2, 3));

    assertThat(events()).extracting(event -> event.get(2)).hasSize(3);
  }

  @Test
  void a_file_that_cannot_be_written_ends_nothing() throws IOException {
    Files.writeString(folder.resolve("tensorboard"), "a file where the folder should be");

    TensorBoardListener listener = started();
    listener.epochFinished(EpochReports.learned(1, 3));

    assertThat(folder.resolve("tensorboard")).isRegularFile();
  }

  /** The messages of the file, each checked by its checksums. */
  private List<Map<Integer, List<Object>>> events() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Map<Integer, List<Object>>> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(message);
      assertThat(bytes.getInt()).isEqualTo(masked(message));
      events.add(message(message));
    }
    return events;
  }

  private static int masked(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    int value = (int) checksum.getValue();
    return (value >>> 15 | value << 17) + 0xa282ead8;
  }

  private static Map<String, Double> scalars(Map<Integer, List<Object>> event) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (Object each : message(event.get(5).get(0)).get(1)) {
      Map<Integer, List<Object>> value = message(each);
      if (value.containsKey(2)) {
        scalars.put(text(value.get(1).get(0)), (double) (float) value.get(2).get(0));
      }
    }
    return scalars;
  }

  private static Map<Integer, List<Object>> value(Map<Integer, List<Object>> event, String tag) {
    return message(event.get(5).get(0)).get(1).stream()
        .map(TensorBoardListenerTest::message)
        .filter(value -> text(value.get(1).get(0)).equals(tag))
        .findFirst()
        .orElseThrow();
  }

  /** Fields by number: Long, Double, Float, or the bytes of what is delimited. */
  private static Map<Integer, List<Object>> message(Object content) {
    ByteBuffer bytes = ByteBuffer.wrap((byte[]) content).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      Object value =
          switch ((int) (key & 7)) {
            case 0 -> varint(bytes);
            case 1 -> bytes.getDouble();
            case 5 -> bytes.getFloat();
            default -> {
              byte[] part = new byte[(int) varint(bytes)];
              bytes.get(part);
              yield part;
            }
          };
      fields.computeIfAbsent((int) (key >>> 3), none -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static double[] doubles(Object content) {
    ByteBuffer bytes = ByteBuffer.wrap((byte[]) content).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble();
    }
    return values;
  }

  private static String text(Object content) {
    return new String((byte[]) content, StandardCharsets.UTF_8);
  }
}
