package io.github.smartaug.data;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory for Java's codecs. Unlike their own stream of that kind it knows its length, by
 * which they recognise parts that cannot be there.
 */
final class ArrayInputStream extends ImageInputStreamImpl {
  private final byte[] content;

  ArrayInputStream(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos >= content.length ? -1 : content[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= content.length) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return content.length;
  }
}
