package io.github.smartaug.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;

/** A name for the values of several options, each of which may still be given by itself. */
public enum Preset {
  /** How the ancestor learns, for comparison with its numbers. */
  ORIGINAL(
      """
      augment=learned
      transforms=inverse-scale-wide
      temperature=1
      probability-gradient=loss-weight
      inner-steps=1
      hypergradient=unrolled
      step-length=free
      meta-lr=0.01
      choice-rule=adam
      validation-loss=cross-entropy
      validation-batches=1
      initial-magnitude=0.5
      meta-beta2=0.999
      meta-scheduler=none
      meta-start=1
      rate-in-hypergradient=left-in
      magnitude-regularizer=0.001
      penalty-weights=equal
      repeats=applied
      warmup-timing=gradual
      keep-epoch=highest
      running-statistics=all
      """);

  private final String lines;

  Preset(String lines) {
    this.lines = lines;
  }

  /** The options that it stands for: their words by name, without hyphens. */
  public Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    lines.lines().map(line -> line.split("=", 2)).forEach(parts -> words.put(parts[0], parts[1]));
    return words;
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
