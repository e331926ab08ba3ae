package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.ImageShape;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.train.Batch;
import io.github.smartaug.train.BatchSource;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Brings what a run starts from to a device: batches, fresh parameters, the policy. Everything else
 * follows, because results are on the device of their inputs.
 *
 * @param device lives at least as long as everything that is brought to it
 */
record OnDevice(Device device) {
  BatchSource bring(BatchSource source) {
    return device.is_cpu() ? source : new DeviceBatches(source);
  }

  Model bring(Model model) {
    return device.is_cpu() ? model : new DeviceModel(model);
  }

  /** A learned policy's tensors are in the current scope. */
  Augmenter bring(Augmenter augmenter) {
    return augmenter instanceof LearnedPolicy policy && !device.is_cpu()
        ? policy.withParameters(bring(policy.parameters()))
        : augmenter;
  }

  private NamedTensors bring(NamedTensors tensors) {
    try (Scope scope = Scope.open()) {
      return scope.keep(tensors.map(this::bring));
    }
  }

  private Tensor bring(Tensor tensor) {
    return tensor.to(device, tensor.scalar_type());
  }

  private final class DeviceBatches implements BatchSource {
    private final BatchSource source;

    DeviceBatches(BatchSource source) {
      this.source = source;
    }

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public int batches() {
      return source.batches();
    }

    @Override
    public Batch batch(long epoch, int index) {
      try (Scope scope = Scope.open()) {
        Batch batch = source.batch(epoch, index);
        return new Batch(scope.keep(bring(batch.images())), scope.keep(bring(batch.labels())));
      }
    }
  }

  private final class DeviceModel implements Model {
    private final Model model;

    DeviceModel(Model model) {
      this.model = model;
    }

    @Override
    public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
      return model.forward(images, parameters, buffers, mode);
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return bring(model.initialParameters(random));
    }

    @Override
    public NamedTensors initialBuffers() {
      return bring(model.initialBuffers());
    }

    @Override
    public ImageShape input() {
      return model.input();
    }

    @Override
    public int classes() {
      return model.classes();
    }
  }
}
