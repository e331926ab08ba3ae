package io.github.smartaug.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.PolicyOptions.Repeats;
import java.util.Collections;
import java.util.stream.IntStream;
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

  /**
   * A draw in the middle of the interval of the likeliest choice, and the numbers of the transforms
   * that an image gets if every draw is that one.
   */
  static ArrayNode ofOneAgainAndAgain(ObjectNode policy) {
    JsonNode choices = choices(policy);
    double start = 0;
    double sum = 0;
    int likeliest = 0;
    for (int c = 0; c < choices.size(); c++) {
      if (probability(choices, c) > probability(choices, likeliest)) {
        likeliest = c;
        start = sum;
      }
      sum += probability(choices, c);
    }
    IntStream drawn =
        inSequences(policy)
            ? StreamSupport.stream(choices.get(likeliest).get("transforms").spliterator(), false)
                .mapToInt(JsonNode::intValue)
            : Collections.nCopies(policy.get("length").intValue(), likeliest).stream()
                .mapToInt(Integer::intValue);
    boolean applied = policy.get("repeats").asText().equals(Repeats.APPLIED.toString());
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    result.add((start + probability(choices, likeliest) / 2) / sum);
    ArrayNode numbers = result.addArray();
    (applied ? drawn : drawn.distinct()).forEach(numbers::add);
    return result;
  }

  private static double probability(JsonNode choices, int choice) {
    return choices.get(choice).get("probability").doubleValue();
  }

  /** Pairs of a draw and the numbers of the transforms that it chooses. */
  static ArrayNode of(ObjectNode policy) {
    boolean inSequences = inSequences(policy);
    JsonNode choices = choices(policy);
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
