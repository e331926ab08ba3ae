package io.github.smartaug.data.published;

import io.github.smartaug.file.AtomicFolder;
import io.github.smartaug.file.FileFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Brings a published data set into a folder, which appears when all of it is there and right.
 *
 * <p>Until then, files lie in a folder of the same name with {@code .download} behind it. They stay
 * there when a download fails or is interrupted, and the next one goes on with them. Every file is
 * compared with its checksum before it is used.
 *
 * <p>Connections are made as Java makes them: the system properties {@code https.proxyHost} and
 * their likes are followed.
 */
public final class DatasetFetch {
  private static final String DOWNLOAD = ".download";
  private static final String LOCK = "lock";

  private final PublishedDataset dataset;
  private final Path target;
  private final Path downloads;
  private final Patience patience;
  private final FetchListener listener;
  private final Stop stop = new Stop();

  /**
   * A download that has not begun.
   *
   * @param target the folder to be; its parents are made if need be
   * @param retries of an address before the next one is tried, at least 0; those after which more
   *     of a file came are not counted
   * @param listener hears how it goes on
   * @throws IllegalArgumentException if something else is at {@code target}
   */
  public DatasetFetch(PublishedDataset dataset, Path target, int retries, FetchListener listener) {
    this(dataset, target, Patience.usual(retries), listener);
  }

  DatasetFetch(PublishedDataset dataset, Path target, Patience patience, FetchListener listener) {
    this.dataset = dataset;
    this.target = target.toAbsolutePath().normalize();
    this.patience = patience;
    this.listener = listener;
    if (this.target.getFileName() == null) {
      throw new IllegalArgumentException(target + ": allowed: a new folder");
    }
    this.downloads = this.target.resolveSibling(this.target.getFileName() + DOWNLOAD);
    if (Files.exists(this.target) && !isThere() && !isEmptyFolder()) {
      throw new IllegalArgumentException(
          "%s: is something else than %s, allowed: a new folder".formatted(target, dataset.name()));
    }
  }

  private boolean isEmptyFolder() {
    String[] content = target.toFile().list();
    return content != null && content.length == 0;
  }

  /** Whether the folder has all the files already, as {@link PublishedDataset#isIn} says. */
  public boolean isThere() {
    return dataset.isIn(target);
  }

  /** Where files lie until all are there. */
  public Path downloads() {
    return downloads;
  }

  /**
   * Downloads what is missing and makes the folder; does nothing if it is there.
   *
   * @throws IOException if the data set cannot be had or written; the message is a line for people
   * @throws CancellationException after {@link #cancel}
   */
  public void run() throws IOException {
    if (isThere()) {
      return;
    }
    Files.createDirectories(downloads);
    try {
      bringAndMake();
    } finally {
      deleteUnlessOfUse();
    }
  }

  private void bringAndMake() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                downloads.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = locked(channel)) {
      download();
      stop.check();
      if (dataset.unpacking().isPresent()) {
        unpack(dataset.unpacking().get());
      } else {
        takeName();
      }
    }
    AtomicFolder.delete(downloads);
  }

  /** A folder in which nothing has come would be of no use to the next download. */
  private void deleteUnlessOfUse() throws IOException {
    String[] content = downloads.toFile().list();
    if (content != null && List.of(content).equals(List.of(LOCK))) {
      AtomicFolder.delete(downloads);
    }
  }

  private FileLock locked(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(downloads + ": another process is downloading into it");
    }
    return lock;
  }

  private void download() throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience.connection())
            .followRedirects(Redirect.NORMAL)
            .build();
    for (PublishedFile file : dataset.files()) {
      if (!isRight(file)) {
        PartialFile part = new PartialFile(downloads, file.name());
        Transfer transfer = new Transfer(client, patience, stop, listener, file, part);
        try {
          new Download(file, part, transfer, patience, stop, listener).run();
        } catch (Transfer.DiskFailure e) {
          throw new IOException(part.path() + ": cannot be written: " + e.getMessage(), e);
        }
      }
    }
  }

  /** Whether it was downloaded earlier; a file that has been changed since is removed. */
  private boolean isRight(PublishedFile file) throws IOException {
    Path earlier = downloads.resolve(file.name());
    if (!Files.exists(earlier)) {
      return false;
    }
    boolean right = file.checksum().of(earlier).equals(file.checksum());
    if (!right) {
      Files.delete(earlier);
    }
    return right;
  }

  private void unpack(Unpacking unpacking) throws IOException {
    Path archive = downloads.resolve(dataset.files().get(0).name());
    listener.note(archive.getFileName() + ": is being unpacked");
    try {
      AtomicFolder.write(
          target, folder -> new Archive(archive, unpacking, stop).unpackInto(folder));
    } catch (DirectoryNotEmptyException e) {
      throw new IOException(target + ": has been made by someone else meanwhile", e);
    }
  }

  /** What was downloaded is the folder. */
  private void takeName() throws IOException {
    Files.delete(downloads.resolve(LOCK));
    try {
      Files.deleteIfExists(target);
      Files.move(downloads, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(target + ": cannot be made: " + FileFailure.reason(e), e);
    }
  }

  /** Ends {@link #run} soon, with a CancellationException; comes from another thread. */
  public void cancel() {
    try {
      stop.wish();
    } catch (IOException e) {
      // The thread that reads from the connection hears of it.
      listener.note(String.valueOf(e.getMessage()));
    }
  }
}
