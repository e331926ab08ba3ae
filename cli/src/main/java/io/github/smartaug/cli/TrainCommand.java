package io.github.smartaug.cli;

import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.cli.run.RunOrigin;
import io.github.smartaug.cli.run.TrainingRun;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code smartaug train}. */
@Command(
    name = "train",
    description = {
      "Trains an image classifier and, jointly with it, learns how to augment its images.",
      "Without options: a LeNet on the embedded Fashion-MNIST images, in about two minutes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug train",
      "  smartaug train --augment none --seed 1              # baseline without augmentation",
      "  smartaug train --augment random --magnitude 0.7     # baseline RandAugment",
      "  smartaug train --optimizer adamw --learn lr,weight-decay",
      "  smartaug train --dataset cifar-10-batches-bin --model resnet18 --batch-size 128",
      "  smartaug train --dataset photos --image-size 64 --inner-steps 5 --out runs/photos"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin(name = "train")
  private final TrainOptions options = new TrainOptions();

  @Override
  public Integer call() throws IOException {
    try (TrainingRun run = new TrainingRun(options, origin())) {
      run.execute(System.out);
    }
    return 0;
  }

  private RunOrigin origin() {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    return new RunOrigin(Instant.now(), arguments, optionValues());
  }

  private Map<String, Object> optionValues() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.mixins().get("train").options()) {
      values.put(option.longestName().replaceFirst("^--", ""), plain(option.getValue()));
    }
    return values;
  }

  private static Object plain(Object value) {
    return value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof List
        ? value
        : value.toString();
  }
}
