package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void name_and_features_are_those_of_the_first_processor() {
    Processor processor =
        Processor.parse(
            """
            processor\t: 0
            model name\t: AMD EPYC
            flags\t\t: fpu sse2 avx512_bf16

            processor\t: 1
            model name\t: another
            flags\t\t: fpu
            """);

    assertThat(processor.name()).isEqualTo("AMD EPYC");
    assertThat(processor.features()).containsExactlyInAnyOrder("fpu", "sse2", "avx512_bf16");
    assertThat(processor.hasBfloat16()).isTrue();
  }

  @Test
  void bfloat16_is_known_on_arm_too_and_not_taken_for_granted() {
    assertThat(Processor.parse("Features\t: fp asimd bf16").hasBfloat16()).isTrue();
    assertThat(Processor.parse("flags\t: fpu avx512f amx_bf16").hasBfloat16()).isTrue();
    assertThat(Processor.parse("flags\t: fpu avx512f").hasBfloat16()).isFalse();
    assertThat(Processor.parse("").hasBfloat16()).isFalse();
  }
}
