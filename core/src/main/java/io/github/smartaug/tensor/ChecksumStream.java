package io.github.smartaug.tensor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The content of an entry of a zip file, with a check at its end that the JDK leaves out. */
final class ChecksumStream extends FilterInputStream {
  private final CRC32 checksum = new CRC32();
  private final long wanted;

  ChecksumStream(InputStream in, long wanted) {
    super(in);
    this.wanted = wanted;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value < 0) {
      check();
    } else {
      checksum.update(value);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count < 0) {
      check();
    } else {
      checksum.update(bytes, offset, count);
    }
    return count;
  }

  /** What is passed over is read. */
  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check() throws ZipException {
    if (checksum.getValue() != wanted) {
      throw new ZipException("another checksum than when it was written");
    }
  }
}
