package io.github.smartaug.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the public types of the project are, and which of them nobody outside needs. */
final class PublicTypes {
  private final JavaClasses classes;

  /** Each top-level type with its nested ones, those that are not public left out. */
  private final Map<JavaClass, List<JavaClass>> visibleParts;

  private final Set<JavaClass> usedElsewhere;

  PublicTypes(JavaClasses classes) {
    this.classes = classes;
    visibleParts =
        classes.stream()
            .filter(PublicTypes::isPublic)
            .collect(Collectors.groupingBy(PublicTypes::topLevel));
    usedElsewhere =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(
                use ->
                    !use.getOriginClass()
                        .getPackageName()
                        .equals(use.getTargetClass().getPackageName()))
            .map(use -> topLevel(use.getTargetClass()))
            .collect(Collectors.toSet());
  }

  /**
   * Public types, nested ones too, whose simple names are taken: a program that imports both
   * packages whole does not compile.
   */
  Set<String> namedLike(Set<String> taken) {
    return classes.stream()
        .filter(PublicTypes::isPublic)
        .filter(type -> taken.contains(type.getSimpleName()))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Public top-level types that nobody outside their package needs: no other package refers to
   * them, no page for users names them, and they stand in no signature of a type that is needed.
   *
   * @param candidates which types to judge
   * @param named whether a page for users, or a source outside the classes at hand, names a type
   */
  Set<String> unneeded(Predicate<JavaClass> candidates, Predicate<JavaClass> named) {
    Set<JavaClass> needed =
        closure(
            classes.stream()
                .filter(
                    type -> isTopLevel(type) && (named.test(type) || usedElsewhere.contains(type)))
                .collect(Collectors.toSet()));
    return classes.stream()
        .filter(type -> isTopLevel(type) && isPublic(type) && candidates.test(type))
        .filter(type -> !needed.contains(type))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those, and what their signatures name, and what the signatures of these name, and so on. */
  private Set<JavaClass> closure(Collection<JavaClass> start) {
    Set<JavaClass> reached = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      JavaClass type = open.pop();
      if (reached.add(type)) {
        visibleParts.getOrDefault(type, List.of()).stream()
            .flatMap(PublicTypes::signature)
            .map(PublicTypes::topLevel)
            .forEach(open::push);
      }
    }
    return reached;
  }

  /** All types in what is public or protected of a type, and those that it is itself. */
  private static Stream<JavaClass> signature(JavaClass type) {
    Stream<JavaType> supertypes =
        Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
    Stream<JavaType> members =
        type.getMembers().stream().filter(PublicTypes::isVisible).flatMap(PublicTypes::signature);
    return Stream.concat(supertypes, members)
        .flatMap(part -> part.getAllInvolvedRawTypes().stream());
  }

  private static Stream<JavaType> signature(JavaMember member) {
    if (member instanceof JavaCodeUnit unit) {
      return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    }
    return Stream.of(((JavaField) member).getType());
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isTopLevel(JavaClass type) {
    return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(PublicTypes::topLevel).orElse(type);
  }
}
