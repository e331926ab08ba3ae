package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * An image classifier that was written in Python and saved with {@code torch.jit.script(model)
 * .save(file)}. Its first parameters are those of the file.
 *
 * <p>Parameters and buffers bear the names of PyTorch's state dictionary. A tensor that a module
 * has under several names (tied weights) is one parameter, under its first name. Parameters without
 * a gradient (frozen ones) are not trained and count as buffers, as do tensors that are plain
 * attributes. Of what a forward pass changes, only tensors last: numbers, lists and the like are in
 * every pass as in the file.
 *
 * <p>A traced model does what it did when it was traced: {@link Mode} does not reach its batch
 * normalisation and dropout. Forward-mode derivatives are refused, because libtorch has a wrong one
 * for batch normalisation; see {@link DualNumbers}. Buffers are constants: what a script writes
 * into them has no history.
 *
 * <p>Safe for use by several threads.
 */
public final class TorchScriptModel implements Model {
  /** libtorch has one generator for all threads. */
  private static final Object GENERATOR = new Object();

  private static final int TRIED_IMAGES = 2;

  private final Path file;
  private final ImageShape input;
  private final int classes;
  private final ScriptModule module;
  private final ScriptWeights initial;

  private TorchScriptModel(
      Path file, ImageShape input, int classes, ScriptModule module, ScriptWeights initial) {
    this.file = file;
    this.input = input;
    this.classes = classes;
    this.module = module;
    this.initial = initial;
  }

  /**
   * Reads a model and tries it on images of zeros.
   *
   * @param device on which the model will run, whichever it was saved on
   * @return in the current scope; see {@link #heldBy}
   * @throws IllegalArgumentException if the file is not TorchScript, has no parameters, or does not
   *     make logits [B,classes] of such images
   */
  public static TorchScriptModel read(Path file, ImageShape input, int classes, Device device) {
    try (TensorScope scope = TensorScope.open()) {
      JitModule script = ScriptFile.read(file, device);
      ScriptTensors found = tensorsOf(script, file);
      ScriptWeights initial = found.weights().asInitial();
      ScriptModule module = ScriptModule.emptied(script, found.slots(), initial.all());
      TorchScriptModel model = new TorchScriptModel(file, input, classes, module, initial);
      model.tryOn(device);
      scope.keep(module.training());
      scope.keep(module.evaluation());
      scope.keep(initial.all());
      return model;
    }
  }

  private static ScriptTensors tensorsOf(JitModule script, Path file) {
    try {
      ScriptTensors found = new ScriptTensors(script);
      if (found.weights().parameters().isEmpty()) {
        throw new IllegalArgumentException(
            "has no parameters with a gradient, allowed: a model that can be trained (not one of"
                + " torch.jit.freeze or optimize_for_mobile)");
      }
      found.weights().requireNumbers();
      return found;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private void tryOn(Device device) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      long[] shape = {TRIED_IMAGES, input.channels(), input.height(), input.width()};
      Tensor images = torch.zeros(shape, new TensorOptions(device));
      NamedTensors moved = initial.all().copy().map((Tensor t) -> t.to(device, t.scalar_type()));
      for (Mode mode : new Mode[] {Mode.evaluation(), Mode.training(RandomStream.seeded(0))}) {
        requireLogits(pass(images, moved, mode).logits());
      }
    } catch (ScriptFailedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void requireLogits(Tensor logits) {
    boolean fits = logits.dim() == 2 && logits.size(0) == TRIED_IMAGES && logits.size(1) == classes;
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: makes %s of %d images, allowed: [%d, %d], a logit for each class"
              .formatted(file, Tensors.shapeText(logits), TRIED_IMAGES, TRIED_IMAGES, classes));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ScriptFailedException if the module fails on the images
   */
  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    input.requireBatch(images);
    if (DualNumbers.isActive()) {
      throw new IllegalArgumentException(
          file
              + ": a TorchScript model has no forward-mode derivatives, allowed: an estimator"
              + " that differentiates backwards");
    }
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors written = buffers.map(this::writable);
      Output output = pass(images, parameters.with(written), mode);
      return new Output(
          scope.keep(output.logits()),
          mode.movesBuffers() ? scope.keep(buffers.detach().with(output.buffers())) : buffers);
    }
  }

  /** A copy for the module to write into; nothing writes into parameters, frozen or not. */
  private Tensor writable(String name, Tensor given) {
    Tensor constant = given.detach();
    return initial.frozen().names().contains(name) ? constant : constant.clone();
  }

  /** Logits, and the buffers as the module leaves them, without those that are frozen. */
  private Output pass(Tensor images, NamedTensors tensors, Mode mode) {
    JitModule called = module.with(tensors, mode);
    Tensor logits = logits(call(called, images, mode));
    Map<String, Tensor> left = new LinkedHashMap<>();
    module
        .slots()
        .read(
            called,
            (name, tensor) -> {
              if (initial.buffers().names().contains(name)) {
                left.put(name, tensor.detach());
              }
            });
    return new Output(logits, NamedTensors.of(left));
  }

  private IValue call(JitModule called, Tensor images, Mode mode) {
    try {
      if (!(mode instanceof Mode.Training training)) {
        return ScriptModule.call(called, images);
      }
      synchronized (GENERATOR) {
        // Of the script's dropout, which knows no other source.
        TorchRuntime.seed(training.random().nextLong());
        return ScriptModule.call(called, images);
      }
    } catch (RuntimeException e) {
      throw new ScriptFailedException(file + ": fails on images " + Tensors.shapeText(images), e);
    }
  }

  private Tensor logits(IValue returned) {
    if (!returned.isTensor()) {
      throw new IllegalArgumentException(
          file
              + ": forward returns a "
              + returned.tagKind().getString()
              + ", allowed: a tensor of logits [B,classes]");
    }
    return new Tensor(returned.toTensor());
  }

  /**
   * The parameters of the file.
   *
   * @param random is not used
   */
  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return initial.parameters().copy();
  }

  /** The buffers of the file, and its frozen parameters. */
  @Override
  public NamedTensors initialBuffers() {
    return initial.frozen().with(initial.buffers()).copy();
  }

  @Override
  public ImageShape input() {
    return input;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public TorchScriptModel heldBy(Arena arena) {
    module.heldBy(arena);
    arena.hold(initial.all());
    return this;
  }

  /**
   * Writes the model with these values as a TorchScript file, on the CPU and in evaluation mode.
   *
   * @param values of all parameters and buffers
   * @throws IOException if writing fails; nothing is left of it then
   */
  public void write(Path target, NamedTensors values) throws IOException {
    Path folder = Files.createTempDirectory("smartaug");
    // The archive has the name of the file inside.
    Path temporary = folder.resolve("model.pt");
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors stored = initial.all().map((String name, Tensor tensor) -> stored(name, values));
      module.with(stored, Mode.evaluation()).save(temporary.toString());
      AtomicFile.write(target, out -> Files.copy(temporary, out));
    } catch (RuntimeException e) {
      throw new IOException(target + ": " + ScriptFailedException.reason(e), e);
    } finally {
      Files.deleteIfExists(temporary);
      Files.delete(folder);
    }
  }

  private Tensor stored(String name, NamedTensors values) {
    Tensor value = values.get(name).detach().cpu().clone();
    return initial.parameters().names().contains(name) ? value.requires_grad_(true) : value;
  }
}
