package io.github.smartaug.cli.extension;

import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.TransformType;
import io.github.smartaug.transform.ValueRange;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A transform: takes a share of the light away. */
public record Dim() implements TransformType, Transform {
  @Override
  public String function() {
    return "dim";
  }

  @Override
  public String description() {
    return "takes a share of the light away";
  }

  @Override
  public Transform transform() {
    return this;
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    return images.mul(values.neg().add(new Scalar(1)).view(-1, 1, 1, 1));
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.between(0, 1);
  }
}
