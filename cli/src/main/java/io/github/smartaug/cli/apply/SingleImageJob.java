package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One image file. */
record SingleImageJob(ImageWorker worker, ImageTask task) implements ApplyJob {
  static SingleImageJob prepare(ApplyOptions options, ImageOperation operation) {
    Path input = options.input();
    if (ImageFormat.of(input).isEmpty()) {
      throw new IllegalArgumentException(
          input
              + ": unknown kind of file, allowed: a folder, "
              + ImageFormat.allowedSuffixes()
              + ", .npy");
    }
    operation.requireImages(1, input.toString());
    String name = input.getFileName().toString();
    Path output =
        Files.isDirectory(options.output())
            ? options.output().resolve(Targets.writtenName(name))
            : options.output();
    if (ImageFormat.ofName(output).filter(ImageFormat::isWritten).isEmpty()) {
      throw new IllegalArgumentException(
          output
              + ": not the name of an image that can be written, allowed: "
              + ImageFormat.writtenSuffixes()
              + ", or a folder that exists");
    }
    Targets.requireFolder(output);
    Targets targets = new Targets(options);
    targets.requireFree(targets.of(output));
    return new SingleImageJob(
        new ImageWorker(operation, options), new ImageTask(input, name, 0, targets.of(output)));
  }

  @Override
  public void execute(PrintStream out, PrintStream err) throws IOException {
    // As for the images of a folder, so that both give the same bits.
    TorchRuntime.setThreads(1);
    worker.process(task);
  }
}
