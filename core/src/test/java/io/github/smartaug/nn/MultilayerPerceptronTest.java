package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.junit.jupiter.api.Test;

class MultilayerPerceptronTest {
  @Test
  void layers_have_500_and_256_outputs() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          MultilayerPerceptron.create(new ImageShape(1, 28, 28), 10)
              .initialParameters(RandomStream.seeded(1));
      assertThat(parameters)
          .hasToString(
              "NamedTensors[fc1.weight[500, 784], fc1.bias[500], fc2.weight[256, 500],"
                  + " fc2.bias[256], fc3.weight[10, 256], fc3.bias[10]]");
    }
  }
}
