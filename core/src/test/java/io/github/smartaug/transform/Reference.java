package io.github.smartaug.transform;

import io.github.smartaug.tensor.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A file of recorded numbers; tensors are in the current scope. */
public final class Reference {
  private final Npz file;

  private Reference(Npz file) {
    this.file = file;
  }

  /** The file of that name, without {@code .npz}. */
  public static Reference open(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/reference/" + name + ".npz")) {
      return new Reference(Npz.read(in, name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public List<String> keys() {
    return List.copyOf(file.keys());
  }

  public boolean has(String key) {
    return file.keys().contains(key);
  }

  public Tensor tensor(String key) {
    try {
      return file.tensor(key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public Tensor tensor(String key, ScalarType type) {
    return tensor(key).to(type);
  }

  public List<String> strings(String key) {
    try {
      return file.strings(key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
