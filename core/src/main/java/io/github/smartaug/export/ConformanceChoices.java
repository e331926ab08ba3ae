package io.github.smartaug.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Which draws from 0 to 1 choose which transforms, for tests of programs that should do the same:
 * draws at both ends of the interval of a choice, so that a test sees a changed probability, and
 * what becomes of one that is drawn again.
 */
final class ConformanceChoices {
  /** How many choices are tested at most, evenly spaced: sequences are many. */
  private static final int TESTED = 50;

  /** Farther from the ends than sums of the probabilities differ by rounding. */
  private static final double MARGIN = 1e-9;

  private ConformanceChoices() {}

  private static boolean inSequences(ObjectNode policy) {
    return !policy.get("sequences").isEmpty();
  }

  private static JsonNode choices(ObjectNode policy) {
    return policy.get(inSequences(policy) ? "sequences" : "transforms");
  }

  private static double total(JsonNode choices) {
    return StreamSupport.stream(choices.spliterator(), false)
        .mapToDouble(choice -> choice.get("probability").doubleValue())
        .sum();
  }

  /**
   * The numbers of the transforms that an image gets if every choice is that for which a draw of
   * one half stands.
   *
   * @param leaveOutRepeats whether it gets none twice
   */
  static ArrayNode ofHalves(ObjectNode policy, boolean leaveOutRepeats) {
    JsonNode choices = choices(policy);
    double half = total(choices) / 2;
    int chosen = 0;
    double sum = choices.get(0).get("probability").doubleValue();
    while (sum <= half) {
      chosen++;
      sum += choices.get(chosen).get("probability").doubleValue();
    }
    List<Integer> drawn = new ArrayList<>();
    if (inSequences(policy)) {
      choices.get(chosen).get("transforms").forEach(index -> drawn.add(index.intValue()));
    } else {
      drawn.addAll(Collections.nCopies(policy.get("length").intValue(), chosen));
    }
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    (leaveOutRepeats ? drawn.stream().distinct() : drawn.stream()).forEach(numbers::add);
    return numbers;
  }

  /** Pairs of a draw and the numbers of the transforms that it chooses. */
  static ArrayNode of(ObjectNode policy) {
    boolean inSequences = inSequences(policy);
    JsonNode choices = choices(policy);
    double total = total(choices);
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
