package io.github.smartaug.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.tensor.Processor;
import io.github.smartaug.train.PassCounts;
import io.github.smartaug.train.PassCounts.PassKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputationChooserTest {
  private static final Model RESNET = Models.create("resnet18-3x3", new ImageShape(3, 32, 32), 10);
  private static final Processor CAPABLE = new Processor("new", Set.of("avx512_bf16"));
  private static final Processor OLD = new Processor("old", Set.of("avx2"));
  private static final Computation OWN = of(Precision.FLOAT32, MemoryFormat.CONTIGUOUS);
  private static final Computation FAST = of(Precision.BFLOAT16, MemoryFormat.CHANNELS_LAST);
  private static final double MANY = 1e6;

  @TempDir private Path folder;

  /** A way that is faster than the model's own is measured a second time, beside that one alone. */
  private int measurements;

  private int images;
  private PassCounts passes;

  private static Computation of(Precision precision, MemoryFormat format) {
    return new Computation(precision, Optional.of(format));
  }

  private static ComputationOptions options(Map<String, String> words) {
    return OptionValues.parse(words, "test").options().computation();
  }

  private ComputationChooser chooser(Processor processor, Computation fastest) {
    return chooser(processor, true, fastest);
  }

  /** Where one way is three times as fast as all others. */
  private ComputationChooser chooser(Processor processor, boolean oneDnn, Computation fastest) {
    return new ComputationChooser(
        processor,
        oneDnn,
        new ComputationCache(folder),
        (model, measured, counts, ways) -> {
          measurements++;
          images = measured;
          passes = counts;
          Map<Computation, Double> seconds = new LinkedHashMap<>();
          ways.forEach(way -> seconds.put(way, way.equals(fastest) ? 1.0 : 3.0));
          return seconds;
        });
  }

  private static ComputationChooser.Work work(double images) {
    return work(gradients(images), 64, "cpu");
  }

  private static ComputationChooser.Work work(PassCounts passes, int batch, String device) {
    return new ComputationChooser.Work("resnet18-3x3", RESNET, batch, passes, device);
  }

  private static PassCounts gradients(double images) {
    return new PassCounts(Map.of(PassKind.GRADIENT, images));
  }

  private static final Map<String, String> AUTO = Map.of("precision", "auto");

  @Test
  void the_fastest_is_chosen_and_said() {
    ComputationChoice choice = chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY));

    assertThat(choice.computation()).isEqualTo(FAST);
    assertThat(choice.remark())
        .contains(
            "computes in bfloat16, channels last, measured: 3.0 times as fast as float32,"
                + " contiguous (gradients)");
    assertThat(images).isBetween(4, 64);
    assertThat(passes).isEqualTo(gradients(MANY));
  }

  @Test
  void a_later_run_does_not_measure_and_computes_the_same_way() {
    chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY));

    ComputationChoice later = chooser(CAPABLE, OWN).choose(options(AUTO), work(MANY));

    assertThat(measurements).isEqualTo(2);
    assertThat(later.computation()).isEqualTo(FAST);
    assertThat(later.remark()).get().asString().contains("when it was measured before");
  }

  @Test
  void another_processor_batch_or_set_of_options_is_measured_for_itself() {
    chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY));

    chooser(new Processor("newer", CAPABLE.features()), OWN).choose(options(AUTO), work(MANY));
    chooser(CAPABLE, OWN).choose(options(AUTO), work(gradients(MANY), 32, "cpu"));
    chooser(CAPABLE, OWN).choose(options(Map.of()), work(MANY));

    assertThat(measurements).isEqualTo(5);
  }

  /** What is fastest for steps may be slow for second derivatives. */
  @Test
  void a_run_of_other_passes_is_measured_for_itself_and_told_apart() {
    PassCounts probed =
        new PassCounts(Map.of(PassKind.GRADIENT, MANY, PassKind.SECOND_DERIVATIVE, MANY / 7));
    chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY));
    chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY * 3));

    ComputationChoice choice = chooser(CAPABLE, OWN).choose(options(AUTO), work(probed, 64, "cpu"));

    assertThat(measurements).isEqualTo(3);
    assertThat(passes).isEqualTo(probed);
    assertThat(choice.computation()).isEqualTo(OWN);
    assertThat(choice.remark())
        .get()
        .asString()
        .endsWith("(gradients 75 %, second derivatives 25 %)");
  }

  /** Each kind is measured for itself, in the same time all together. */
  @Test
  void the_more_kinds_of_passes_there_are_the_fewer_images_are_measured() {
    chooser(CAPABLE, FAST).choose(options(AUTO), work(MANY));
    int ofGradients = images;

    chooser(CAPABLE, FAST)
        .choose(
            options(AUTO),
            work(
                new PassCounts(Map.of(PassKind.GRADIENT, MANY, PassKind.SECOND_DERIVATIVE, MANY)),
                64,
                "cpu"));

    assertThat(images).isLessThan(ofGradients);
  }

  @Test
  void what_is_asked_for_is_not_measured() {
    ComputationChoice choice =
        chooser(CAPABLE, FAST)
            .choose(
                options(Map.of("precision", "float32", "memory-format", "channels-last")),
                work(MANY));

    assertThat(choice.computation()).isEqualTo(of(Precision.FLOAT32, MemoryFormat.CHANNELS_LAST));
    assertThat(choice.remark()).isEmpty();
    assertThat(measurements).isZero();
  }

  @Test
  void without_instructions_for_bfloat16_it_is_float32_and_the_line_says_so() {
    ComputationChoice choice =
        chooser(OLD, FAST)
            .choose(
                options(Map.of("precision", "auto", "memory-format", "contiguous")), work(MANY));

    assertThat(choice.computation()).isEqualTo(OWN);
    assertThat(choice.remark())
        .contains(
            "computes in float32, contiguous; no bfloat16, for which this processor is not known to"
                + " have instructions");
    assertThat(measurements).isZero();
  }

  @Test
  void without_onednn_it_is_float32_too() {
    ComputationChoice choice = chooser(CAPABLE, false, FAST).choose(options(AUTO), work(MANY));

    assertThat(choice.computation().precision()).isEqualTo(Precision.FLOAT32);
    assertThat(choice.remark()).get().asString().endsWith("for which oneDNN would be needed");
  }

  @Test
  void a_short_run_computes_in_its_own_way_and_only_says_so_where_it_was_asked_to_choose() {
    ComputationChoice asked = chooser(CAPABLE, FAST).choose(options(AUTO), work(100));
    ComputationChoice usual = chooser(CAPABLE, FAST).choose(options(Map.of()), work(100));

    assertThat(measurements).isZero();
    assertThat(asked.computation()).isEqualTo(OWN);
    assertThat(asked.remark())
        .contains("computes in float32, contiguous: so short a run is not measured");
    assertThat(usual).isEqualTo(new ComputationChoice(OWN, Optional.empty()));
  }

  @Test
  void on_other_devices_nothing_is_measured() {
    ComputationChoice choice =
        chooser(CAPABLE, FAST).choose(options(AUTO), work(gradients(MANY), 64, "cuda"));

    assertThat(choice.computation()).isEqualTo(OWN);
    assertThat(measurements).isZero();
  }

  @Test
  void what_was_recorded_is_what_the_options_say_afterwards() {
    Map<String, String> words = new LinkedHashMap<>();
    ComputationOptions.recorded(FAST).forEach((name, value) -> words.put(name, value.toString()));

    assertThat(ComputationChoice.asked(options(words), RESNET).computation()).isEqualTo(FAST);
    assertThat(ComputationChoice.asked(options(Map.of()), RESNET).computation()).isEqualTo(OWN);
  }
}
