package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder as they are found: thousands of JPEGs of many sizes, and among them what is none. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LargeFolderTest {
  private static final int CLASSES = 20;
  private static final int IMAGES = 5000;

  /** Every how many-th file is damaged. */
  private static final int DAMAGE = 100;

  @TempDir Path folder;
  private final List<String> damaged = new ArrayList<>();

  @Test
  @Timeout(60)
  void of_5000_jpegs_the_damaged_ones_are_refused_or_left_out_by_name_and_no_label_is_wrong()
      throws IOException {
    writeImages();
    writeWhatIsFoundBesides();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(BadImages.REFUSE))
        .withMessageStartingWith(
            folder + ": " + damaged.size() + " images cannot be used: " + damaged.get(0) + " (")
        .withMessageContaining("; " + damaged.get(9) + " (")
        .withMessageContaining("; and " + (damaged.size() - 10) + " more, allowed: ")
        .withMessageEndingWith(", or --skip-bad")
        .withMessageNotContaining("\n");

    DatasetBundle bundle = load(BadImages.LEAVE_OUT);

    assertThat(bundle.unreadable()).containsExactlyElementsOf(damaged);
    assertThat(bundle.notes())
        .contains(
            "left out, a folder that is named as an image: class 00/album.jpg",
            "left out, no image of a known format: class 00/Thumbs.db, class 00/desktop.ini,"
                + " class 00/half.jpg.part")
        .anyMatch(note -> note.startsWith(damaged.size() + " images left out, unreadable: "));
    // Two more, which only their content shows to be images.
    assertThat(bundle.training().size() + bundle.test().size())
        .isEqualTo(IMAGES - damaged.size() + 2);
    assertThat(bundle.classNames()).hasSize(CLASSES);
    for (ImageDataset set : List.of(bundle.training(), bundle.test())) {
      for (int i = 0; i < set.size(); i++) {
        assertThat(set.pixels(i)).containsOnly((byte) level(set.label(i)));
        assertThat(set.imageName(i)).startsWith(className(set.label(i)) + "/");
      }
    }
  }

  private DatasetBundle load(BadImages badImages) {
    return Datasets.load(folder.toString(), Resizing.toSquare(8), badImages);
  }

  private static int level(int label) {
    return 20 + 10 * label;
  }

  private static String className(int label) {
    return "class %02d".formatted(label);
  }

  private void writeImages() throws IOException {
    byte[][][] whole = new byte[CLASSES][5][];
    for (int label = 0; label < CLASSES; label++) {
      Files.createDirectory(folder.resolve(className(label)));
      for (int size = 0; size < 5; size++) {
        BufferedImage image = TestData.grey(9 + 7 * size, 40 - 6 * size, level(label));
        whole[label][size] = TestData.encode("jpg", image);
      }
    }
    for (int i = 0; i < IMAGES; i++) {
      int label = i % CLASSES;
      String name = "%s/%04d photo.jpg".formatted(className(label), i);
      Path file = folder.resolve(name);
      byte[] content = whole[label][i % 7 % 5];
      if (i % DAMAGE == 99 - i / DAMAGE) {
        damage(file, content, i / DAMAGE);
        damaged.add(name);
      } else {
        Files.write(file, content);
      }
    }
    damaged.sort(null);
  }

  private static void damage(Path file, byte[] whole, int kind) throws IOException {
    switch (kind % 8) {
      case 0 -> Files.write(file, new byte[0]);
      case 1 -> Files.write(file, Arrays.copyOf(whole, whole.length / 3));
      case 2 -> Files.write(file, cutInItsPixels());
      case 3 -> Files.writeString(file, "<!DOCTYPE html><p>404</p>");
      case 4 -> Files.createSymbolicLink(file, Path.of("nowhere.jpg"));
      case 5 -> Files.write(file, new byte[500]);
      case 6 -> Files.write(file, overwritten(whole));
      default -> {
        Files.write(file, whole);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(file)) {
          // A user who may read everything.
          Files.write(file, overwritten(whole));
        }
      }
    }
  }

  private static byte[] cutInItsPixels() {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR);
    IntStream.range(0, 1600).forEach(i -> image.setRGB(i % 40, i / 40, i * 2_654_435));
    byte[] whole = TestData.encode("jpg", image);
    return Arrays.copyOf(whole, whole.length * 9 / 10);
  }

  /** The tables of its codes are gone. */
  private static byte[] overwritten(byte[] whole) {
    byte[] bytes = whole.clone();
    Arrays.fill(bytes, 30, bytes.length - 30, (byte) 'x');
    return bytes;
  }

  private void writeWhatIsFoundBesides() throws IOException {
    Path first = folder.resolve(className(0));
    for (String hidden : List.of(".DS_Store", "._0000 photo.jpg", ".directory")) {
      Files.writeString(first.resolve(hidden), "\0\5\26\7 of another program");
    }
    Files.write(
        first.resolve("Thumbs.db"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
    Files.writeString(first.resolve("desktop.ini"), "[ViewState]");
    Files.write(first.resolve("half.jpg.part"), new byte[100]);
    Files.createDirectory(first.resolve("album.jpg"));
    BufferedImage image = TestData.grey(10, 10, level(0));
    TestData.write(first.resolve("a png.jpg"), "png", image);
    TestData.write(first.resolve("photo.dat"), "jpg", image);
  }

  /** In a zip file, which Java reads as a folder: tens of thousands of real folders take long. */
  @Test
  @Timeout(60)
  void ten_thousand_classes_of_one_image_each_are_as_many_classes() throws IOException {
    List<String> names = IntStream.range(0, 10_000).mapToObj("class %d"::formatted).toList();
    List<String> others = new ArrayList<>(names);
    others.set(77, "new");

    DatasetBundle bundle = loadZip(names, names);

    assertThat(bundle.classNames())
        .containsExactlyElementsOf(names.stream().sorted().toList())
        .startsWith("class 0", "class 1", "class 10", "class 100");
    assertThat(bundle.training().labels()).isEqualTo(IntStream.range(0, 10_000).toArray());
    assertThat(bundle.test().labels()).isEqualTo(bundle.training().labels());
    assertThat(bundle.training().imageName(3)).isEqualTo("train/class 100/1.png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loadZip(names, others))
        .withMessage(
            "/test: has the class new and not the class class 77,"
                + " allowed: the classes of the training images");
  }

  @Test
  void names_of_classes_and_images_are_kept_in_all_letters_and_with_spaces() throws IOException {
    List<String> names = List.of(" before and after ", "größe", "日本 語", "\uD83E\uDD8A", "a, \"b\"");

    DatasetBundle bundle = loadZip(names, names);

    assertThat(bundle.classNames()).containsExactlyElementsOf(names.stream().sorted().toList());
    for (int i = 0; i < names.size(); i++) {
      assertThat(bundle.test().imageName(i))
          .isEqualTo("test/" + bundle.classNames().get(i) + "/1.png");
    }
  }

  private DatasetBundle loadZip(List<String> training, List<String> test) throws IOException {
    Path file = folder.resolve("images.zip");
    byte[] image = TestData.encode("png", TestData.grey(2, 2, 100));
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (String name : training) {
        zip.putNextEntry(new ZipEntry("train/" + name + "/1.png"));
        zip.write(image);
      }
      for (String name : test) {
        zip.putNextEntry(new ZipEntry("test/" + name + "/1.png"));
        zip.write(image);
      }
    }
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      return new ImageFolder().read(zip.getPath("/"), Resizing.NONE);
    }
  }
}
