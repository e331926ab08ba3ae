package io.github.smartaug.nn;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the code of a TorchScript file can be compiled by recursion. libtorch goes down into
 * expressions and blocks without counting, at the end of which is the stack.
 */
final class ScriptCode {
  private static final int DEEPEST = 200;
  private static final int MOST_OPERATORS = 1000;

  /** What is one thing to the compiler; texts and comments, so that nothing in them counts. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)*+'|#[^\n]*+"
              + "|\\b(?:not|and|or|if|else|elif|in|is)\\b|\\w++|\n *+|[^\\s\\w]");

  private int depth;
  private int operators;

  private ScriptCode() {}

  /**
   * Goes through a source file.
   *
   * @throws IllegalArgumentException if something is nested deeper than people and programs write
   */
  static void check(byte[] source) {
    ScriptCode code = new ScriptCode();
    Matcher tokens = TOKEN.matcher(new String(source, StandardCharsets.UTF_8));
    while (tokens.find()) {
      code.count(tokens.group());
    }
  }

  private void count(String token) {
    switch (token.charAt(0)) {
      case '(', '[', '{' -> depth++;
      case ')', ']', '}' -> depth--;
      case '\n' -> {
        // Only outside of brackets it ends the statement and begins a block.
        operators = depth > 0 ? operators : 0;
        requireAtMost(2 * DEEPEST, token.length(), "blocks");
      }
      case ',', ':', '"', '\'', '#' -> {}
      default -> operators += isOperator(token) ? 1 : 0;
    }
    requireAtMost(DEEPEST, depth, "brackets");
    requireAtMost(MOST_OPERATORS, operators, "expressions");
  }

  private static boolean isOperator(String token) {
    boolean isWord = Character.isLetterOrDigit(token.charAt(0)) || token.charAt(0) == '_';
    return !isWord || token.matches("not|and|or|if|else|elif|in|is");
  }

  private static void requireAtMost(int most, int number, String what) {
    if (number > most) {
      throw new IllegalArgumentException("has " + what + " nested more than " + most + " deep");
    }
  }
}
