package io.github.smartaug.data.published;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Brings one file here, whole and with the right checksum: from the first of its addresses that has
 * it, with repetitions, and going on with what is there from earlier.
 */
final class Download {
  /** What has to come so that a broken connection counts as one that goes on. */
  private static final long PROGRESS_BYTES = 1 << 16;

  private final PublishedFile file;
  private final PartialFile part;
  private final Transfer transfer;
  private final Patience patience;
  private final Stop stop;
  private final FetchListener listener;

  Download(
      PublishedFile file,
      PartialFile part,
      Transfer transfer,
      Patience patience,
      Stop stop,
      FetchListener listener) {
    this.file = file;
    this.part = part;
    this.transfer = transfer;
    this.patience = patience;
    this.stop = stop;
    this.listener = listener;
  }

  /**
   * Brings the file.
   *
   * @throws IOException if no address has it, or the disk does not take it; what came of it stays
   */
  void run() throws IOException {
    List<String> reasons = new ArrayList<>();
    for (URI address : file.addresses()) {
      try {
        from(address);
        part.complete();
        return;
      } catch (Transfer.DiskFailure e) {
        throw e;
      } catch (IOException e) {
        stop.check();
        reasons.add(address + " " + reason(e));
        if (reasons.size() < file.addresses().size()) {
          listener.note("%s: %s %s, trying the next address".formatted(name(), address, reason(e)));
        }
      }
    }
    throw new IOException(name() + ": cannot be downloaded: " + String.join("; ", reasons));
  }

  private String name() {
    return file.name();
  }

  private void from(URI address) throws IOException {
    boolean continued = part.size() > 0;
    bring(address);
    Checksum found = file.checksum().of(part.path());
    if (found.equals(file.checksum())) {
      return;
    }
    part.delete();
    if (!continued) {
      throw wrong(found);
    }
    // The beginning may have been of another version, or of another file.
    listener.note(name() + ": the checksum is wrong, beginning anew");
    bring(address);
    Checksum anew = file.checksum().of(part.path());
    if (!anew.equals(file.checksum())) {
      part.delete();
      throw wrong(anew);
    }
  }

  private Refusal wrong(Checksum found) {
    return new Refusal(
        "sends a file with the %s, allowed: %s as published; it was removed"
            .formatted(found, file.checksum().digits()));
  }

  /** As often as need be, until all bytes are here. */
  private void bring(URI address) throws IOException {
    int failures = 0;
    while (true) {
      long before = part.size();
      try {
        transfer.from(address);
        return;
      } catch (Refusal | Transfer.DiskFailure e) {
        throw e;
      } catch (IOException e) {
        stop.check();
        failures = part.size() - before >= PROGRESS_BYTES ? 1 : failures + 1;
        if (failures > patience.retries() || isPointless(e)) {
          throw e;
        }
        listener.note(
            "%s: %s %s, trying again in %d s"
                .formatted(name(), address, reason(e), patience.before(failures).toSeconds()));
        stop.sleep(patience.before(failures));
      }
    }
  }

  /** A name that nobody knows will not be known in a second. */
  private static boolean isPointless(IOException error) {
    return causes(error)
        .anyMatch(
            e -> e instanceof UnresolvedAddressException || e instanceof UnknownHostException);
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(10);
  }

  private static String reason(IOException error) {
    if (isPointless(error)) {
      return "is not known (is there a network?)";
    }
    if (causes(error).anyMatch(e -> e instanceof HttpConnectTimeoutException)) {
      return "cannot be reached in time (is there a network?)";
    }
    if (error instanceof HttpTimeoutException) {
      return "does not answer in time";
    }
    if (causes(error).anyMatch(e -> e instanceof ConnectException)) {
      return "refuses the connection";
    }
    return String.valueOf(error.getMessage());
  }
}
