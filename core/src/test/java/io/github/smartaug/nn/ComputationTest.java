package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputationTest {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final Model LENET = Models.create("lenet", SHAPE, 10);
  private static final Computation OWN = of(Precision.FLOAT32, MemoryFormat.CHANNELS_LAST);
  private static final Computation OTHER = of(Precision.FLOAT32, MemoryFormat.CONTIGUOUS);

  private static Computation of(Precision precision, MemoryFormat format) {
    return new Computation(precision, Optional.of(format));
  }

  @Test
  void a_models_own_way_comes_first() {
    assertThat(Computation.all(LENET, List.of(Precision.FLOAT32))).containsExactly(OWN, OTHER);
    assertThat(
            Computation.all(
                Models.create("mlp", SHAPE, 10), List.of(Precision.FLOAT32, Precision.BFLOAT16)))
        .containsExactly(
            OTHER,
            OWN,
            of(Precision.BFLOAT16, MemoryFormat.CONTIGUOUS),
            of(Precision.BFLOAT16, MemoryFormat.CHANNELS_LAST));
  }

  @Test
  void the_model_is_in_the_order_and_the_precision() {
    Model model = of(Precision.BFLOAT16, MemoryFormat.CONTIGUOUS).of(LENET);

    assertThat(model).isInstanceOf(AutocastModel.class);
    assertThat(model.ownFormat()).contains(MemoryFormat.CONTIGUOUS);
    assertThat(LENET.ownFormat()).contains(MemoryFormat.CHANNELS_LAST);
  }

  @Test
  void the_fastest_is_taken() {
    assertThat(Computation.fastest(seconds(1.0, 0.5))).isEqualTo(OTHER);
    assertThat(Computation.fastest(seconds(0.5, 1.0))).isEqualTo(OWN);
  }

  @Test
  void the_own_way_stays_where_another_is_faster_by_no_more_than_the_error_of_measurement() {
    assertThat(Computation.fastest(seconds(1.0, 0.98))).isEqualTo(OWN);
    assertThat(Computation.fastest(seconds(1.0, 0.96))).isEqualTo(OTHER);
  }

  private static Map<Computation, Double> seconds(double own, double other) {
    Map<Computation, Double> seconds = new LinkedHashMap<>();
    seconds.put(OWN, own);
    seconds.put(OTHER, other);
    return seconds;
  }

  @Test
  void it_is_written_in_words() {
    assertThat(OWN).hasToString("float32, channels last");
    assertThat(new Computation(Precision.BFLOAT16, Optional.empty())).hasToString("bfloat16");
  }
}
