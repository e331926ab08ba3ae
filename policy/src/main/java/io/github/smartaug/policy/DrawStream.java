package io.github.smartaug.policy;

import java.util.random.RandomGenerator;

/**
 * The library's random numbers: the same seed and purpose give the same draws there ({@code
 * io.github.smartaug.random.RandomStream}) and here.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 2021), seeded by SplitMix64. Not thread-safe.
 */
public final class DrawStream implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long[] state = new long[4];

  private DrawStream(long seed) {
    long counter = seed;
    for (int i = 0; i < state.length; i++) {
      state[i] = hash(counter);
      counter += GOLDEN_GAMMA;
    }
  }

  /** The stream for a seed and a purpose, such as {@code of(42, "augmentation")}. */
  public static DrawStream of(long seed, String purpose) {
    long mixed = hash(seed);
    for (int i = 0; i < purpose.length(); i++) {
      mixed = hash(mixed ^ purpose.charAt(i));
    }
    return new DrawStream(mixed);
  }

  /** The stream for a seed. */
  static DrawStream seeded(long seed) {
    return new DrawStream(seed);
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

  /** Mixes a number to another one: the output of SplitMix64 for this value of its counter. */
  static long hash(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
