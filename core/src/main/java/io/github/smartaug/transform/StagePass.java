package io.github.smartaug.transform;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The way of one batch through a stage. Its tensors belong to the scope in which it is made. */
final class StagePass {
  private final Families families;
  private final StageDraws draws;
  private final StagePlan plan;

  /** Values of the images of each group, position by position. */
  private final Iterator<Tensor> values;

  /** Null if nothing is resampled, as the matrices. */
  private final AffineSampler sampler;

  /** What is sampled, prepared for the sampler, position by position. */
  private final Iterator<Tensor> matrices;

  /** A pass; parts of values and matrices are taken at once, so that gradients come in one. */
  StagePass(Families families, StageDraws draws, Tensor magnitudes) {
    AffineRuns runs = AffineRuns.of(draws.set(), draws.chosen());
    this.families = families;
    this.draws = draws;
    this.plan = StagePlan.of(families, runs, draws.chosen());
    Tensor chosen = Tensors.indices(draws.flatChosen(), magnitudes);
    Tensor all = draws.values(chosen, magnitudes);
    Tensor ordered = all.index_select(0, Tensors.indices(plan.members(), magnitudes));
    this.values = Tensors.split(ordered, plan.sizes()).iterator();
    int[] resampled = plan.members(Families.RESAMPLED);
    if (resampled.length > 0) {
      this.sampler =
          new AffineSampler(draws.height(), draws.width(), draws.set().sampling(), magnitudes);
      Tensor members = Tensors.indices(resampled, magnitudes);
      Tensor sampled = sampler.prepared(sampled(runs, chosen, all, members));
      this.matrices = Tensors.split(sampled, plan.sizes(Families.RESAMPLED)).iterator();
    } else {
      this.sampler = null;
      this.matrices = null;
    }
  }

  /** The matrices that are sampled, of the images that are resampled. */
  private Tensor sampled(AffineRuns runs, Tensor chosen, Tensor all, Tensor members) {
    if (runs.anyPostponed()) {
      return runs.sampled(draws.matrices(chosen, all)).index_select(0, members);
    }
    return draws.matrices(chosen.index_select(0, members), all.index_select(0, members));
  }

  /** Transforms the images, once; the result belongs to the caller's scope. */
  Tensor apply(Tensor images) {
    try (TensorScope scope = TensorScope.open();
        Arena held = new Arena()) {
      List<Tensor> groups = List.of(images);
      for (int n = 0; n < plan.positions(); n++) {
        try (TensorScope position = TensorScope.open()) {
          groups = transformed(plan.regrouping(n).apply(groups), n);
          held.close();
          groups.forEach(held::hold);
        }
      }
      Tensor result = plan.regrouping(plan.positions()).apply(groups).get(0);
      // Images that nobody moved or changed are still the caller's.
      return scope.keep(result.is_alias_of(images) ? result.clone() : result);
    }
  }

  private List<Tensor> transformed(List<Tensor> groups, int position) {
    Grouping grouping = plan.grouping(position);
    List<Tensor> results = new ArrayList<>(groups.size());
    for (int family : grouping.occupied()) {
      Tensor images = groups.get(results.size());
      Tensor ownValues = values.next();
      results.add(
          switch (family) {
            case Families.UNCHANGED -> images;
            case Families.RESAMPLED -> sampler.sample(images, matrices.next());
            default ->
                families
                    .other(family)
                    .apply(images, ownValues, uniforms(position, grouping.members(family)));
          });
    }
    return results;
  }

  private double[] uniforms(int position, int[] images) {
    return IntStream.of(images).mapToDouble(image -> draws.uniforms()[position][image]).toArray();
  }
}
