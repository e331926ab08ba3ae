package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.console.Durations;
import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.images.FolderListing;
import io.github.smartaug.cli.images.ParallelWork;
import io.github.smartaug.cli.images.SkippedFiles;
import io.github.smartaug.cli.options.ApplyOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** All images of a folder. */
record FolderJob(
    ApplyOptions options,
    ImageOperation operation,
    List<ImageTask> tasks,
    List<Path> hidden,
    List<String> bad)
    implements ApplyJob {

  static FolderJob prepare(ApplyOptions options, ImageOperation operation) throws IOException {
    Path input = options.input();
    Path output = options.output();
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IllegalArgumentException(
          output + ": is a file, allowed for the images of the folder " + input + ": a folder");
    }
    if (Targets.isInside(output, input)) {
      throw new IllegalArgumentException(
          "OUTPUT " + output + " is inside INPUT " + input + ", allowed: another folder");
    }
    FolderListing listing = FolderListing.of(input);
    operation.requireImages(listing.images().size(), input.toString());
    List<ImageTask> tasks = tasks(listing, output, new Targets(options));
    return new FolderJob(options, operation, tasks, listing.hidden(), listing.bad());
  }

  private static List<ImageTask> tasks(FolderListing listing, Path output, Targets targets)
      throws IOException {
    List<ImageTask> tasks = new ArrayList<>();
    List<Path> all = new ArrayList<>();
    Map<Path, String> sources = new HashMap<>();
    for (Path image : listing.images()) {
      String name = listing.name(image);
      Path written = output.resolve(Targets.writtenName(name));
      String other = sources.put(written, name);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s: would be the result of %s and of %s, allowed: images whose results have different names"
                .formatted(written, other, name));
      }
      ImageTask task = new ImageTask(image, name, tasks.size(), targets.of(written));
      tasks.add(task);
      all.addAll(task.targets());
    }
    for (Path target : all) {
      // OUTPUT may hold INPUT, and a subfolder of INPUT its name once more.
      if (Targets.isInside(target, listing.folder())) {
        throw new IllegalArgumentException(
            target + " would be inside INPUT " + listing.folder() + ", allowed: another OUTPUT");
      }
    }
    targets.requireFree(all);
    return tasks;
  }

  @Override
  public void execute(PrintStream out, PrintStream err) throws IOException {
    long started = System.nanoTime();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger written = new AtomicInteger();
    ItemProgress progress = ItemProgress.on(out, err, "images", tasks.size());
    SkippedFiles skipped = new SkippedFiles(options.input(), progress::complain);
    try (progress) {
      hidden.forEach(skipped::leaveOut);
      bad.forEach(skipped::add);
      ImageWorker worker = new ImageWorker(operation, options);
      new ParallelWork<ImageTask, Optional<String>>(
              task -> process(worker, task),
              options.threads(),
              "what is written stays",
              "run it again with --force")
          .process(
              tasks,
              reason -> {
                reason.ifPresentOrElse(skipped::add, written::incrementAndGet);
                progress.done(done.incrementAndGet());
              });
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%d of %d images written to %s in %s",
            written.get(),
            tasks.size(),
            options.output(),
            Durations.text((System.nanoTime() - started) / 1e9)));
    skipped.requireUsed(written.get());
    if (!options.skipsBad()) {
      skipped.requireNone();
    }
  }

  /** Why the image cannot be used, if it cannot. */
  private static Optional<String> process(ImageWorker worker, ImageTask task) throws IOException {
    try {
      worker.process(task);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
