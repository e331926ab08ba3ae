package io.github.smartaug.run;

import io.github.smartaug.input.JsonField;
import io.github.smartaug.tensor.TorchRuntime;

/**
 * What a run ran on, in {@code config.json}.
 *
 * @param smartaug version of SmartAug
 * @param libtorch version of libtorch and its binding
 * @param java version of Java, with its maker
 * @param operatingSystem with its version and the processor's architecture
 * @param processors number of processors that Java saw
 * @param threads number of threads of libtorch
 * @param blasThreads number of threads of its linear algebra
 * @param device such as {@code cpu} or {@code cuda:1}
 */
public record RunPlatform(
    String smartaug,
    String libtorch,
    String java,
    String operatingSystem,
    int processors,
    int threads,
    int blasThreads,
    String device) {
  /** What this process runs on. */
  public static RunPlatform current(String device) {
    return new RunPlatform(
        Versions.smartAug(),
        Versions.libtorch(),
        Versions.java(),
        Versions.operatingSystem(),
        Runtime.getRuntime().availableProcessors(),
        TorchRuntime.threads(),
        TorchRuntime.blasThreads(),
        device);
  }

  static RunPlatform read(JsonField field) {
    return new RunPlatform(
        field.field("smartaug").text(),
        field.field("libtorch").text(),
        field.field("java").text(),
        field.field("operating_system").text(),
        field.field("processors").wholeNumber(1),
        field.field("threads").wholeNumber(1),
        field.field("blas_threads").wholeNumber(1),
        field.field("device").text());
  }
}
