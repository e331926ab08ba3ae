package io.github.smartaug.transform;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The way of one batch through a stage. Its tensors belong to the scope in which it is made. */
final class StagePass {
  private final Families families;
  private final StageDraws draws;
  private final StagePlan plan;

  /** Where the images at each place come from; after the last position, at their own: [N+1,B]. */
  private final Tensor gathers;

  /** Index in [N*B] of what belongs to the image at each place, [N,B]. */
  private final Tensor members;

  /** Values of all images at all positions, [N*B]. */
  private final Tensor values;

  /** Null if nothing is resampled, as the matrices. */
  private final AffineSampler sampler;

  /** What is sampled, prepared for the sampler, [N*B,2,3]. */
  private final Tensor matrices;

  StagePass(Families families, StageDraws draws, Tensor magnitudes) {
    AffineRuns runs = AffineRuns.of(draws.set(), draws.chosen());
    this.families = families;
    this.draws = draws;
    this.plan = StagePlan.of(families, runs, draws.chosen());
    this.gathers = Tensors.indices(plan.gathers(), magnitudes).view(plan.positions() + 1, -1);
    this.members = Tensors.indices(plan.members(), magnitudes).view(plan.positions(), -1);
    Tensor chosen = Tensors.indices(draws.flatChosen(), magnitudes);
    this.values = draws.values(chosen, magnitudes);
    if (plan.has(Families.RESAMPLED)) {
      this.sampler =
          new AffineSampler(draws.height(), draws.width(), draws.set().sampling(), magnitudes);
      this.matrices = sampler.prepared(runs.sampled(draws.matrices(chosen, values)));
    } else {
      this.sampler = null;
      this.matrices = null;
    }
  }

  /** Transforms the images; the result belongs to the caller's scope. */
  Tensor apply(Tensor images) {
    try (Scope scope = Scope.open();
        Arena held = new Arena()) {
      Iterator<Tensor> valuesOfGroups = valuesOfGroups().iterator();
      Tensor current = images;
      for (int n = 0; n < plan.positions(); n++) {
        try (Scope position = Scope.open()) {
          Tensor ordered = current.index_select(0, gathers.select(0, n));
          current = position.keep(transformed(ordered, n, valuesOfGroups));
        }
        held.close();
        held.hold(current);
      }
      return scope.keep(current.index_select(0, gathers.select(0, plan.positions())));
    }
  }

  /** In one go, so that their gradients come together in one. */
  private List<Tensor> valuesOfGroups() {
    try (Scope scope = Scope.open()) {
      long[] sizes =
          IntStream.range(0, plan.positions())
              .mapToObj(n -> plan.grouping(n).occupiedSizes())
              .flatMapToLong(Arrays::stream)
              .toArray();
      return scope.keep(Tensors.split(values.index_select(0, members.view(-1)), sizes));
    }
  }

  private Tensor transformed(Tensor ordered, int position, Iterator<Tensor> valuesOfGroups) {
    Grouping grouping = plan.grouping(position);
    Iterator<Tensor> groups = Tensors.split(ordered, grouping.occupiedSizes()).iterator();
    List<Tensor> results = new ArrayList<>();
    for (int family : grouping.occupied()) {
      Tensor images = groups.next();
      Tensor ownValues = valuesOfGroups.next();
      results.add(
          switch (family) {
            case Families.UNCHANGED -> images;
            case Families.RESAMPLED -> resampled(images, position);
            default ->
                families
                    .other(family)
                    .apply(images, ownValues, grouping.members(family, draws.uniforms()[position]));
          });
    }
    return Tensors.concatenate(results, 0);
  }

  private Tensor resampled(Tensor images, int position) {
    Grouping grouping = plan.grouping(position);
    try (Scope scope = Scope.open()) {
      Tensor own =
          members.select(0, position).narrow(0, grouping.start(Families.RESAMPLED), images.size(0));
      return scope.keep(sampler.sample(images, matrices.index_select(0, own)));
    }
  }
}
