package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.console.Durations;
import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.cli.run.RunFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    for (Path image : listing.images()) {
      String name = listing.name(image);
      ImageTask task = new ImageTask(image, name, tasks.size(), targets.of(output.resolve(name)));
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
    int written;
    try (ItemProgress progress = ItemProgress.on(out, err, "images", tasks.size())) {
      hidden.forEach(
          path -> progress.complain("smartaug: left out, hidden: " + OneLine.of(path.toString())));
      bad.forEach(reason -> complain(progress, reason));
      ImageWorker worker = new ImageWorker(operation, options);
      written =
          new ParallelWork(worker, options.threads())
              .process(tasks, progress::done, reason -> complain(progress, reason));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%d of %d images written to %s in %s",
            written,
            tasks.size(),
            options.output(),
            Durations.text((System.nanoTime() - started) / 1e9)));
    failIfSkipped(tasks.size() - written + bad.size(), written);
  }

  private static void complain(ItemProgress progress, String reason) {
    progress.complain("smartaug: skipped: " + OneLine.of(reason));
  }

  private void failIfSkipped(int skipped, int written) {
    if (written == 0) {
      throw new RunFailedException("no image of " + options.input() + " could be used");
    }
    if (skipped > 0 && !options.skipsBad()) {
      throw new RunFailedException(
          skipped
              + (skipped == 1 ? " file was" : " files were")
              + " skipped, as said above (--skip-bad makes that no failure)");
    }
  }
}
