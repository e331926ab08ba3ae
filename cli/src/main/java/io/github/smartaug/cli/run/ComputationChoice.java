package io.github.smartaug.cli.run;

import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import java.util.Optional;

/**
 * How the model of a run computes.
 *
 * @param remark how that was chosen, in one line, if there was anything to choose
 */
record ComputationChoice(Computation computation, Optional<String> remark) {
  /** As the options have it; what they leave open is float32 and the model's own order. */
  static ComputationChoice asked(ComputationOptions options, Model model) {
    return new ComputationChoice(
        new Computation(
            options.precision().orElse(Precision.FLOAT32),
            options.memoryFormat().or(model::ownFormat)),
        Optional.empty());
  }
}
