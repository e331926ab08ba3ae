package io.github.smartaug.cli.preview;

import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.cli.plot.ContactSheet;
import io.github.smartaug.data.ImageDataset;

/** What a policy may do to an image. */
public final class PolicyStrengths {
  private static final int COLUMNS = 7;

  private PolicyStrengths() {}

  /**
   * A row for each transform, the likeliest first, from the weakest to the strongest that is drawn.
   *
   * @param name of the policy, for the title
   * @param images of which the first is shown
   * @param source of the images, in a word
   */
  public static ContactSheet sheet(
      String name, TransformPolicy policy, ImageDataset images, String source) {
    return new PolicySheet(
            PolicyContent.of(policy), name, PreviewImage.firstOf(images, source), COLUMNS)
        .sheet();
  }
}
