package io.github.smartaug.cli.options;

import io.github.smartaug.augment.PolicyOptions.PenaltyWeights;
import io.github.smartaug.augment.PolicyOptions.Repeats;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.cli.options.ControlOptions.WarmUpTiming;
import io.github.smartaug.cli.options.LossOptions.ClassWeights;
import io.github.smartaug.cli.options.LossOptions.Statistics;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.data.InMemory;
import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.train.EpochChoice;
import io.github.smartaug.train.MetaOptions.RateDependence;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How values of options are read: errors say what was given and what is allowed. */
public final class OptionConverters {
  private OptionConverters() {}

  /** The word of the command line for a constant: lower case, with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Makes a command line and its subcommands read numbers and words this way. */
  public static CommandLine registerConverters(CommandLine commandLine) {
    ITypeConverter<Integer> whole = number("a whole number", Integer::valueOf);
    ITypeConverter<Long> wholeLong = number("a whole number", Long::valueOf);
    ITypeConverter<Double> real = number("a number", Double::valueOf);
    return commandLine
        .registerConverter(Integer.class, whole)
        .registerConverter(int.class, whole)
        .registerConverter(Long.class, wholeLong)
        .registerConverter(long.class, wholeLong)
        .registerConverter(Double.class, real)
        .registerConverter(double.class, real)
        .registerConverter(Interpolation.class, constant(Interpolation.values()))
        .registerConverter(Border.class, constant(Border.values()))
        .registerConverter(Augmentation.class, Augmentation::parse)
        .registerConverter(ProbabilityGradient.class, word(ProbabilityGradient.values()))
        .registerConverter(ClassWeights.class, word(ClassWeights.values()))
        .registerConverter(PenaltyWeights.class, word(PenaltyWeights.values()))
        .registerConverter(Repeats.class, word(Repeats.values()))
        .registerConverter(RateDependence.class, word(RateDependence.values()))
        .registerConverter(OuterLoss.class, word(OuterLoss.values()))
        .registerConverter(StepLength.class, word(StepLength.values()))
        .registerConverter(ChoiceRuleName.class, word(ChoiceRuleName.values()))
        .registerConverter(EpochChoice.class, word(EpochChoice.values()))
        .registerConverter(WarmUpTiming.class, word(WarmUpTiming.values()))
        .registerConverter(Preset.class, word(Preset.values()))
        .registerConverter(Statistics.class, word(Statistics.values()))
        .registerConverter(Switch.class, word(Switch.values()))
        .registerConverter(HiddenTransform.class, word(HiddenTransform.values()))
        .registerConverter(ImageFit.class, word(ImageFit.values()))
        .registerConverter(InMemory.class, word(InMemory.values()))
        .registerConverter(MemoryFormatChoice.class, word(MemoryFormatChoice.values()))
        .registerConverter(TrainingPrecision.class, word(TrainingPrecision.values()))
        .registerConverter(ScheduleChoice.class, ScheduleChoice::parse)
        .registerConverter(Hypergradient.class, Hypergradient::parse);
  }

  private static <T> ITypeConverter<T> word(T[] values) {
    return word(values, T::toString);
  }

  /** For constants of the library, which do not know their words. */
  private static <E extends Enum<E>> ITypeConverter<E> constant(E[] values) {
    return word(values, OptionConverters::of);
  }

  private static <T> ITypeConverter<T> word(T[] values, Function<T, String> wordOf) {
    String allowed = Arrays.stream(values).map(wordOf).collect(Collectors.joining(", "));
    return text ->
        Arrays.stream(values)
            .filter(value -> wordOf.apply(value).equals(text))
            .findFirst()
            .orElseThrow(() -> unreadable(text, allowed));
  }

  private static <T> ITypeConverter<T> number(String allowed, Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (NumberFormatException e) {
        throw unreadable(text, allowed);
      }
    };
  }

  private static TypeConversionException unreadable(String text, String allowed) {
    return new TypeConversionException("\"" + text + "\", allowed: " + allowed);
  }
}
