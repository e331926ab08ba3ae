package io.github.smartaug.tensor;

import io.github.smartaug.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The content of a .safetensors file, Hugging Face's format for named tensors. The file holds the
 * length of the header (8 bytes), the header (JSON, padded to a multiple of 8 bytes), and the data
 * without gaps.
 *
 * <p>Element types: float64, float32, float16, bfloat16, int64, int32, int8, uint8, bool.
 *
 * @param tensors in the order of the header
 * @param metadata free text by name
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public record Safetensors(NamedTensors tensors, Map<String, String> metadata) {
  private static final int LENGTH_BYTES = Long.BYTES;

  /** Copies the metadata. */
  public Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @return tensors on the CPU, in the current scope
   * @throws IllegalArgumentException if there is no such file, or it is truncated, inconsistent or
   *     in another format; the message names the file, the tensor and the problem
   */
  public static Safetensors read(Path file) throws IOException {
    InputFile.requireRegular(file);
    String source = file.toString();
    try (TensorScope scope = TensorScope.open();
        InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long size = Files.size(file);
      SafetensorsHeader header = readHeader(in, size, source);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      // The names first: the data may be in another order than the header.
      header.entries().forEach(entry -> tensors.put(entry.name(), null));
      for (SafetensorsHeader.Entry entry : header.entriesByOffset()) {
        String name = source + ": tensor \"" + entry.name() + "\"";
        tensors.put(entry.name(), TensorBytes.read(in, entry.type(), entry.sizes(), name));
      }
      return new Safetensors(scope.keep(NamedTensors.of(tensors)), header.metadata());
    }
  }

  private static SafetensorsHeader readHeader(InputStream in, long size, String source)
      throws IOException {
    byte[] field = in.readNBytes(LENGTH_BYTES);
    if (field.length < LENGTH_BYTES) {
      throw new IllegalArgumentException(source + ": truncated, has " + field.length + " bytes");
    }
    long length = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > SafetensorsHeader.LIMIT) {
      throw new IllegalArgumentException(
          String.format(
              "%s: not a .safetensors file (header of %s bytes, allowed: 2 to %d)",
              source, Long.toUnsignedString(length), SafetensorsHeader.LIMIT));
    }
    if (length > size - LENGTH_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              "%s: truncated, or not a .safetensors file (header of %d bytes, file of %d)",
              source, length, size));
    }
    byte[] json = in.readNBytes((int) length);
    return SafetensorsHeader.parse(json, size - LENGTH_BYTES - length, source);
  }

  /**
   * Writes a file, atomically.
   *
   * @param tensors on any device, in any memory layout
   * @param metadata free text by name; may be empty
   * @throws IllegalArgumentException if the format has no type for a tensor
   */
  public static void write(Path file, NamedTensors tensors, Map<String, String> metadata)
      throws IOException {
    SafetensorsHeader header = SafetensorsHeader.of(tensors, metadata, file.toString());
    byte[] json = header.json().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
    AtomicFile.write(
        file,
        out -> {
          ByteBuffer field = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          out.write(field.putLong(padded).array());
          out.write(json);
          out.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
          List<SafetensorsHeader.Entry> entries = header.entriesByOffset();
          for (SafetensorsHeader.Entry entry : entries) {
            TensorBytes.write(tensors.get(entry.name()), out);
          }
        });
  }
}
