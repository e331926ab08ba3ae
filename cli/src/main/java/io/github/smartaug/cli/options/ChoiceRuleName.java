package io.github.smartaug.cli.options;

import io.github.smartaug.train.MetaOptions.ChoiceRule;

/** A value of {@code --choice-rule}. */
enum ChoiceRuleName {
  /** The sum of evidence over its noise. */
  EVIDENCE {
    @Override
    ChoiceRule rule(double strength, double overfitShrinkage) {
      return new ChoiceRule.Evidence(strength, overfitShrinkage);
    }
  },

  /** Each logit by Adam. */
  ADAM {
    @Override
    ChoiceRule rule(double strength, double overfitShrinkage) {
      return new ChoiceRule.PerLogit();
    }
  };

  /** The same for the library. */
  abstract ChoiceRule rule(double strength, double overfitShrinkage);

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
