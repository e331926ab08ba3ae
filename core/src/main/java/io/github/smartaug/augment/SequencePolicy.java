package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A policy with a probability for every ordered sequence of N transforms, T^N of them, so that it
 * can learn which transforms go well together and in which order.
 *
 * <p>Logits are in the order of the sequences as numbers to the base T whose first digit is the
 * first transform: of T = 18 transforms and N = 2, that of (3, 5) has index 3 * 18 + 5.
 */
public final class SequencePolicy extends LearnablePolicy {
  /** Largest number of logits, of all classes together. */
  public static final int LARGEST_SIZE = 100_000;

  /**
   * A policy with given parameters.
   *
   * @param parameters {@link #LOGITS} [T^N], {@link #MAGNITUDES} [T] or [1] if shared, and {@link
   *     #TEMPERATURE} [1] if it is learned
   * @throws IllegalArgumentException if there are more than {@link #LARGEST_SIZE} sequences
   */
  public SequencePolicy(TransformSet transforms, PolicyOptions options, NamedTensors parameters) {
    this(new PolicyParameters(transforms, options, sequences(transforms, options), parameters));
  }

  SequencePolicy(PolicyParameters state) {
    super(state);
  }

  /**
   * A policy before any learning: all logits 1; magnitudes 0.5 where they are learned and 1
   * elsewhere. Its parameters (float32, CPU) belong to the caller's scope.
   *
   * @throws IllegalArgumentException if there are more than {@link #LARGEST_SIZE} sequences
   */
  public static SequencePolicy initial(TransformSet transforms, PolicyOptions options) {
    return new SequencePolicy(
        PolicyParameters.initial(transforms, options, sequences(transforms, options)));
  }

  /** Number of sequences for one class, T^N. */
  static int sequences(TransformSet transforms, PolicyOptions options) {
    double number = Math.pow(transforms.size(), options.length());
    if (number * options.classes() > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d transforms in turn of %d make %.0f sequences%s, allowed: up to %d; take a smaller"
                  + " length, fewer transforms or independent probabilities",
              options.length(),
              transforms.size(),
              number,
              options.classes() == 1 ? "" : " for each of " + options.classes() + " classes",
              LARGEST_SIZE));
    }
    return (int) number;
  }

  @Override
  public SequencePolicy withParameters(NamedTensors replaced) {
    return new SequencePolicy(state().with(replaced));
  }

  @Override
  public SequencePolicy withSampling(Sampling sampling) {
    return new SequencePolicy(state().with(sampling));
  }

  /** A probe does not look at all sequences, so that logits are moved as any numbers. */
  @Override
  public Map<String, ParameterRole> roles() {
    return Map.of(MAGNITUDES, ParameterRole.SCALE);
  }

  @Override
  public String description() {
    return "learned sequences, " + PolicyText.choice(this);
  }

  @Override
  public LearnedPolicyType type() {
    return Policies.SEQUENCE;
  }

  /** By the mean over the classes, if they have probabilities of their own. */
  @Override
  public List<TransformSequence> likeliestSequences(int count) {
    if (length() == 0) {
      return List.of();
    }
    double[] means = new double[sequences(transforms(), options())];
    for (int c = 0; c < options().classes(); c++) {
      double[] ofClass = distribution(c).probabilities();
      Arrays.setAll(means, i -> means[i] + ofClass[i] / options().classes());
    }
    return IntStream.range(0, means.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -means[i]))
        .limit(count)
        .map(i -> new TransformSequence(names(i), means[i]))
        .toList();
  }

  private List<String> names(int sequence) {
    String[] names = new String[length()];
    int rest = sequence;
    for (int n = length() - 1; n >= 0; n--) {
      names[n] = transforms().names().get(rest % transforms().size());
      rest /= transforms().size();
    }
    return List.of(names);
  }

  @Override
  protected Draws drawEach(int[] classes, RandomGenerator random) {
    int[][] transforms = new int[length()][classes.length];
    double[][] uniforms = new double[length()][classes.length];
    for (int i = 0; i < classes.length; i++) {
      int sequence = distribution(classes[i]).pick(random.nextDouble());
      for (int n = length() - 1; n >= 0; n--) {
        transforms[n][i] = sequence % transforms().size();
        sequence /= transforms().size();
      }
      for (int n = 0; n < length(); n++) {
        uniforms[n][i] = random.nextDouble();
      }
    }
    return new Draws(transforms, uniforms, classes);
  }

  @Override
  protected int[][] choices(Draws draws) {
    int[] sequences = new int[draws.transforms()[0].length];
    for (int[] position : draws.transforms()) {
      for (int i = 0; i < sequences.length; i++) {
        sequences[i] = sequences[i] * transforms().size() + position[i];
      }
    }
    return new int[][] {sequences};
  }

  @Override
  protected OptionalInt choiceOf(int position) {
    return OptionalInt.of(0);
  }

  @Override
  protected String choiceName(int choice) {
    return length() == 0 ? "none" : String.join(", then ", names(choice));
  }

  @Override
  protected double[] marginals(CategoricalDistribution choices) {
    int size = transforms().size();
    double[] sums = new double[size];
    if (length() == 0) {
      Arrays.fill(sums, 1.0 / size);
      return sums;
    }
    double[] probabilities = choices.probabilities();
    for (int sequence = 0; sequence < probabilities.length; sequence++) {
      int rest = sequence;
      for (int n = 0; n < length(); n++) {
        sums[rest % size] += probabilities[sequence] / length();
        rest /= size;
      }
    }
    return sums;
  }
}
