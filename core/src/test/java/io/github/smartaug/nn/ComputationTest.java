package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import java.util.ArrayDeque;
import java.util.Deque;
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

  private static final Computation THIRD = of(Precision.BFLOAT16, MemoryFormat.CONTIGUOUS);

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
    assertThat(fastest(List.of(seconds(1.0, 0.5, 0.8), seconds(1.0, 0.4, 0.2))))
        .isEqualTo(new Computation.Choice(OTHER, 2.5));
    assertThat(fastest(List.of(seconds(0.5, 1.0, 0.6)))).isEqualTo(new Computation.Choice(OWN, 1));
  }

  @Test
  void the_own_way_stays_where_another_is_faster_by_no_more_than_the_error_of_measurement() {
    assertThat(fastest(List.of(seconds(1.0, 0.96, 1.2))).computation()).isEqualTo(OWN);
    assertThat(fastest(List.of(seconds(1.0, 0.94, 1.2), seconds(1.0, 0.94, 1.2))).computation())
        .isEqualTo(OTHER);
  }

  @Test
  void it_stays_where_the_best_of_all_was_lucky() {
    assertThat(fastest(List.of(seconds(1.0, 0.9, 1.2), seconds(1.0, 0.96, 0.5))))
        .isEqualTo(new Computation.Choice(OWN, 1));
  }

  /** By measurements one after the other, all of which are made. */
  private static Computation.Choice fastest(List<Map<Computation, Double>> measurements) {
    Deque<Map<Computation, Double>> open = new ArrayDeque<>(measurements);
    Computation.Choice choice =
        Computation.fastest(
            List.of(OWN, OTHER, THIRD),
            ways -> {
              Map<Computation, Double> seconds = new LinkedHashMap<>(open.remove());
              seconds.keySet().retainAll(ways);
              return seconds;
            });
    assertThat(open).isEmpty();
    return choice;
  }

  private static Map<Computation, Double> seconds(double own, double other, double third) {
    return Map.of(OWN, own, OTHER, other, THIRD, third);
  }

  @Test
  void it_is_written_in_words() {
    assertThat(OWN).hasToString("float32, channels last");
    assertThat(new Computation(Precision.BFLOAT16, Optional.empty())).hasToString("bfloat16");
  }
}
