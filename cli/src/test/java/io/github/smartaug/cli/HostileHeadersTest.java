package io.github.smartaug.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are well-formed and announce what they do not hold, or what no memory can hold. */
class HostileHeadersTest {
  private static final int SIDES = 16;
  private static final int[][] IMPOSSIBLE = {
    {30_000, 30_000},
    {12_000, 12_000},
    {2, 20_000_000},
    {20_000_000, 2},
    {0, 5},
    {5, 0},
    {-1, 5},
    {Integer.MAX_VALUE, Integer.MAX_VALUE},
    {65_535, 65_535},
    {1, 1}
  };

  @TempDir Path folder;
  private final List<HostileCase> cases = new ArrayList<>();

  @Test
  void pngs_that_announce_any_size_and_depth_end_well() throws IOException {
    byte[] png = picture("png");
    for (int[] sides : IMPOSSIBLE) {
      for (int depth : new int[] {8, 16, 3}) {
        byte[] lying = png.clone();
        ByteBuffer.wrap(lying).putInt(SIDES, sides[0]).putInt(SIDES + 4, sides[1]);
        lying[SIDES + 8] = (byte) depth;
        addPicture("png of " + Arrays.toString(sides) + " at " + depth, ".png", checksummed(lying));
      }
    }
    Ordeal.assertAllEndWell(cases);
  }

  @Test
  void jpegs_that_announce_any_size_end_well() throws IOException {
    byte[] jpeg = picture("jpg");
    int frame = indexOf(jpeg, (byte) 0xff, (byte) 0xc0);
    for (int[] sides : IMPOSSIBLE) {
      byte[] lying = jpeg.clone();
      ByteBuffer.wrap(lying)
          .putShort(frame + 5, (short) sides[0])
          .putShort(frame + 7, (short) sides[1]);
      addPicture("jpeg of " + Arrays.toString(sides), ".jpg", lying);
    }
    Ordeal.assertAllEndWell(cases);
  }

  @Test
  void arrays_that_announce_any_shape_end_well() throws IOException {
    String most = Long.toString(Long.MAX_VALUE);
    List<String> shapes =
        List.of(
            "1,".repeat(1_000),
            "2,".repeat(63),
            "2,".repeat(64),
            most + ",",
            most + "," + most,
            "-1,",
            "0,",
            "9".repeat(400) + ",",
            "3, 1, 8, 1000000",
            "",
            "1.5,",
            "(1,),",
            "None",
            "4294967296, 4294967296",
            "3,".repeat(10_000),
            "1, 0, 9223372036854775807");
    for (String shape : shapes) {
      addArray("shape of " + shape.length(), header("<f4", "False", shape));
      addArray("column-major " + shape.length(), header("<f4", "True", shape));
    }
    for (String type : List.of("<f8", ">f4", "|O", "<U9999999999", "<f3", "", "[('a','<f4')]")) {
      addArray("type " + type, header(type, "False", "3, 1, 2, 2"));
    }
    addArray("nested", header("<f4", "(".repeat(50_000), "3"));
    addArray("open text", header("<f4" + "x".repeat(60_000), "False", "3"));
    Ordeal.assertAllEndWell(cases);
  }

  @Test
  void data_sets_that_announce_any_number_of_images_end_well() throws IOException {
    for (int at : new int[] {0, 4, 8, 12}) {
      for (int value : new int[] {0, -1, 1, Integer.MAX_VALUE, 1 << 20, 0x803, 0xd03, 0x0e04}) {
        Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
        Path file = DataFolders.write(own, "idx").resolve("train-images-idx3-ubyte");
        byte[] lying = Files.readAllBytes(file);
        ByteBuffer.wrap(lying).putInt(at, value);
        Files.write(file, lying);
        Path out = own.resolve("out.png");
        cases.add(
            HostileCase.of(
                value + " at " + at,
                own,
                "preview",
                "--dataset",
                own,
                "--columns",
                "2",
                "--out",
                out));
      }
    }
    Ordeal.assertAllEndWell(cases);
  }

  private byte[] picture(String type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(Pictures.colour(24, 20), type, bytes);
    return bytes.toByteArray();
  }

  private void addPicture(String name, String suffix, byte[] content) throws IOException {
    Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
    Path file = Files.write(own.resolve("a" + suffix), content);
    Path out = own.resolve("out.png");
    cases.add(HostileCase.of(name, own, "apply", "--transform", "flip-x", file, out));
  }

  private void addArray(String name, byte[] content) throws IOException {
    Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
    Path file = Files.write(own.resolve("a.npy"), content);
    Path out = own.resolve("out.npy");
    cases.add(HostileCase.of(name, own, "apply", "--transform", "flip-x", file, out));
  }

  /** The checksum of the first chunk made right, so that the sizes are believed. */
  private static byte[] checksummed(byte[] png) {
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
    return png;
  }

  private static int indexOf(byte[] bytes, byte first, byte second) {
    int at = 0;
    while (bytes[at] != first || bytes[at + 1] != second) {
      at++;
    }
    return at;
  }

  /** An array of version 2, whose header may be long, with twelve values. */
  private static byte[] header(String type, String columnMajor, String shape) {
    String descr = type.startsWith("[") ? type : "'" + type + "'";
    byte[] text =
        ("{'descr': "
                + descr
                + ", 'fortran_order': "
                + columnMajor
                + ", 'shape': ("
                + shape
                + "), }\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(12 + text.length + 48).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 2);
    return file.put((byte) 0).putInt(text.length).put(text).array();
  }
}
