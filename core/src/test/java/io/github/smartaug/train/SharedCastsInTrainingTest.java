package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Where a run in bfloat16 looks several times at the same weights, it converts them once. */
class SharedCastsInTrainingTest {
  private static final Model MODEL = SmallRun.normalized(3);

  /** How a pass was asked for, and whether what it converts is kept. */
  private record Pass(boolean training, boolean graph, boolean shared) {}

  private static final Pass TRIAL = new Pass(true, true, true);

  /** Notes its passes. */
  private record Noting(List<Pass> passes) implements Model {
    @Override
    public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
      boolean training = mode instanceof Mode.Training;
      passes.add(new Pass(training, GradMode.is_enabled(), torch.is_autocast_cache_enabled()));
      return MODEL.forward(images, parameters, buffers, mode);
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return MODEL.initialParameters(random);
    }

    @Override
    public NamedTensors initialBuffers() {
      return MODEL.initialBuffers();
    }

    @Override
    public ImageShape input() {
      return MODEL.input();
    }

    @Override
    public int classes() {
      return MODEL.classes();
    }
  }

  private static final TrainingOptions OPTIONS =
      SmallRun.options(1, 3).toBuilder()
          .meta(MetaOptions.defaults(3).toBuilder().estimator(new Trial(2)).build())
          .controls(TrainingControls.builder().precision(Precision.BFLOAT16).build())
          .build();

  private static final IndependentPolicy POLICY =
      IndependentPolicy.initial(
          TransformSets.named("base"),
          PolicyOptions.learned(1).toBuilder()
              .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
              .build());

  /** Three steps of two passes each, trials, one validation; then evaluation. */
  @Test
  void trials_share_them_and_evaluation_does_but_the_passes_of_a_step_do_not() {
    List<Pass> passes = new ArrayList<>();
    int trials =
        POLICY
            .drawTrials(new int[] {0}, RandomStream.seeded(1))
            .orElseThrow()
            .alternatives()
            .size();

    try (TensorScope scope = TensorScope.open();
        TrainingResult result = SmallRun.train(new Noting(passes), POLICY, OPTIONS)) {
      List<Pass> withGraph =
          passes.stream().filter(pass -> pass.training() && pass.graph()).toList();
      assertThat(withGraph.stream().map(Pass::shared))
          .containsExactlyElementsOf(
              Stream.concat(
                      Collections.nCopies(6, false).stream(),
                      Collections.nCopies(1 + trials, true).stream())
                  .toList());
      List<Pass> afterwards = passes.subList(passes.lastIndexOf(TRIAL) + 1, passes.size());
      assertThat(afterwards.stream().filter(pass -> !pass.training() && !pass.graph()))
          .isNotEmpty()
          .allMatch(Pass::shared);
    }
  }
}
