package io.github.smartaug.nn;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Gives a model the weights of a state dictionary. A head of another number of classes begins anew,
 * and so does what the file does not have.
 *
 * @param model whose training begins with these weights
 * @param remarks what began anew and what was left out, a sentence each
 */
public record WeightTransfer(PretrainedModel model, List<String> remarks) {
  private static final int CONVOLUTION_DIMENSIONS = 4;

  /** Copies the remarks. */
  public WeightTransfer {
    remarks = List.copyOf(remarks);
  }

  /**
   * Transfers weights.
   *
   * @param model the architecture
   * @param head names of the parameters whose shapes depend on the number of classes, see {@link
   *     Models#head}
   * @param weights floating-point numbers of any length
   * @param random draws what begins anew
   * @return in the current scope; see {@link Model#heldBy}
   * @throws IllegalArgumentException if no tensor of the model is in the file, one that is has
   *     another shape or type or numbers that are not finite; the message names file and tensor
   */
  public static WeightTransfer to(
      Model model, Set<String> head, StateDictionary weights, RandomGenerator random) {
    try (TensorScope scope = TensorScope.open()) {
      Transfer transfer = new Transfer(model, head, weights);
      NamedTensors parameters = transfer.into(model.initialParameters(random));
      NamedTensors buffers = transfer.into(model.initialBuffers());
      List<String> remarks = transfer.remarks(parameters.with(buffers));
      return new WeightTransfer(
          new PretrainedModel(model, scope.keep(parameters), scope.keep(buffers)), remarks);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(weights.file() + ": " + e.getMessage(), e);
    }
  }

  /** A transfer under way. */
  private static final class Transfer {
    private final Model model;
    private final Set<String> head;
    private final StateDictionary weights;
    private final Set<String> missing = new LinkedHashSet<>();
    private final boolean newHead;

    Transfer(Model model, Set<String> head, StateDictionary weights) {
      this.model = model;
      this.head = head;
      this.weights = weights;
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors wanted = model.initialParameters(RandomStream.seeded(0));
        newHead = head.stream().anyMatch(name -> isOfOtherClasses(name, wanted.get(name)));
      }
    }

    private boolean isOfOtherClasses(String name, Tensor wanted) {
      Tensor stored = weights.tensors().asMap().get(name);
      return stored != null
          && stored.dim() == wanted.dim()
          && !Arrays.equals(stored.shape(), wanted.shape());
    }

    NamedTensors into(NamedTensors wanted) {
      return wanted.map(this::value);
    }

    private Tensor value(String name, Tensor wanted) {
      Tensor stored = weights.tensors().asMap().get(name);
      if (newHead && head.contains(name)) {
        return wanted;
      }
      if (stored == null) {
        missing.add(name);
        return wanted;
      }
      requireShape(name, stored, wanted);
      if (wanted.is_floating_point() != stored.is_floating_point()) {
        throw new IllegalArgumentException(
            "tensor \"%s\" is of %s, allowed: %s"
                .formatted(
                    name,
                    stored.scalar_type(),
                    wanted.is_floating_point() ? "floating-point numbers" : "whole numbers"));
      }
      Tensor converted = stored.to(wanted.scalar_type().intern()).clone();
      if (!converted.isfinite().all().item_bool()) {
        throw new IllegalArgumentException(
            "tensor \"" + name + "\" holds NaN or infinity, allowed: finite numbers");
      }
      return converted;
    }

    private void requireShape(String name, Tensor stored, Tensor wanted) {
      if (Arrays.equals(stored.shape(), wanted.shape())) {
        return;
      }
      if (isOfOtherChannels(stored, wanted)) {
        throw new IllegalArgumentException(
            ("weights for images of %d channels (tensor \"%s\" has shape %s),"
                    + " allowed: images of as many, not %s")
                .formatted(stored.size(1), name, Tensors.shapeText(stored), model.input()));
      }
      throw new IllegalArgumentException(
          "tensor \"%s\" has shape %s, allowed: %s as in the model"
              .formatted(name, Tensors.shapeText(stored), Tensors.shapeText(wanted)));
    }

    /** A convolution of images, of the same size otherwise. */
    private boolean isOfOtherChannels(Tensor stored, Tensor wanted) {
      long[] shape = wanted.shape();
      if (shape.length != CONVOLUTION_DIMENSIONS || shape[1] != model.input().channels()) {
        return false;
      }
      long[] same = stored.shape();
      if (same.length != shape.length) {
        return false;
      }
      same[1] = shape[1];
      return Arrays.equals(same, shape);
    }

    List<String> remarks(NamedTensors taken) {
      Set<String> names = weights.tensors().names();
      if (taken.names().stream().noneMatch(name -> names.contains(name) && !head.contains(name))) {
        throw new IllegalArgumentException(
            "no tensor of the model, it has %s, allowed: names such as %s"
                .formatted(
                    names.isEmpty() ? "none" : NameList.of(names), NameList.of(taken.names())));
      }
      List<String> remarks = new ArrayList<>(weights.remarks());
      if (newHead) {
        remarks.add(
            "%s begin anew: they were for another number of classes than %d"
                .formatted(String.join(", ", head), model.classes()));
      }
      if (!missing.isEmpty()) {
        remarks.add(
            "%d of %d tensors are not in the file and begin anew: %s"
                .formatted(missing.size(), taken.size(), NameList.of(missing)));
      }
      Set<String> unexpected = new LinkedHashSet<>(names);
      unexpected.removeAll(taken.names());
      if (!unexpected.isEmpty()) {
        remarks.add(
            "%d of the file's tensors are not in the model and are left out: %s"
                .formatted(unexpected.size(), NameList.of(unexpected)));
      }
      return remarks;
    }
  }
}
