package io.github.smartaug.djl;

import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.translate.Pipeline;
import ai.djl.translate.TranslateException;
import io.github.smartaug.policy.AugmentationPolicy;
import java.io.IOException;

/** A DJL program whose images are augmented; the pages quote it. */
final class TrainingWithPolicy {
  private TrainingWithPolicy() {}

  /** Trains on images [N,H,W,C] from 0 to 255. */
  static void train(
      Trainer trainer, AugmentationPolicy policy, NDArray images, NDArray labels, int epochs)
      throws IOException, TranslateException {
    Pipeline pipeline =
        new Pipeline().add(PolicyTransform.beforeToTensor(policy, 42)).add(new ToTensor());
    ArrayDataset training =
        new ArrayDataset.Builder()
            .setData(images)
            .optLabels(labels)
            .optPipeline(pipeline)
            .setSampling(32, true)
            .build();
    EasyTrain.fit(trainer, epochs, training, null);
  }
}
