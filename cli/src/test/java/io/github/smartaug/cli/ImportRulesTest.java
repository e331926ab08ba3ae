package io.github.smartaug.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house of docs/architecture.md: imports point downwards only, and never in a circle. */
@AnalyzeClasses(packages = "io.github.smartaug", importOptions = DoNotIncludeTests.class)
class ImportRulesTest {
  private static final String BASE = "io.github.smartaug.";

  @ArchTest
  static final ArchRule imports_point_downwards_only =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tensor")
          .definedBy(BASE + "tensor..")
          .layer("transform")
          .definedBy(BASE + "transform..")
          .layer("nn")
          .definedBy(BASE + "nn..")
          .layer("optim")
          .definedBy(BASE + "optim..")
          .layer("augment")
          .definedBy(BASE + "augment..")
          .layer("meta")
          .definedBy(BASE + "meta..")
          .layer("train")
          .definedBy(BASE + "train..")
          .layer("data")
          .definedBy(BASE + "data..")
          .layer("cli")
          .definedBy(BASE + "cli..")
          .whereLayer("tensor")
          .mayNotAccessAnyLayer()
          .whereLayer("transform")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("nn")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("optim")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("augment")
          .mayOnlyAccessLayers("transform", "tensor")
          .whereLayer("meta")
          .mayOnlyAccessLayers("augment", "nn", "optim", "tensor")
          .whereLayer("train")
          .mayOnlyAccessLayers("meta", "augment", "nn", "optim", "transform", "tensor")
          .whereLayer("data")
          .mayOnlyAccessLayers("train", "meta", "augment", "nn", "optim", "transform", "tensor")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching(BASE + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_command_line_are_free_of_cycles =
      slices().matching(BASE + "cli.(*)..").should().beFreeOfCycles();
}
