package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A step of which a share is given to an alternative: what {@link Trial} computes. */
final class TrialStep {
  /**
   * The gradient of an alternative, g_a.
   *
   * @param along {@code <v, g_a>}
   * @param withGradient {@code <g, g_a>}
   * @param square {@code <g_a, g_a>}
   */
  record Alternative(double along, double withGradient, double square) {}

  /**
   * A step with an alternative, w_a.
   *
   * @param share s
   * @param along {@code <v, w_a>}
   * @param length |w_a|
   */
  record Mixed(double share, double along, double length) {}

  private final List<Tensor> rows;
  private final double[][] products;

  /**
   * A step.
   *
   * @param adjoint v, at the gradient
   * @param gradient g, of the step
   * @param common what the gradients of all alternatives have in common
   */
  TrialStep(NamedTensors adjoint, NamedTensors gradient, NamedTensors common) {
    this.rows =
        adjoint.names().stream()
            .map(
                name ->
                    torch.stack(
                        Tensors.vector(
                            List.of(
                                flat(adjoint.get(name)),
                                flat(gradient.get(name)),
                                flat(common.get(name))))))
            .toList();
    this.products = new double[3][];
    for (int row = 0; row < products.length; row++) {
      int index = row;
      products[row] = timesRows(rows.stream().map(matrix -> matrix.select(0, index)).toList());
    }
  }

  /**
   * An alternative.
   *
   * @param rest its gradient but for what all have in common
   */
  Alternative alternative(NamedTensors rest) {
    List<Tensor> flat = rest.tensors().stream().map(TrialStep::flat).toList();
    double[] ofRest = timesRows(flat);
    double square = 0;
    for (Tensor part : flat) {
      try (TensorScope scope = TensorScope.open()) {
        square += Tensors.item(part.dot(part));
      }
    }
    return new Alternative(
        ofRest[0] + products[0][2],
        ofRest[1] + products[1][2],
        square + 2 * ofRest[2] + products[2][2]);
  }

  /** The step, a share of which is given to an alternative. */
  Mixed with(Alternative alternative, double share) {
    double rest = 1 - share;
    double along = products[0][1] * rest + share * alternative.along();
    double squaredLength =
        rest * rest * products[1][1]
            + 2 * share * rest * alternative.withGradient()
            + share * share * alternative.square();
    // Rounding can take a square that should be zero below it.
    return new Mixed(share, along, Math.sqrt(Math.max(0, squaredLength)));
  }

  /**
   * What alternatives are worth, one by one: what steps of the length of the step itself do in
   * their directions. Those that are shorter than the median are made longer no more than that one.
   */
  double[] worth(List<Mixed> all) {
    double[] lengths = all.stream().mapToDouble(Mixed::length).sorted().toArray();
    double median = lengths[lengths.length / 2];
    return all.stream()
        .mapToDouble(mixed -> worth(mixed, Math.max(mixed.length(), median)))
        .toArray();
  }

  /** The same, all of them made as long as the step itself. */
  double[] worthOfOwnLength(List<Mixed> all) {
    return all.stream().mapToDouble(mixed -> worth(mixed, mixed.length())).toArray();
  }

  private double worth(Mixed mixed, double length) {
    // A step that goes nowhere is worth nothing.
    return length > 0 ? mixed.along() * Math.sqrt(products[1][1]) / (mixed.share() * length) : 0;
  }

  private double[] timesRows(List<Tensor> vector) {
    double[] sums = new double[3];
    for (int part = 0; part < rows.size(); part++) {
      try (TensorScope scope = TensorScope.open()) {
        double[] more = Tensors.toDoubles(rows.get(part).mv(vector.get(part)));
        for (int row = 0; row < sums.length; row++) {
          sums[row] += more[row];
        }
      }
    }
    return sums;
  }

  private static Tensor flat(Tensor tensor) {
    return tensor.detach().flatten();
  }
}
