package io.github.smartaug.data;

/** What becomes of the images of a data set that cannot be read. */
public enum BadImages {
  /** The data set is refused, and they are named. */
  REFUSE,
  /** They are left out, and named. */
  LEAVE_OUT
}
