package io.github.smartaug.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

  /** The file that it is in, if it is in one. */
  default Optional<Path> file() {
    return Optional.empty();
  }

  /**
   * The same image as it can be decoded again later, without holding its file in memory; empty if
   * it cannot.
   */
  default Optional<EncodedImage> lasting() {
    return Optional.of(this);
  }

  /** The same image with its file in memory; itself, if it is or cannot be. */
  default EncodedImage held() {
    return this;
  }

  /** Bytes of its file that are in memory. */
  default int heldBytes() {
    return 0;
  }

  /**
   * An image in a file of its own.
   *
   * @param root folder of the data set
   */
  record InFile(Path root, Path path) implements EncodedImage {
    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }

    @Override
    public String name() {
      return path.startsWith(root) ? FolderNotes.name(root, path) : path.toString();
    }

    @Override
    public String place() {
      return path.toString();
    }

    @Override
    public EncodedImage held() {
      try {
        return Files.isRegularFile(path)
            ? new InMemory(name(), place(), Files.readAllBytes(path), Optional.empty())
            : this;
      } catch (IOException e) {
        // Who decodes it says why it cannot be read.
        return this;
      }
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return ImageDecoder.decode(path, resizing);
    }
  }

  /** An image that was taken out of an archive. */
  final class InMemory implements EncodedImage {
    private final String name;
    private final String place;
    private final byte[] content;
    private final Optional<EncodedImage> lasting;

    /**
     * An image.
     *
     * @param content of its file
     * @param lasting where it can be read again, if it can
     */
    InMemory(String name, String place, byte[] content, Optional<EncodedImage> lasting) {
      this.name = name;
      this.place = place;
      this.content = content;
      this.lasting = lasting;
    }

    @Override
    public Optional<EncodedImage> lasting() {
      return lasting;
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
    public int heldBytes() {
      return content.length;
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return ImageDecoder.decode(place, content, resizing);
    }
  }

  /**
   * An image in an archive that is not packed.
   *
   * @param start of its file in the archive, in bytes
   * @param length of its file
   */
  record InArchive(Path archive, String name, long start, int length) implements EncodedImage {
    @Override
    public Optional<Path> file() {
      return Optional.of(archive);
    }

    @Override
    public String place() {
      return archive + ": " + name;
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return ImageDecoder.decode(place(), this::content, resizing);
    }

    private byte[] content() throws IOException {
      ByteBuffer content = ByteBuffer.allocate(length);
      try (FileChannel channel = FileChannel.open(archive)) {
        while (content.hasRemaining()) {
          if (channel.read(content, start + content.position()) < 0) {
            throw new EOFException("cut short");
          }
        }
      }
      return content.array();
    }
  }
}
