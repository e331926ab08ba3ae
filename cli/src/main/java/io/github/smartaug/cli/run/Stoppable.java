package io.github.smartaug.cli.run;

/** Work that can be asked to end early, and knows what that means. */
public interface Stoppable {
  /** Asks the work to end soon; comes from another thread. */
  void stop();

  /** What happens now that it is to end, in a few words. */
  String happens();

  /** What is on disk, in a few words. */
  String saved();
}
