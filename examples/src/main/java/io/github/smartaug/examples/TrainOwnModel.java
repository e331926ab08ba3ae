package io.github.smartaug.examples;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.run.RunDescription;
import io.github.smartaug.run.RunWriter;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a model of one's own together with a policy. */
public final class TrainOwnModel {
  private TrainOwnModel() {}

  /** Trains {@link SmallNetwork} into the folder that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    Models.register(new SmallNetwork());
    Path folder = Path.of(arguments[0]);
    DatasetBundle images = Datasets.load("fashion-mnist-mini").ensureValidation(0.2, 1);
    TrainingOptions options =
        TrainingOptions.builder().epochs(5).inner(InnerOptions.defaults(0.1)).build();
    System.out.println("test accuracy " + train("small-network", images, options, folder));
    try (TrainedClassifier classifier = TrainedClassifier.load(folder)) {
      DecodedImage image = DecodedImage.of(images.test(), 0);
      System.out.println(classifier.classify(image.toBufferedImage()));
    }
  }

  /** The test accuracy of a registered model that was trained with a learned policy. */
  static double train(String name, DatasetBundle images, TrainingOptions options, Path folder)
      throws IOException {
    TrainingData batches = images.batches(64, options.seed());
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, images.shape(), images.classNames().size());
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named(TransformSets.DEFAULT).usableOn(images.shape().channels()),
              PolicyOptions.learned(2));
      RunDescription description =
          RunDescription.builder()
              .setImages(images, batches)
              .setModel(name, model)
              .setAugmenter(policy)
              .setOptions(options)
              .build();
      JointTrainer trainer = new JointTrainer(model, policy, batches, options);
      return RunWriter.into(folder, description).train(trainer).testAccuracy();
    }
  }
}
