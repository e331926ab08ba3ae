package io.github.smartaug.data;

import io.github.smartaug.input.JsonField;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes of images that are labelled by texts: in the order of their numbers if all texts are
 * whole numbers from 0, otherwise in the order of the texts, as folders are.
 *
 * @param names of class 0, 1, ...: the texts
 * @param labels class of each image
 */
record ClassLabels(List<String> names, List<Integer> labels) {
  /** As numbers are written that are equal only if their texts are, and fit an int. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,8}");

  /**
   * The label in a field of JSON.
   *
   * @throws IllegalArgumentException if it is neither a text nor a whole number
   */
  static String text(JsonField label) {
    boolean known =
        !label.isAbsent() && (label.value().isIntegralNumber() || label.scalar() instanceof String);
    if (!known) {
      throw label.wrong("a text or a whole number");
    }
    return label.value().asText();
  }

  /** The classes of these texts, one per image. */
  static ClassLabels of(List<String> texts) {
    boolean numbers = texts.stream().allMatch(text -> NUMBER.matcher(text).matches());
    TreeSet<String> distinct =
        new TreeSet<>(
            numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
    distinct.addAll(texts);
    Map<String, Integer> numberOf = new HashMap<>();
    distinct.forEach(text -> numberOf.put(text, numberOf.size()));
    return new ClassLabels(List.copyOf(distinct), texts.stream().map(numberOf::get).toList());
  }
}
