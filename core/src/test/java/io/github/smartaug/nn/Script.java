package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.nio.file.Path;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoneType;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * A module as {@code torch.jit.script} makes one of a Python module: typed attributes, modules
 * inside, and code. Values belong to the current scope.
 */
public final class Script {
  static {
    TorchRuntime.initialize();
  }

  private final JitModule module;

  private Script(JitModule module) {
    this.module = module;
  }

  /** A file's content: modules that are put into each other share it. */
  public static final class Unit {
    private final CompilationUnit unit = new CompilationUnit();

    /** A module that knows its mode. */
    public Script module(String type) {
      Script script = new Script(new JitModule(new QualifiedName("__torch__." + type), unit, true));
      return script.attribute("training", BoolType.get().get(), new IValue(true));
    }
  }

  /** Adds a parameter; a frozen one is a tensor without a gradient. */
  public Script parameter(String name, Tensor value) {
    module.register_parameter(name, value, false);
    return this;
  }

  /** Adds a parameter that the module has not, such as the bias of a convolution. */
  Script noParameter(String name) {
    module.register_attribute(
        name, new Type.TypePtr(NoneType.get().get()), new IValue(), true, false);
    return this;
  }

  /** Adds a buffer. */
  public Script buffer(String name, Tensor value) {
    module.register_buffer(name, value);
    return this;
  }

  /** Adds an attribute. */
  public Script attribute(String name, Type type, IValue value) {
    module.register_attribute(name, new Type.TypePtr(type), value);
    return this;
  }

  /** Adds a module. */
  public Script inner(String name, Script inner) {
    module.register_module(name, inner.module);
    return this;
  }

  /** The statements of {@code forward(self, x: Tensor) -> Tensor}. */
  public Script forward(String... statements) {
    return define(
        "def forward(self, x: Tensor) -> Tensor:\n    " + String.join("\n    ", statements));
  }

  /** Any method. */
  Script define(String source) {
    module.define(source + "\n");
    return this;
  }

  /** What a function makes of arguments, for values that Java cannot make, such as lists. */
  static IValue evaluate(String function, IValue... arguments) {
    return torch
        .compile(function + "\n")
        .get_function(new QualifiedName("f"))
        .apply(new IValueVector(arguments));
  }

  /** Writes the file. */
  public Path save(Path file) {
    try (TensorScope scope = TensorScope.open()) {
      module.save(file.toString());
      return file;
    }
  }
}
