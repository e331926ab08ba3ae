package io.github.smartaug.nn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TorchScript module did not get through its forward pass; the message is one line. */
public final class ScriptFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What follows the interpreter's report of where in the script it was. */
  private static final Pattern CAUSE =
      Pattern.compile("^(?:\\w+\\.)*\\w*(?:Error|Exception): (.*)$", Pattern.MULTILINE);

  ScriptFailedException(String what, RuntimeException cause) {
    super(what + ": " + reason(cause), cause);
  }

  /** What went wrong, in libtorch's words, without the frames of script and C++. */
  static String reason(RuntimeException failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher cause = CAUSE.matcher(text);
    return cause.find()
        ? cause.group(1)
        : text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
