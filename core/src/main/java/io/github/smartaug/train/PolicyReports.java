package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.transform.TransformSet;
import java.util.ArrayList;
import java.util.List;

/** What a policy does with its transforms, as numbers for people. */
public final class PolicyReports {
  private PolicyReports() {}

  /** One entry per transform, in the set's order; empty for a policy without transforms. */
  public static List<TransformReport> of(Augmenter augmenter) {
    return augmenter.transformPolicy().map(policy -> reports(policy)).orElse(List.of());
  }

  private static List<TransformReport> reports(TransformPolicy policy) {
    TransformSet transforms = policy.transforms();
    double[] probabilities = policy.probabilities();
    double[] magnitudes = policy.magnitudes();
    double[] lossShares = policy.lossShares();
    List<TransformReport> reports = new ArrayList<>();
    for (int t = 0; t < transforms.size(); t++) {
      String name = transforms.transforms().get(t).name();
      reports.add(new TransformReport(name, probabilities[t], magnitudes[t], lossShares[t]));
    }
    return reports;
  }
}
