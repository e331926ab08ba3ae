package io.github.smartaug.data.published;

import java.io.IOException;

/** An address does not have the file, and asking again would not help. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }
}
