package io.github.smartaug.random;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A seeded random generator whose state can be saved and restored. With it a run can be repeated
 * and resumed exactly, to the last bit.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 2021), seeded by SplitMix64 as its authors recommend. Streams with
 * different seeds or purposes are independent for all practical purposes. Not thread-safe.
 */
public final class RandomStream implements RandomGenerator {
  private final long[] state;

  private RandomStream(long[] state) {
    this.state = state;
  }

  /** The stream for a seed and a purpose, such as {@code of(42, "augmentation")}. */
  public static RandomStream of(long seed, String purpose) {
    long mixed = hash(seed);
    for (int i = 0; i < purpose.length(); i++) {
      mixed = hash(mixed ^ purpose.charAt(i));
    }
    return seeded(mixed);
  }

  /** The stream for a seed. */
  public static RandomStream seeded(long seed) {
    long[] state = new long[4];
    long counter = seed;
    for (int i = 0; i < state.length; i++) {
      state[i] = hash(counter);
      counter += GOLDEN_GAMMA;
    }
    return new RandomStream(state);
  }

  /**
   * The stream that continues from a saved {@link #state()}.
   *
   * @param state four numbers, not all zero
   * @throws IllegalArgumentException if it is anything else
   */
  public static RandomStream resume(long[] state) {
    if (state.length != 4 || Arrays.stream(state).allMatch(word -> word == 0)) {
      throw new IllegalArgumentException(
          "random state: " + Arrays.toString(state) + ", allowed: 4 numbers, not all zero");
    }
    return new RandomStream(state.clone());
  }

  /** The present state, for {@link #resume}. */
  public long[] state() {
    return state.clone();
  }

  /** A second stream with the same numbers to come; drawing from it does not change this one. */
  public RandomStream copy() {
    return new RandomStream(state());
  }

  @Override
  public long nextLong() {
    long result = Long.rotateLeft(state[0] + state[3], 23) + state[0];
    long shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = Long.rotateLeft(state[3], 45);
    return result;
  }

  /** A random permutation of 0..size-1 (Fisher-Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** Mixes a number to another one: the output of SplitMix64 for this value of its counter. */
  public static long hash(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
