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
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.RunWriter;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a model and its augmentation policy, then classifies an image. */
public final class TrainFromJava {
  private TrainFromJava() {}

  /** Trains into the folder that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long seed = 1;
    DatasetBundle images =
        Datasets.load("fashion-mnist-mini").limitTraining(1000, seed).ensureValidation(0.2, seed);
    TrainingData batches = images.batches(64, seed);
    TrainingOptions options =
        TrainingOptions.builder().epochs(2).inner(InnerOptions.defaults(0.1)).seed(seed).build();

    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("lenet", images.shape(), images.classNames().size());
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named(TransformSets.DEFAULT).usableOn(images.shape().channels()),
              PolicyOptions.learned(2));
      JointTrainer trainer = new JointTrainer(model, policy, batches, options);
      RunDescription description =
          RunDescription.builder()
              .setImages(images, batches)
              .setModel("lenet", model)
              .setAugmenter(policy)
              .setOptions(options)
              .build();
      RunResult result = RunWriter.into(folder, description).train(trainer);
      System.out.println("test accuracy " + result.testAccuracy());
      result.last().policy().forEach(System.out::println);
    }

    try (TrainedClassifier classifier = TrainedClassifier.load(folder)) {
      DecodedImage image = DecodedImage.of(images.test(), 0);
      System.out.println(classifier.classify(image.toBufferedImage()));
    }
  }
}
