package io.github.smartaug.cli.options;

import io.github.smartaug.nn.FrozenLayers;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The names that a shell completes after an option. */
abstract class NameCandidates implements Iterable<String> {
  private final Supplier<List<String>> names;

  private NameCandidates(NamedThings things) {
    this(() -> things.entries().stream().map(entry -> entry.name()).toList());
  }

  private NameCandidates(Supplier<List<String>> names) {
    this.names = names;
  }

  @Override
  public Iterator<String> iterator() {
    return names.get().iterator();
  }

  /** For {@code --arms}. */
  static final class OfArms extends NameCandidates {
    OfArms() {
      super(StandardArm::names);
    }
  }

  /** For {@code --dataset}. */
  static final class OfDatasets extends NameCandidates {
    OfDatasets() {
      super(NamedThings.DATASETS);
    }
  }

  /** For {@code datasets fetch}. */
  static final class OfPublishedDatasets extends NameCandidates {
    OfPublishedDatasets() {
      super(NamedThings.PUBLISHED_DATASETS);
    }
  }

  /** For {@code --freeze}: names of layers are not known before there is a model. */
  static final class OfLayers extends NameCandidates {
    OfLayers() {
      super(() -> List.of(FrozenLayers.ALL_BUT_HEAD));
    }
  }

  /** For {@code --model}. */
  static final class OfModels extends NameCandidates {
    OfModels() {
      super(NamedThings.MODELS);
    }
  }

  /** For {@code --transforms}. */
  static final class OfTransformSets extends NameCandidates {
    OfTransformSets() {
      super(NamedThings.TRANSFORM_SETS);
    }
  }

  /** For {@code --transform}. */
  static final class OfTransforms extends NameCandidates {
    OfTransforms() {
      super(NamedThings.TRANSFORMS);
    }
  }

  /** For {@code --optimizer}. */
  static final class OfOptimizers extends NameCandidates {
    OfOptimizers() {
      super(NamedThings.OPTIMIZERS);
    }
  }

  /** For {@code --hypergradient}. */
  static final class OfEstimators extends NameCandidates {
    OfEstimators() {
      super(NamedThings.ESTIMATORS);
    }
  }

  /** For {@code --scheduler} and {@code --meta-scheduler}. */
  static final class OfSchedules extends NameCandidates {
    OfSchedules() {
      super(NamedThings.SCHEDULES);
    }
  }
}
