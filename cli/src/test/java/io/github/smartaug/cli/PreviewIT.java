package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contact sheets in a process whose heap has a limit. */
class PreviewIT {
  /** Decoded whole, as many squared pixels take more than the heap of the process. */
  private static final int SIDE = 17_000;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  @TempDir Path folder;

  @Test
  void an_image_that_does_not_fit_into_the_heap_is_shrunk_while_it_is_decoded() throws IOException {
    Files.write(folder.resolve("large.png"), blackAndWhite());
    String limit = Integer.toString(SIDE * SIDE);

    Result preview =
        SmartAugProcess.run(
            folder, "preview", "large.png", "--max-pixels", limit, "--out", "sheet.png");
    Result whole =
        SmartAugProcess.run(
            folder,
            "apply",
            "large.png",
            "x.png",
            "--max-pixels",
            limit,
            "--transform",
            "identity");

    assertThat(preview.exitCode()).as("%s", preview.err()).isZero();
    assertThat(preview.out()).containsExactly("contact sheet in sheet.png");
    assertThat(whole.message()).contains("17000x17000 pixels: at least 0.5 GB of memory, allowed:");
  }

  /** One bit for each pixel, all black. */
  private static byte[] blackAndWhite() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.write(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 1);
    writeChunk(out, "IHDR", header.array());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(rows)) {
      byte[] row = new byte[1 + (SIDE + 7) / 8];
      for (int y = 0; y < SIDE; y++) {
        packed.write(row);
      }
    }
    writeChunk(out, "IDAT", rows.toByteArray());
    writeChunk(out, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void writeChunk(DataOutputStream out, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) checksum.getValue());
  }
}
