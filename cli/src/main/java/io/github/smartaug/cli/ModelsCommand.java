package io.github.smartaug.cli;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.nn.ModelSize;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.TensorScope;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smartaug models}. */
@Command(
    name = "models",
    description = {
      "Lists the models with their sizes for one kind of images.",
      "Multiply-adds are those of convolutions and matrix products in the forward pass of one image."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class)
final class ModelsCommand implements Callable<Integer> {
  private static final String UNKNOWN = "-";

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Height and width of the images (default: ${DEFAULT-VALUE})")
  private int imageSize = 32;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "1 for grey images, 3 for colours (default: ${DEFAULT-VALUE})")
  private int channels = 3;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes (default: ${DEFAULT-VALUE})")
  private int classes = 10;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    InputRange.atLeast(1, "--image-size", imageSize);
    InputRange.atLeast(1, "--channels", channels);
    InputRange.atLeast(1, "--classes", classes);
    ImageShape shape = new ImageShape(channels, imageSize, imageSize);
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, "Images of %s, %d classes", shape, classes));
    out.println();
    out.println(row("model", "parameters", "multiply-adds", "what it is"));
    for (ModelType type : Models.entries()) {
      out.println(row(type, shape));
    }
    out.flush();
    return 0;
  }

  private String row(ModelType type, ImageShape shape) {
    try (TensorScope scope = TensorScope.open()) {
      Optional<ModelSize> size = type.create(shape, classes).size();
      return row(
          type.name(),
          size.map(known -> number(known.parameters())).orElse(UNKNOWN),
          size.map(known -> number(known.multiplyAdds())).orElse(UNKNOWN),
          type.description());
    } catch (IllegalArgumentException e) {
      // It does not take such images; the description says which ones it takes.
      return row(type.name(), UNKNOWN, UNKNOWN, type.description());
    }
  }

  private static String row(String name, String parameters, String multiplyAdds, String text) {
    return String.format(Locale.ROOT, "%-27s %15s %15s  %s", name, parameters, multiplyAdds, text);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
