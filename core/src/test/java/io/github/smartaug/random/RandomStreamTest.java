package io.github.smartaug.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
  private static long[] next(RandomStream stream, int count) {
    return LongStream.generate(stream::nextLong).limit(count).toArray();
  }

  @Test
  void the_numbers_are_those_of_xoshiro256_plus_plus() {
    RandomStream stream = RandomStream.resume(new long[] {1, 2, 3, 4});

    assertThat(next(stream, 10))
        .containsExactly(
            41943041L,
            58720359L,
            3588806011781223L,
            3591011842654386L,
            Long.parseUnsignedLong("9228616714210784205"),
            Long.parseUnsignedLong("9973669472204895162"),
            Long.parseUnsignedLong("14011001112246962877"),
            Long.parseUnsignedLong("12406186145184390807"),
            Long.parseUnsignedLong("15849039046786891736"),
            Long.parseUnsignedLong("10450023813501588000"));
  }

  @Test
  void the_state_of_a_seed_is_the_output_of_split_mix() {
    assertThat(RandomStream.seeded(0).state())
        .containsExactly(
            0xe220a8397b1dcdafL, 0x6e789e6aa1b965f4L, 0x06c45d188009454fL, 0xf88bb8a8724c81ecL);
  }

  @Test
  void a_saved_state_continues_with_the_same_numbers() {
    RandomStream stream = RandomStream.of(42, "augmentation");
    next(stream, 1000);
    long[] state = stream.state();

    long[] expected = next(stream, 100);

    assertThat(next(RandomStream.resume(state), 100)).isEqualTo(expected);
  }

  @Test
  void gaussian_numbers_leave_nothing_behind_outside_the_state() {
    RandomStream stream = RandomStream.seeded(1);
    stream.nextGaussian();
    RandomStream resumed = RandomStream.resume(stream.state());

    assertThat(resumed.nextGaussian()).isEqualTo(stream.nextGaussian());
  }

  @Test
  void the_state_given_out_is_a_copy() {
    RandomStream stream = RandomStream.seeded(3);
    long[] given = stream.state();
    RandomStream resumed = RandomStream.resume(given);
    Arrays.fill(given, 7);

    assertThat(resumed.state()).isEqualTo(stream.state()).isNotEqualTo(given);
  }

  @Test
  void an_impossible_state_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomStream.resume(new long[4]))
        .withMessage("random state: [0, 0, 0, 0], allowed: 4 numbers, not all zero");
    assertThatIllegalArgumentException().isThrownBy(() -> RandomStream.resume(new long[] {1, 2}));
  }

  @Test
  void seeds_and_purposes_give_different_streams_and_the_same_give_the_same() {
    Set<Long> first = new HashSet<>();
    for (long seed = -50; seed < 50; seed++) {
      for (String purpose : new String[] {"", "augmentation", "augmentatiom", "shuffle"}) {
        first.add(RandomStream.of(seed, purpose).nextLong());
      }
    }

    assertThat(first).hasSize(400);
    assertThat(next(RandomStream.of(5, "shuffle"), 10))
        .isEqualTo(next(RandomStream.of(5, "shuffle"), 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void a_permutation_holds_every_index_once(int size) {
    int[] permutation = RandomStream.seeded(4).permutation(size);

    assertThat(permutation).hasSize(size);
    assertThat(Arrays.stream(permutation).sorted()).containsExactlyElementsOf(range(size));
  }

  private static Iterable<Integer> range(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @Test
  void all_permutations_are_equally_likely() {
    RandomStream stream = RandomStream.seeded(5);
    int[] counts = new int[27];
    for (int i = 0; i < 60_000; i++) {
      int[] order = stream.permutation(3);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }

    // 10000 of each are expected, with a standard deviation of 91.
    assertThat(Arrays.stream(counts).filter(count -> count > 0))
        .hasSize(6)
        .allMatch(count -> Math.abs(count - 10_000) < 460);
  }

  @Test
  void bounded_integers_are_uniform() {
    RandomStream stream = RandomStream.seeded(6);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[stream.nextInt(10)]++;
    }

    // 10000 of each are expected, with a standard deviation of 95.
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 10_000) < 480);
  }

  @Test
  void doubles_fill_the_unit_interval_without_its_end() {
    double[] values = RandomStream.seeded(7).doubles(100_000).toArray();

    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(0.0, 0.001);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.999, Math.nextDown(1.0));
    // The standard deviation of the mean is 0.0009.
    assertThat(Arrays.stream(values).average().orElseThrow()).isBetween(0.4954, 0.5046);
  }
}
