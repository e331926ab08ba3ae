package io.github.smartaug.data;

import java.nio.file.Path;

/** An image of a data set that is still to be decoded. */
interface EncodedImage {
  /** Its path within the data set, by which it is known to people. */
  String name();

  /** Where it is, for messages. */
  String place();

  /**
   * Decodes and resizes it.
   *
   * @throws IllegalArgumentException as {@link ImageDecoder#decode(Path, Resizing)}
   */
  DecodedImage decode(Resizing resizing);

  /**
   * An image in a file of its own.
   *
   * @param root folder of the data set
   */
  record InFile(Path root, Path file) implements EncodedImage {
    @Override
    public String name() {
      return file.startsWith(root) ? FolderNotes.name(root, file) : file.toString();
    }

    @Override
    public String place() {
      return file.toString();
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return ImageDecoder.decode(file, resizing);
    }
  }

  /** An image that was taken out of an archive. */
  final class InMemory implements EncodedImage {
    private final String name;
    private final String place;
    private final byte[] content;

    /**
     * An image.
     *
     * @param content of its file
     */
    InMemory(String name, String place, byte[] content) {
      this.name = name;
      this.place = place;
      this.content = content;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String place() {
      return place;
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return ImageDecoder.decode(place, content, resizing);
    }
  }
}
