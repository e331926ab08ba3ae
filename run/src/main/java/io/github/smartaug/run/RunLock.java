package io.github.smartaug.run;

import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run folder that one process writes into. The operating system holds the lock and gives it up
 * when the process ends, however it ends: what a killed process leaves is a file that nobody holds,
 * and the next one takes it over. The file says who holds it and since when.
 */
public final class RunLock implements AutoCloseable {
  /** Name of the file in the run folder. */
  static final String FILE = ".lock";

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  /** Beyond the text, which some systems would not let others read otherwise. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int TRIES = 100;

  /** Of this process: on some systems, opening the file again and closing it gives up the lock. */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that is there.
   *
   * @throws IllegalArgumentException if another process holds it, or this one already
   * @throws IOException if the file cannot be written
   */
  static RunLock take(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve(FILE);
    synchronized (HELD) {
      requireNotOfThisProcess(folder, file);
      for (int i = 0; i < TRIES; i++) {
        Optional<RunLock> taken = tryTake(folder, file);
        if (taken.isPresent()) {
          HELD.add(file);
          return taken.get();
        }
      }
    }
    throw new IOException(file + " is removed again and again");
  }

  /**
   * Rejects a folder that a run is writing into at this moment.
   *
   * @throws IllegalArgumentException that says who holds it and since when
   * @throws IOException if the file cannot be opened
   */
  static void requireFree(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve(FILE);
    synchronized (HELD) {
      requireNotOfThisProcess(folder, file);
      if (Files.isRegularFile(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          lock(channel, folder, file);
        } catch (NoSuchFileException e) {
          LOG.debug("{} was given up just now", file);
        }
      }
    }
  }

  private static void requireNotOfThisProcess(Path folder, Path file) {
    if (HELD.contains(file)) {
      throw inUse(folder, "this process");
    }
  }

  private static IllegalArgumentException inUse(Path folder, String holder) {
    return new IllegalArgumentException(
        folder + ": in use by " + holder + ", allowed: a folder that no other run writes into");
  }

  /** Empty if another process has removed the file just before it was locked. */
  private static Optional<RunLock> tryTake(Path folder, Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      Object before = key(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      lock(channel, folder, file);
      if (!Objects.equals(before, key(file))) {
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(thisProcess()));
      taken = true;
      return Optional.of(new RunLock(file, channel));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (channel != null && !taken) {
        channel.close();
      }
    }
  }

  private static void lock(FileChannel channel, Path folder, Path file) {
    try {
      if (channel.tryLock(PLACE, 1, false) == null) {
        throw inUse(folder, holder(file));
      }
    } catch (IOException e) {
      // Some network file systems have no locks; runs went well on them before there were any here.
      LOG.warn("{}: cannot be locked: {}", folder, FileFailure.reason(e));
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static String thisProcess() {
    return "process %d on %s since %s"
        .formatted(
            ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  private static String holder(Path file) {
    try {
      String holder = Files.readString(file).strip();
      return holder.isEmpty() ? "another process" : holder;
    } catch (IOException e) {
      return "another process";
    }
  }

  /** Removes the file and gives up the lock. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      try (FileChannel released = channel) {
        Files.deleteIfExists(file);
      } finally {
        HELD.remove(file);
      }
    }
  }
}
