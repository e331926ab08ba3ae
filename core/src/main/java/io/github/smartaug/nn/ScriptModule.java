package io.github.smartaug.nn;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.UnoptimizedScript;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A scripted module without its tensors. What is called is a copy with the tensors of the call, so
 * that calls leave no trace in each other, also those of several threads.
 *
 * @param training in training mode
 * @param evaluation in evaluation mode
 * @param slots where tensors belong
 */
record ScriptModule(JitModule training, JitModule evaluation, ScriptSlots slots) {
  /** Takes the tensors out of a module; in the current scope. */
  static ScriptModule emptied(JitModule module, ScriptSlots slots, NamedTensors tensors) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor nothing = torch.empty(0);
      slots.fill(module, tensors.map((Tensor tensor) -> nothing));
      module.train();
      JitModule evaluation = module.deepcopy();
      evaluation.eval();
      return new ScriptModule(module, scope.keep(evaluation), slots);
    }
  }

  /** A module in that mode with these tensors, in the current scope. */
  JitModule with(NamedTensors tensors, Mode mode) {
    try (TensorScope scope = TensorScope.open()) {
      JitModule module = (mode instanceof Mode.Training ? training : evaluation).deepcopy();
      slots.fill(module, tensors);
      return scope.keep(module);
    }
  }

  /** What the module makes of the images, in the current scope. */
  static IValue call(JitModule module, Tensor images) {
    try (TensorScope scope = TensorScope.open();
        UnoptimizedScript plain = UnoptimizedScript.open()) {
      return scope.keep(module.forward(new IValueVector(new IValue(images))));
    }
  }

  /** Lets an arena own it, too. */
  void heldBy(Arena arena) {
    arena.hold(training);
    arena.hold(evaluation);
  }
}
