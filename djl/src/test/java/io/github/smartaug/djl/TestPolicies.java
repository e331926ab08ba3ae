package io.github.smartaug.djl;

import io.github.smartaug.policy.AugmentationPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Policies that tests apply. */
final class TestPolicies {
  private static final String FILE = "policy.json";

  private TestPolicies() {}

  /** Of several transforms, of which an image gets two. */
  static AugmentationPolicy several() {
    try (InputStream stream = TestPolicies.class.getResourceAsStream(FILE)) {
      return AugmentationPolicy.read(stream, FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That gives every image the same transform, which knows no strength. */
  static AugmentationPolicy only(String function) {
    String text =
        """
        {"format": "smartaug-policy", "version": 2, "kind": "independent", "length": 1,
         "temperature": 1.0, "temperature_learned": false, "classes": 1, "provenance": {},
         "sampling": {"interpolation": "bilinear", "border": "zeros", "runs": "separate"},
         "transforms": [
           {"name": "Only", "function": "%s", "param": {}, "logit": 0.0, "magnitude": 1.0}]}
        """
            .formatted(function);
    try {
      return AugmentationPolicy.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), function);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
