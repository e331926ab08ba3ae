package io.github.smartaug.run.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * An entry of an event file: a message {@code tensorflow.Event} in the framing of a TFRecord (its
 * length, the masked CRC-32C of that, the message, its masked CRC-32C).
 */
final class Event {
  /** With which a file begins; readers know the format by it. */
  private static final String VERSION = "brain.Event:2";

  private static final int BUCKETS = 20;
  private static final int MASK_ROTATION = 15;
  private static final int MASK = 0xa282ead8;
  private static final int FRAME_BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

  private final ProtocolMessage event;
  private final ProtocolMessage summary = new ProtocolMessage();

  private Event(ProtocolMessage event) {
    this.event = event;
  }

  /**
   * The first entry of a file.
   *
   * @param seconds since 1970
   */
  static byte[] first(double seconds) {
    return framed(new ProtocolMessage().number(1, seconds).text(3, VERSION).toBytes());
  }

  /**
   * An entry to which values are added.
   *
   * @param seconds since 1970
   * @param step on the axis of a plot
   */
  static Event at(double seconds, long step) {
    return new Event(new ProtocolMessage().number(1, seconds).number(2, step));
  }

  Event scalar(String tag, double value) {
    summary.message(1, new ProtocolMessage().text(1, tag).number(2, (float) value));
    return this;
  }

  /**
   * How values are distributed.
   *
   * @param values in [0,1], at least one
   */
  Event histogram(String tag, double[] values) {
    double[] limits = new double[BUCKETS];
    double[] counts = new double[BUCKETS];
    Arrays.setAll(limits, bucket -> (bucket + 1.0) / BUCKETS);
    for (double value : values) {
      // A limit belongs to the bucket below it.
      counts[Math.max(0, Math.min(BUCKETS - 1, (int) Math.ceil(value * BUCKETS) - 1))]++;
    }
    ProtocolMessage histogram =
        new ProtocolMessage()
            .number(1, Arrays.stream(values).min().orElseThrow())
            .number(2, Arrays.stream(values).max().orElseThrow())
            .number(3, (double) values.length)
            .number(4, Arrays.stream(values).sum())
            .number(5, Arrays.stream(values).map(value -> value * value).sum())
            .numbers(6, limits)
            .numbers(7, counts);
    summary.message(1, new ProtocolMessage().text(1, tag).message(5, histogram));
    return this;
  }

  Event image(String tag, int width, int height, byte[] png) {
    ProtocolMessage image =
        new ProtocolMessage()
            .number(1, (long) height)
            .number(2, (long) width)
            .number(3, 3L)
            .content(4, png);
    summary.message(1, new ProtocolMessage().text(1, tag).message(4, image));
    return this;
  }

  byte[] toBytes() {
    return framed(event.message(5, summary).toBytes());
  }

  private static byte[] framed(byte[] message) {
    ByteBuffer record =
        ByteBuffer.allocate(FRAME_BYTES + message.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(message.length);
    record.putInt(masked(record.array(), 0, Long.BYTES));
    record.put(message);
    record.putInt(masked(message, 0, message.length));
    return record.array();
  }

  /** Checksums of data that holds checksums are weak, so that TFRecord hides them. */
  static int masked(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK;
  }
}
