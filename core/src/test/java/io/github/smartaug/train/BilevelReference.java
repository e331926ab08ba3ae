package io.github.smartaug.train;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Npz;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The recorded bilevel steps of the ancestor: what went in, and what came out. */
final class BilevelReference {
  private final Npz inputs = open("bilevel_inputs");
  private final Npz weights = open("lenet_weights");
  private final Npz outputs;
  private final ScalarType type;

  BilevelReference(ScalarType type) {
    this.type = type;
    this.outputs = open(type == ScalarType.Double ? "bilevel_f64" : "bilevel_f32");
  }

  private static Npz open(String name) {
    try (InputStream in =
        BilevelReference.class.getResourceAsStream("/reference/" + name + ".npz")) {
      return Npz.read(in, name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor tensor(Npz file, String key) {
    try {
      return file.tensor(key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  NamedTensors initialWeights() {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (String layer : List.of("conv1", "conv2", "fc1", "fc2")) {
      for (String kind : List.of("weight", "bias")) {
        String name = layer + "." + kind;
        byName.put(name, tensor(weights, name).to(type));
      }
    }
    return NamedTensors.of(byName);
  }

  Tensor input(String key) {
    return tensor(inputs, key).to(type);
  }

  Batch trainingBatch(int step) {
    return batch("xs_u8", "ys", step);
  }

  Batch validationBatch(int index) {
    return batch("xv_u8", "yv", index);
  }

  private Batch batch(String images, String labels, int index) {
    return new Batch(
        tensor(inputs, images).select(0, index).to(type).div(new Scalar(255.0)),
        tensor(inputs, labels).select(0, index).to(ScalarType.Long));
  }

  Normalization normalization() {
    return new Normalization(list("mean"), list("std"));
  }

  private List<Double> list(String key) {
    return java.util.Arrays.stream(Tensors.toDoubles(tensor(inputs, key))).boxed().toList();
  }

  List<String> transformNames() {
    try {
      return inputs.strings("names");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Draws draws(int step) {
    long[] transforms = Tensors.toLongs(tensor(inputs, "samples").select(0, step));
    double[] uniforms = Tensors.toDoubles(tensor(inputs, "u").select(0, step));
    int length = 3;
    int images = transforms.length / length;
    int[][] chosen = new int[length][images];
    double[][] drawn = new double[length][images];
    for (int n = 0; n < length; n++) {
      for (int i = 0; i < images; i++) {
        chosen[n][i] = (int) transforms[n * images + i];
        drawn[n][i] = uniforms[n * images + i];
      }
    }
    return new Draws(chosen, drawn);
  }

  boolean has(String key) {
    return outputs.keys().contains(key);
  }

  double[] expected(String key) {
    return Tensors.toDoubles(tensor(outputs, key));
  }
}
