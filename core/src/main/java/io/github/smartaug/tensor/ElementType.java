package io.github.smartaug.tensor;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that tensor files can hold, with their names in each format. */
enum ElementType {
  FLOAT64(ScalarType.Double, 8, "<f8", "F64"),
  INT64(ScalarType.Long, 8, "<i8", "I64"),
  FLOAT32(ScalarType.Float, 4, "<f4", "F32"),
  INT32(ScalarType.Int, 4, "<i4", "I32"),
  FLOAT16(ScalarType.Half, 2, null, "F16"),
  BFLOAT16(ScalarType.BFloat16, 2, null, "BF16"),
  UINT8(ScalarType.Byte, 1, "|u1", "U8"),
  INT8(ScalarType.Char, 1, "|i1", "I8"),
  BOOL(ScalarType.Bool, 1, "|b1", "BOOL");

  private final ScalarType scalarType;
  private final int bytes;
  private final String numpyName;
  private final String safetensorsName;

  ElementType(ScalarType scalarType, int bytes, String numpyName, String safetensorsName) {
    this.scalarType = scalarType;
    this.bytes = bytes;
    this.numpyName = numpyName;
    this.safetensorsName = safetensorsName;
  }

  /** libtorch's name. */
  ScalarType scalarType() {
    return scalarType;
  }

  /** Size of one element. */
  int bytes() {
    return bytes;
  }

  /** The {@code descr} of a .npy file; empty for types that are not written there. */
  Optional<String> numpyName() {
    return Optional.ofNullable(numpyName);
  }

  /** The {@code dtype} of a .safetensors file. */
  String safetensorsName() {
    return safetensorsName;
  }

  /**
   * The type of a tensor's elements; empty for types that no format holds, such as complex ones.
   */
  static Optional<ElementType> of(Tensor tensor) {
    return of(tensor.scalar_type());
  }

  /** The type of such elements; empty as for {@link #of(Tensor)}. */
  static Optional<ElementType> of(ScalarType elements) {
    ScalarType wanted = elements.intern();
    return Arrays.stream(values()).filter(type -> type.scalarType == wanted).findFirst();
  }

  static Optional<ElementType> ofNumpyName(String name) {
    return Arrays.stream(values()).filter(type -> name.equals(type.numpyName)).findFirst();
  }

  static Optional<ElementType> ofSafetensorsName(String name) {
    return Arrays.stream(values()).filter(type -> name.equals(type.safetensorsName)).findFirst();
  }

  /** The names of a .npy file's types, for messages. */
  static String allowedNumpyNames() {
    return names(ElementType::numpyName);
  }

  /** The names of a .safetensors file's types, for messages. */
  static String allowedSafetensorsNames() {
    return names(type -> Optional.of(type.safetensorsName));
  }

  private static String names(Function<ElementType, Optional<String>> name) {
    return Arrays.stream(values())
        .flatMap(type -> name.apply(type).stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * Size in bytes of an array of this type.
   *
   * @throws ArithmeticException if it does not fit a long
   */
  long bytes(long... shape) {
    long total = bytes;
    for (long size : shape) {
      total = Math.multiplyExact(total, size);
    }
    return total;
  }
}
