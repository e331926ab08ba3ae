package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the parameters of a model that are not to be trained, by the names of its layers.
 *
 * <p>A pattern is the name of a layer, such as {@code layer1} or {@code layer1.0.bn1}, which stands
 * for all that is in it, or that of a parameter, such as {@code fc.bias}. In it, {@code *} stands
 * for any characters and {@code ?} for one. {@value #ALL_BUT_HEAD} stands for all parameters whose
 * shape does not depend on the number of classes.
 */
public final class FrozenLayers {
  /** All but what makes logits. */
  public static final String ALL_BUT_HEAD = "all-but-head";

  private static final int NEAR_NAMES = 3;

  private FrozenLayers() {}

  /**
   * The parameters that some patterns choose.
   *
   * @param parameters the names of all
   * @param head those of the head, see {@link Models#head}; empty if it is not known
   * @return names in the order of the model
   * @throws IllegalArgumentException if a pattern chooses none; the message has names that are near
   */
  public static Set<String> choose(
      Collection<String> patterns, Collection<String> parameters, Set<String> head) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String pattern : patterns) {
      List<String> found = matching(pattern, parameters, head);
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" is no layer of the model, allowed: %s"
                .formatted(Excerpt.of(pattern), String.join(", ", near(pattern, parameters))));
      }
      chosen.addAll(found);
    }
    Set<String> inOrder = new LinkedHashSet<>(parameters);
    inOrder.retainAll(chosen);
    return inOrder;
  }

  private static List<String> matching(
      String pattern, Collection<String> parameters, Set<String> head) {
    if (pattern.equals(ALL_BUT_HEAD)) {
      if (head.isEmpty()) {
        throw new IllegalArgumentException(
            ALL_BUT_HEAD
                + ", but it is not known which layer is the head, allowed: names of layers");
      }
      return parameters.stream().filter(name -> !head.contains(name)).toList();
    }
    Pattern glob = glob(pattern);
    return parameters.stream()
        .filter(name -> layers(name).stream().anyMatch(layer -> glob.matcher(layer).matches()))
        .toList();
  }

  private static Pattern glob(String pattern) {
    StringBuilder expression = new StringBuilder();
    pattern
        .codePoints()
        .mapToObj(Character::toString)
        .map(
            character ->
                switch (character) {
                  case "*" -> ".*";
                  case "?" -> ".";
                  default -> Pattern.quote(character);
                })
        .forEach(expression::append);
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  /** The parameter itself, and all layers that it is in. */
  private static List<String> layers(String parameter) {
    List<String> layers = new ArrayList<>();
    for (int end = parameter.indexOf('.'); end >= 0; end = parameter.indexOf('.', end + 1)) {
      layers.add(parameter.substring(0, end));
    }
    layers.add(parameter);
    return layers;
  }

  /** The nearest names, then the outermost layers. */
  private static Set<String> near(String pattern, Collection<String> parameters) {
    Set<String> all = new LinkedHashSet<>();
    Set<String> outermost = new LinkedHashSet<>();
    for (String parameter : parameters) {
      all.addAll(layers(parameter));
      outermost.add(layers(parameter).get(0));
    }
    Set<String> near = new LinkedHashSet<>();
    all.stream()
        .filter(name -> distance(pattern, name) <= Math.max(1, pattern.length() / NEAR_NAMES))
        .sorted(Comparator.comparingInt(name -> distance(pattern, name)))
        .limit(NEAR_NAMES)
        .forEach(near::add);
    near.addAll(outermost);
    return near;
  }

  /** Letters to insert, leave out or replace; Levenshtein, 1966. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
