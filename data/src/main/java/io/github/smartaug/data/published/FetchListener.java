package io.github.smartaug.data.published;

/** Hears how a {@link DatasetFetch} goes on; called by its thread. */
public interface FetchListener {
  /**
   * A file, or the rest of one, is about to come.
   *
   * @param file its name
   * @param present bytes that are here already
   * @param total bytes of the whole file; 0 if the server does not say
   */
  void begins(String file, long present, long total);

  /**
   * Some of the file has come.
   *
   * @param present bytes that are here now
   */
  void received(long present);

  /** The file is complete, or it will not be; always after {@link #begins}. */
  void ended();

  /** Something went another way than hoped, and the download goes on; a line for people. */
  void note(String line);
}
