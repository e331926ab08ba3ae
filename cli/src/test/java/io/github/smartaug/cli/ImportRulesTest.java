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
          .layer("file")
          .definedBy(BASE + "file..")
          .layer("input")
          .definedBy(BASE + "input..")
          .layer("random")
          .definedBy(BASE + "random..")
          .layer("registry")
          .definedBy(BASE + "registry..")
          .layer("tensor")
          .definedBy(BASE + "tensor..")
          .layer("batch")
          .definedBy(BASE + "batch..")
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
          .layer("loss")
          .definedBy(BASE + "loss..")
          .layer("metric")
          .definedBy(BASE + "metric..")
          .layer("checkpoint")
          .definedBy(BASE + "checkpoint..")
          .layer("train")
          .definedBy(BASE + "train..")
          .layer("data")
          .definedBy(BASE + "data..")
          .layer("cli")
          .definedBy(BASE + "cli..")
          .whereLayer("file")
          .mayNotAccessAnyLayer()
          .whereLayer("input")
          .mayNotAccessAnyLayer()
          .whereLayer("random")
          .mayNotAccessAnyLayer()
          .whereLayer("registry")
          .mayNotAccessAnyLayer()
          .whereLayer("tensor")
          .mayOnlyAccessLayers("file", "random")
          .whereLayer("batch")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("transform")
          .mayOnlyAccessLayers("tensor", "input", "registry", "random", "file")
          .whereLayer("nn")
          .mayOnlyAccessLayers("tensor", "batch", "random", "file", "registry", "input")
          .whereLayer("optim")
          .mayOnlyAccessLayers("tensor", "input", "registry")
          .whereLayer("augment")
          .mayOnlyAccessLayers(
              "transform", "batch", "tensor", "input", "registry", "random", "file")
          .whereLayer("meta")
          .mayOnlyAccessLayers("optim", "tensor", "input", "registry")
          .whereLayer("loss")
          .mayOnlyAccessLayers("meta", "augment", "nn", "batch", "random", "tensor", "input")
          .whereLayer("metric")
          .mayOnlyAccessLayers("loss", "augment", "nn", "batch", "random", "tensor", "input")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("optim", "random", "tensor", "file")
          .whereLayer("train")
          .mayOnlyAccessLayers(
              "checkpoint",
              "metric",
              "loss",
              "meta",
              "augment",
              "nn",
              "optim",
              "transform",
              "batch",
              "random",
              "tensor",
              "input")
          .whereLayer("data")
          .mayOnlyAccessLayers("batch", "random", "tensor", "file", "registry")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching(BASE + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_command_line_are_free_of_cycles =
      slices().matching(BASE + "cli.(*)..").should().beFreeOfCycles();
}
