package io.github.smartaug.data.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash that a file must have. MD5 does for what was damaged on its way, and is all that some
 * makers of data sets publish.
 *
 * @param algorithm {@code SHA-256} or {@code MD5}
 * @param digits hexadecimal, in lower case
 */
public record Checksum(String algorithm, String digits) {
  private static final String SHA_256 = "SHA-256";
  private static final String MD5 = "MD5";

  /** Checks the digits. */
  public Checksum {
    int expected = digitsOf(algorithm);
    digits = digits.toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{" + expected + "}")) {
      throw new IllegalArgumentException(
          "%s: \"%s\", allowed: %d hexadecimal digits".formatted(algorithm, digits, expected));
    }
  }

  /** A hash by SHA-256. */
  public static Checksum sha256(String digits) {
    return new Checksum(SHA_256, digits);
  }

  /** A hash by MD5. */
  public static Checksum md5(String digits) {
    return new Checksum(MD5, digits);
  }

  private static int digitsOf(String algorithm) {
    return switch (algorithm) {
      case SHA_256 -> 64;
      case MD5 -> 32;
      default ->
          throw new IllegalArgumentException(
              "checksum: \"%s\", allowed: %s, %s".formatted(algorithm, SHA_256, MD5));
    };
  }

  /** The hash that a file has, by the same algorithm. */
  public Checksum of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** Such as {@code MD5 d41d8cd98f00b204e9800998ecf8427e}. */
  @Override
  public String toString() {
    return algorithm + " " + digits;
  }
}
