package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * All tensors that a block of layers depends on in one pass.
 *
 * @param input of the block
 * @param parameters of its layers
 * @param buffers of its layers, without history
 * @param histories of those buffers that have one
 */
record BlockTensors(
    Tensor input, NamedTensors parameters, NamedTensors buffers, NamedTensors histories) {
  /** Those with these names. */
  BlockTensors only(Set<String> names) {
    return new BlockTensors(
        input, only(names, parameters), only(names, buffers), only(names, histories));
  }

  private static NamedTensors only(Set<String> names, NamedTensors tensors) {
    NamedTensors chosen = NamedTensors.empty();
    for (String name : tensors.names()) {
      if (names.contains(name)) {
        chosen = chosen.with(NamedTensors.of(name, tensors.get(name)));
      }
    }
    return chosen;
  }

  /** The same values, where what a pass overwrites is a copy. */
  BlockTensors copied() {
    return new BlockTensors(input, parameters, buffers.copy(), copied(histories));
  }

  private static NamedTensors copied(NamedTensors histories) {
    return histories.map((Tensor history) -> history.clone());
  }

  /** The same without history; what a pass overwrites is the same. */
  BlockTensors constant() {
    return new BlockTensors(
        input.detach(), parameters.detach(), buffers, copied(histories.detach()));
  }

  /** In one order. */
  List<Tensor> all() {
    List<Tensor> all = new ArrayList<>();
    all.add(input);
    all.addAll(parameters.tensors());
    all.addAll(buffers.tensors());
    all.addAll(histories.tensors());
    return all;
  }

  /** Others in their places. */
  BlockTensors with(List<Tensor> all) {
    int ofBuffers = 1 + parameters.size();
    int ofHistories = ofBuffers + buffers.size();
    return new BlockTensors(
        all.get(0),
        parameters.withTensors(all.subList(1, ofBuffers)),
        buffers.withTensors(all.subList(ofBuffers, ofHistories)),
        histories.withTensors(all.subList(ofHistories, all.size())));
  }
}
