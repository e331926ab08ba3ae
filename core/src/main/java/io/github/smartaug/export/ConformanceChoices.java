package io.github.smartaug.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;

/**
 * Which draws from 0 to 1 choose which transforms, for tests of programs that should do the same:
 * draws at both ends of the interval of a choice, so that a test sees a changed probability.
 */
final class ConformanceChoices {
  /** How many choices are tested at most, evenly spaced: sequences are many. */
  private static final int TESTED = 50;

  /** Farther from the ends than sums of the probabilities differ by rounding. */
  private static final double MARGIN = 1e-9;

  private ConformanceChoices() {}

  /** Pairs of a draw and the numbers of the transforms that it chooses. */
  static ArrayNode of(ObjectNode policy) {
    boolean inSequences = !policy.get("sequences").isEmpty();
    JsonNode choices = policy.get(inSequences ? "sequences" : "transforms");
    double total =
        StreamSupport.stream(choices.spliterator(), false)
            .mapToDouble(choice -> choice.get("probability").doubleValue())
            .sum();
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    int step = (choices.size() + TESTED - 1) / TESTED;
    double start = 0;
    for (int c = 0; c < choices.size(); c++) {
      JsonNode choice = choices.get(c);
      double end = start + choice.get("probability").doubleValue();
      if (c % step == 0 && end - start > 4 * MARGIN * total) {
        JsonNode chosen = inSequences ? choice.get("transforms") : pairs.arrayNode().add(c);
        pairs.addArray().add(start / total + MARGIN).add(chosen);
        pairs.addArray().add(end / total - MARGIN).add(chosen);
      }
      start = end;
    }
    return pairs;
  }
}
