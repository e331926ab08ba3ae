package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.transform.TransformSet;
import java.util.ArrayList;
import java.util.List;

/** What a policy does with its transforms, as numbers for people. */
public final class PolicyReports {
  private PolicyReports() {}

  /** One entry per transform, in the set's order; empty for a policy without transforms. */
  public static List<TransformReport> of(Augmenter augmenter) {
    return augmenter
        .transformPolicy()
        .map(policy -> reports(policy.transforms(), policy.probabilities(), policy.magnitudes()))
        .orElse(List.of());
  }

  private static List<TransformReport> reports(
      TransformSet transforms, double[] probabilities, double[] magnitudes) {
    List<TransformReport> reports = new ArrayList<>();
    for (int t = 0; t < transforms.size(); t++) {
      String name = transforms.transforms().get(t).name();
      reports.add(new TransformReport(name, probabilities[t], magnitudes[t]));
    }
    return reports;
  }
}
