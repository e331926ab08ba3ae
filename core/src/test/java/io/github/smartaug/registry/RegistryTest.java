package io.github.smartaug.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry<Colour> colours =
      new Registry<>("colour", Colour.class, List.of(new Named("red"), new Named("green")));

  /** A kind of thing; a file of the test resources adds {@link FromClassPath}. */
  public interface Colour extends Registered {}

  private record Named(String name, Set<String> aliases) implements Colour {
    Named(String name) {
      this(name, Set.of());
    }

    @Override
    public String description() {
      return "the colour " + name;
    }
  }

  /** What {@code META-INF/services} names. */
  public static final class FromClassPath implements Colour {
    @Override
    public String name() {
      return "ultra-violet";
    }

    @Override
    public String description() {
      return "from the class path";
    }
  }

  @Test
  void names_are_those_built_in_then_those_of_the_class_path_then_those_registered() {
    colours.register(new Named("blue"));
    assertThat(colours.names()).containsExactly("red", "green", "ultra-violet", "blue");
    assertThat(colours.named("blue").description()).isEqualTo("the colour blue");
    assertThat(colours.named("ultra-violet")).isInstanceOf(FromClassPath.class);
  }

  @Test
  void an_alias_finds_its_entry_and_is_not_listed() {
    colours.register(new Named("grey", Set.of("gray")));
    assertThat(colours.named("gray").name()).isEqualTo("grey");
    assertThat(colours.names()).doesNotContain("gray");
  }

  @Test
  void what_is_unknown_is_named_with_what_is_known() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> colours.named("pink"))
        .withMessage("colour: \"pink\", allowed: red, green, ultra-violet");
    assertThat(colours.find("pink")).isEmpty();
  }

  @Test
  void a_name_cannot_be_taken_twice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> colours.register(new Named("red")))
        .withMessage("colour: \"red\" exists already, allowed: a new name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> colours.register(new Named("rose", Set.of("red"))))
        .withMessageContaining("\"red\" exists already");
    assertThat(colours.names()).hasSize(3);
  }

  @Test
  void a_name_is_of_lower_case_letters_digits_hyphens_and_dots() {
    for (String name : List.of("", "Red", "dark red", "-red", "red-", "red:1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> colours.register(new Named(name)))
          .withMessageContaining("allowed: lower-case letters, digits");
    }
    colours.register(new Named("red-2.5"));
    assertThat(colours.names()).contains("red-2.5");
  }

  @Test
  void what_was_registered_can_be_taken_back_and_what_is_built_in_cannot() {
    colours.register(new Named("blue"));
    colours.unregister("blue");
    assertThat(colours.names()).doesNotContain("blue");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> colours.unregister("red"))
        .withMessageContaining("is built in");
  }

  @Test
  void a_rule_of_the_kind_is_asked_about_every_new_entry() {
    Registry<Colour> few =
        new Registry<>(
            "colour",
            Colour.class,
            List.of(new Named("red")),
            (entry, known) -> {
              if (known.size() > 1) {
                throw new IllegalArgumentException("colour: a third one, allowed: two");
              }
            });
    assertThat(few.names()).containsExactly("red", "ultra-violet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> few.register(new Named("blue")))
        .withMessage("colour: a third one, allowed: two");
    assertThat(few.names()).doesNotContain("blue");
  }

  /** A kind whose entry of the class path takes a name that is built in. */
  public interface Shade extends Registered {}

  /** What {@code META-INF/services} names. */
  public static final class Conflicting implements Shade {
    @Override
    public String name() {
      return "dark";
    }

    @Override
    public String description() {
      return "a second one";
    }
  }

  private record BuiltInShade(String name, String description) implements Shade {}

  @Test
  void a_conflict_on_the_class_path_is_named_with_file_and_class() {
    Registry<Shade> shades =
        new Registry<>("shade", Shade.class, List.of(new BuiltInShade("dark", "the first one")));
    assertThatIllegalArgumentException()
        .isThrownBy(shades::names)
        .withMessage(
            "META-INF/services/%s: %s: shade: \"dark\" exists already, allowed: a new name",
            Shade.class.getName(), Conflicting.class.getName());
  }

  /** A kind whose file names a class that is not there. */
  public interface Tint extends Registered {}

  @Test
  void a_file_on_the_class_path_that_names_no_class_is_named() {
    Registry<Tint> tints = new Registry<>("tint", Tint.class, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(tints::names)
        .withMessage(
            "META-INF/services/%s: Provider no.such.Tint not found, allowed: names of classes with a"
                + " public constructor without arguments",
            Tint.class.getName());
  }
}
