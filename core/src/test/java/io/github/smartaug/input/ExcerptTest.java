package io.github.smartaug.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String CAMERA = "\uD83D\uDCF7";

  @Test
  void a_text_up_to_the_limit_stays() {
    assertThat(Excerpt.of("a".repeat(200))).isEqualTo("a".repeat(200));
    assertThat(Excerpt.of("abcdefghij", 10)).isEqualTo("abcdefghij");
  }

  @Test
  void a_longer_one_keeps_both_ends() {
    assertThat(Excerpt.of("abcdefghijk", 10)).isEqualTo("abcd...ijk");
    assertThat(Excerpt.of("a".repeat(100_000))).hasSize(200);
  }

  @Test
  void no_character_is_cut_in_half() {
    assertThat(Excerpt.of(CAMERA.repeat(10), 12))
        .isEqualTo(CAMERA.repeat(2) + "..." + CAMERA.repeat(2));
    assertThat(Excerpt.of("a" + CAMERA.repeat(10), 11))
        .isEqualTo("a" + CAMERA + "..." + CAMERA.repeat(2));
  }
}
