package io.github.smartaug.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Short forms of frequent calls to libtorch: making, reading and differentiating tensors. */
public final class Tensors {
  static {
    TorchRuntime.initialize();
  }

  private Tensors() {}

  /**
   * A float32 tensor on the CPU.
   *
   * @throws IllegalArgumentException if the values do not fill the shape exactly
   */
  public static Tensor of(float[] values, long... shape) {
    requireFit(values.length, shape);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(Tensor.create(values, shape));
    }
  }

  /**
   * A float64 tensor on the CPU.
   *
   * @throws IllegalArgumentException if the values do not fill the shape exactly
   */
  public static Tensor of(double[] values, long... shape) {
    requireFit(values.length, shape);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(Tensor.create(values, shape));
    }
  }

  /**
   * A tensor on the CPU of one dimension, whose elements are read as they are in memory, little
   * endian.
   *
   * @param type of the elements
   * @param source of the elements, with which messages begin
   * @throws IllegalArgumentException if the stream ends too early, or no file of tensors holds
   *     elements of that type
   */
  public static Tensor read(InputStream in, ScalarType type, long elements, String source)
      throws IOException {
    ElementType stored =
        ElementType.of(type)
            .orElseThrow(() -> new IllegalArgumentException(source + ": elements of " + type));
    return TensorBytes.read(in, stored, new long[] {elements}, source);
  }

  /**
   * An int64 tensor on the CPU: labels, indices.
   *
   * @throws IllegalArgumentException if the values do not fill the shape exactly
   */
  public static Tensor of(long[] values, long... shape) {
    requireFit(values.length, shape);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(Tensor.create(values, shape));
    }
  }

  private static void requireFit(int values, long... shape) {
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || elements(shape) != values) {
      throw new IllegalArgumentException(
          "shape: %s, allowed for %d values: sizes of at least 0 whose product is %d"
              .formatted(Arrays.toString(shape), values, values));
    }
  }

  /** The product of sizes that are not negative, or the largest number that there is. */
  private static long elements(long... shape) {
    if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
      return 0;
    }
    long product = 1;
    for (long size : shape) {
      if (product > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      product *= size;
    }
    return product;
  }

  /** A one-dimensional int64 tensor of indices on the CPU. */
  public static Tensor indices(int[] values) {
    return of(Arrays.stream(values).asLongStream().toArray(), values.length);
  }

  /** A one-dimensional int64 tensor of indices on the device of {@code like}. */
  public static Tensor indices(int[] values, Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(onDeviceOf(like, indices(values), ScalarType.Long));
    }
  }

  /**
   * The tensor in another type and on another device. The copy to a GPU starts from page-locked
   * memory, so it is queued there and this thread does not wait for it.
   */
  private static Tensor onDeviceOf(Tensor like, Tensor host, ScalarType type) {
    if (!like.is_cuda()) {
      return host.to(like.device(), type);
    }
    return host.to(type)
        .pin_memory()
        .to(like.device(), type, true, false, new MemoryFormatOptional());
  }

  /** A tensor without dimensions, of the type and on the device of {@code like}. */
  public static Tensor scalar(double value, Tensor like) {
    return full(value, like);
  }

  /** A tensor filled with one value, of the type and on the device of {@code like}. */
  public static Tensor full(double value, Tensor like, long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(torch.full(shape, new Scalar(value), like.options()));
    }
  }

  /** A tensor of these values, of the type and on the device of {@code like}. */
  public static Tensor constant(double[] values, Tensor like, long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(onDeviceOf(like, of(values, shape), like.scalar_type()));
    }
  }

  /** The values of a floating-point tensor of any type and device, in row-major order. */
  public static double[] toDoubles(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = tensor.detach().cpu().to(ScalarType.Double).contiguous();
      double[] values = new double[Math.toIntExact(plain.numel())];
      if (values.length > 0) {
        plain.data_ptr_double().get(values);
      }
      return values;
    }
  }

  /** The values of a floating-point tensor of any type and device, in row-major order. */
  public static float[] toFloats(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = tensor.detach().cpu().to(ScalarType.Float).contiguous();
      float[] values = new float[Math.toIntExact(plain.numel())];
      if (values.length > 0) {
        plain.data_ptr_float().get(values);
      }
      return values;
    }
  }

  /** The values of an integer tensor of any type and device, in row-major order. */
  public static long[] toLongs(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = tensor.detach().cpu().to(ScalarType.Long).contiguous();
      long[] values = new long[Math.toIntExact(plain.numel())];
      if (values.length > 0) {
        plain.data_ptr_long().get(values);
      }
      return values;
    }
  }

  /** The value of a tensor with one element. Waits until the device has computed it. */
  public static double item(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      return tensor.detach().to(ScalarType.Double).item_double();
    }
  }

  /** Gradients of a scalar with respect to {@code inputs}; the graph is freed. */
  public static NamedTensors gradients(Tensor scalar, NamedTensors inputs) {
    return inputs.withTensors(gradients(List.of(scalar), inputs.tensors(), List.of(), Graph.FREE));
  }

  /** Gradients of a scalar, one per input; the graph is freed. */
  public static List<Tensor> gradients(Tensor scalar, List<Tensor> inputs) {
    return gradients(List.of(scalar), inputs, List.of(), Graph.FREE);
  }

  /** Gradients of a scalar; the graph is kept for other derivatives. */
  public static NamedTensors gradientsKeepingGraph(Tensor scalar, NamedTensors inputs) {
    return inputs.withTensors(gradients(List.of(scalar), inputs.tensors(), List.of(), Graph.KEEP));
  }

  /** Gradients of a scalar that can be differentiated again; the graph is kept. */
  public static NamedTensors differentiableGradients(Tensor scalar, NamedTensors inputs) {
    return inputs.withTensors(
        gradients(List.of(scalar), inputs.tensors(), List.of(), Graph.CREATE));
  }

  /**
   * Vector-Jacobian product: the gradient of {@code sum_i <outputs_i, cotangents_i>}.
   *
   * @param outputs tensors that require a gradient
   * @param cotangents one per output, of its shape
   * @return one per input; zeros for an input on which no output depends
   */
  public static List<Tensor> vectorJacobianProduct(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return gradients(outputs, inputs, cotangents, Graph.FREE);
  }

  /** The same; the graph is kept for other products. */
  public static List<Tensor> vectorJacobianProductKeepingGraph(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return gradients(outputs, inputs, cotangents, Graph.KEEP);
  }

  /** What happens to the graph when a gradient is taken. */
  enum Graph {
    FREE,
    KEEP,
    CREATE
  }

  /** Gradient of {@code sum_i <outputs_i, cotangents_i>}, one per input. */
  static List<Tensor> gradients(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents, Graph graph) {
    try (TensorScope scope = TensorScope.open()) {
      boolean create = graph == Graph.CREATE;
      TensorVector gradients =
          torch.grad(
              vector(outputs),
              vector(inputs),
              vector(cotangents),
              new BoolOptional(graph != Graph.FREE),
              create,
              true);
      List<Tensor> result = new ArrayList<>(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        // A copy of the handle: get returns a pointer into the vector, which the scope frees.
        Tensor gradient = new Tensor(gradients.get(i));
        result.add(scope.keep(gradient.defined() ? gradient : torch.zeros_like(inputs.get(i))));
      }
      return result;
    }
  }

  /** A native vector of these tensors, for calls that take one. */
  public static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(new Tensor[0]));
  }

  /**
   * Views of consecutive parts along the first dimension. Their gradients are concatenated once.
   * The gradient of a single view would each time be padded with zeros to the whole size.
   *
   * @param sizes of the parts; they add up to the tensor's size
   */
  public static List<Tensor> split(Tensor tensor, long... sizes) {
    try (TensorScope scope = TensorScope.open()) {
      TensorVector parts = tensor.split_with_sizes(sizes, 0);
      List<Tensor> result = new ArrayList<>(sizes.length);
      for (int i = 0; i < sizes.length; i++) {
        result.add(scope.keep(new Tensor(parts.get(i))));
      }
      return result;
    }
  }

  /** Concatenation along a dimension. */
  public static Tensor concatenate(List<Tensor> tensors, long dimension) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(torch.cat(vector(tensors), dimension));
    }
  }

  /**
   * Logarithm of the softmax along a dimension, {@code x - log(sum(exp(x)))}. It consists of
   * operations that can be differentiated in forward mode and then in reverse mode; libtorch's own
   * {@code log_softmax} cannot.
   */
  public static Tensor logSoftmax(Tensor x, long dimension) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor shifted = x.sub(x.detach().amax(new long[] {dimension}, true));
      Tensor sum = shifted.exp().sum(new long[] {dimension}, true, new ScalarTypeOptional());
      return scope.keep(shifted.sub(sum.log()));
    }
  }

  /** The shape as text, such as {@code [16, 3, 32, 32]}, for messages. */
  public static String shapeText(Tensor tensor) {
    return Arrays.toString(tensor.shape());
  }
}
