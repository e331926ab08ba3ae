package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in sets, entry by entry, in words that are read like their table. */
class TransformSetsTest {
  private static final List<String> FLIPS = List.of("Identity", "FlipUD flip Y", "FlipLR flip X");
  private static final List<String> BASE_GEOMETRIC = join(FLIPS, geometric("30.0", "0.33", "0.3"));
  private static final List<String> WIDE_GEOMETRIC = join(FLIPS, geometric("180.0", "0.5", "1.0"));
  private static final List<String> BASE_COLOR =
      List.of(
          "Contrast 0.1..1.9 DIRECT",
          "Color 0.1..1.9 DIRECT",
          "Brightness 0.1..1.9 DIRECT",
          "Sharpness 0.1..1.9 DIRECT",
          "Posterize 4.0..8.0 DIRECT",
          "Solarize 0.00390625..1.0 DIRECT");
  private static final List<String> INVERSE_COLOR =
      List.of(
          "+Contrast contrast 1.0..1.9 DIRECT",
          "+Color color 1.0..1.9 DIRECT",
          "+Brightness brightness 1.0..1.9 DIRECT",
          "+Sharpness sharpness 1.0..1.9 DIRECT",
          "-Contrast contrast 0.1..1.0 INVERSE",
          "-Color color 0.1..1.0 INVERSE",
          "-Brightness brightness 0.1..1.0 INVERSE",
          "-Sharpness sharpness 0.1..1.0 INVERSE",
          "Posterize 4.0..8.0 INVERSE",
          "Solarize 0.00390625..1.0 INVERSE");
  private static final List<String> BAD =
      List.of(
          "BTranslateX translate X 0.75..0.95 DIRECT of WIDTH",
          "BTranslateX- translate X -0.95..-0.75 DIRECT of WIDTH",
          "BTranslateY translate Y 0.75..0.95 DIRECT of HEIGHT",
          "BTranslateY- translate Y -0.95..-0.75 DIRECT of HEIGHT",
          "BShearX shear X 0.9..1.2 DIRECT",
          "BShearX- shear X -1.2..-0.9 DIRECT",
          "BShearY shear Y 0.9..1.2 DIRECT",
          "BShearY- shear Y -1.2..-0.9 DIRECT");
  private static final List<String> GEOMETRIC_BAD =
      List.of(
          "BTranslateX translate X 25.0..30.0 DIRECT",
          "BTranslateX- translate X -30.0..-25.0 DIRECT",
          "BTranslateY translate Y 25.0..30.0 DIRECT",
          "BTranslateY- translate Y -30.0..-25.0 DIRECT",
          "BShearX shear X 0.9..1.2 DIRECT",
          "BShearY shear Y 0.9..1.2 DIRECT");
  private static final List<String> CUTOUT = List.of("CutOut 0.0..0.5 DIRECT of LARGER_SIDE");
  private static final List<String> BEYOND =
      List.of(
          "AutoContrast",
          "Equalize",
          "Invert",
          "Noise 0.0..0.2 DIRECT",
          "RandBlend 0.0..0.7 DIRECT",
          "Blur 0.0..2.0 DIRECT",
          "Crop 0.0..0.125 DIRECT of LARGER_SIDE",
          "Erase 0.0..0.6 DIRECT of LARGER_SIDE",
          "Hue -0.5..0.5 SYMMETRIC");

  static Stream<Arguments> sets() {
    List<String> inverseWide = join(WIDE_GEOMETRIC, INVERSE_COLOR);
    List<String> randAugment =
        published("0.3", 150 / 331.0 + "", " of ", "30.0", "0.1..1.9", "4.0");
    return Stream.of(
        Arguments.of("base", join(BASE_GEOMETRIC, BASE_COLOR)),
        Arguments.of("wide", join(WIDE_GEOMETRIC, BASE_COLOR)),
        Arguments.of("wide-geometric", WIDE_GEOMETRIC),
        Arguments.of("inverse-scale", join(BASE_GEOMETRIC, INVERSE_COLOR)),
        Arguments.of("inverse-scale-wide", inverseWide),
        Arguments.of("inverse-scale-wide-cutout", join(inverseWide, CUTOUT)),
        Arguments.of("bad", join(join(BASE_GEOMETRIC, BASE_COLOR), BAD)),
        Arguments.of("geometric-bad", join(BASE_GEOMETRIC, GEOMETRIC_BAD)),
        Arguments.of("randaugment", randAugment),
        Arguments.of(
            "randaugment-flip",
            join(List.of("Identity", "FlipLR flip X"), randAugment.subList(1, randAugment.size()))),
        Arguments.of(
            "trivialaugment-wide", published("0.99", "32.0", null, "135.0", "0.01..1.99", "2.0")),
        Arguments.of("everything", join(join(inverseWide, CUTOUT), BEYOND)));
  }

  private static List<String> geometric(String degrees, String shift, String shear) {
    return List.of(
        "Rotate " + symmetric(degrees),
        "TranslateX translate X " + symmetric(shift) + " of WIDTH",
        "TranslateY translate Y " + symmetric(shift) + " of HEIGHT",
        "ShearX shear X " + symmetric(shear),
        "ShearY shear Y " + symmetric(shear));
  }

  private static List<String> published(
      String shear, String shift, String of, String degrees, String factors, String bits) {
    return List.of(
        "Identity",
        "ShearX shear X " + symmetric(shear),
        "ShearY shear Y " + symmetric(shear),
        "TranslateX translate X " + symmetric(shift) + (of == null ? "" : of + "WIDTH"),
        "TranslateY translate Y " + symmetric(shift) + (of == null ? "" : of + "HEIGHT"),
        "Rotate " + symmetric(degrees),
        "Brightness " + factors + " SYMMETRIC",
        "Color " + factors + " SYMMETRIC",
        "Contrast " + factors + " SYMMETRIC",
        "Sharpness " + factors + " SYMMETRIC",
        "Posterize " + bits + "..8.0 INVERSE",
        "Solarize 0.0..1.0 INVERSE",
        "AutoContrast",
        "Equalize");
  }

  private static String symmetric(String max) {
    return "-" + max + ".." + max + " SYMMETRIC";
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Test
  void what_does_nothing_to_grey_images_is_left_out_for_them() {
    Sampling nearest = Sampling.DEFAULT.with(Sampling.Interpolation.NEAREST);
    TransformSet all = TransformSets.named("everything").withSampling(nearest);
    TransformSet onGrey = all.usableOn(1);
    assertThat(onGrey.names())
        .containsExactlyElementsOf(
            all.names().stream()
                .filter(name -> !List.of("+Color", "-Color", "Hue").contains(name))
                .toList());
    assertThat(onGrey.size()).isEqualTo(all.size() - 3);
    assertThat(onGrey.sampling()).isEqualTo(nearest);
    assertThat(onGrey.name()).isEqualTo("everything");
    assertThat(all.usableOn(3)).isEqualTo(all);
  }

  @Test
  void a_set_of_which_nothing_is_left_is_refused() {
    TransformSet colours =
        TransformSet.of(
            "mine", new NamedTransform("Hue", new Hue(), MagnitudeRange.symmetric(0.5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> colours.usableOn(1))
        .withMessage("mine: no transform changes grey images, allowed: a set with one that does");
  }

  @Test
  void all_sets_are_checked_here() {
    assertThat(sets().map(row -> row.get()[0])).containsExactlyElementsOf(TransformSets.names());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_set_is_what_its_table_says(String name, List<String> entries) {
    assertThat(
            TransformSets.named(name).transforms().stream().map(TransformSetsTest::words).toList())
        .isEqualTo(entries);
  }

  /** Such as {@code TranslateX translate X -0.5..0.5 SYMMETRIC of WIDTH}. */
  private static String words(NamedTransform named) {
    TransformType row = Transforms.entryOf(named.transform()).orElseThrow();
    StringBuilder words = new StringBuilder(named.name());
    if (!row.function().equals(named.name().toLowerCase(Locale.ROOT))) {
      words.append(' ').append(row.function());
    }
    if (row.axis().isPresent()) {
      words.append(' ').append(row.axis().orElseThrow());
    }
    if (named.transform().usesValue()) {
      MagnitudeRange range = (MagnitudeRange) named.mapping();
      words.append(' ').append(range.min()).append("..").append(range.max());
      words.append(' ').append(range.scale());
      if (range.unit() != MagnitudeRange.Unit.ABSOLUTE) {
        words.append(" of ").append(range.unit());
      }
    }
    return words.toString();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void a_set_is_read_back_as_it_was_written(String name, List<String> entries) {
    TransformSet set = TransformSets.named(name);
    assertThat(TransformSet.parse(name, set.toJson(), name)).isEqualTo(set);
    assertThat(set.size()).isEqualTo(entries.size());
  }

  @Test
  void an_unknown_set_is_refused_with_those_that_are_known() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSets.named("wild"))
        .withMessage(
            "transform set: \"wild\", allowed: " + String.join(", ", TransformSets.names()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSets.resolve("wild"))
        .withMessageEndingWith(", everything, FILE.json");
  }
}
