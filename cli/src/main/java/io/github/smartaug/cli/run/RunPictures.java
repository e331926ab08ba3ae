package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.cli.plot.CurvePlot;
import io.github.smartaug.cli.plot.RunPlots;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.PolicyReports;
import io.github.smartaug.train.TransformReport;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws the pictures of a run. */
final class RunPictures {
  private static final Logger LOG = LoggerFactory.getLogger(RunPictures.class);

  private final RunFolder folder;
  private final RunInputs inputs;
  private final String title;

  RunPictures(RunFolder folder, RunInputs inputs, String title) {
    this.folder = folder;
    this.inputs = inputs;
    this.title = title;
  }

  /** Writes them; a machine that cannot draw text (no fonts) is no reason to fail a run. */
  void write(List<EpochReport> epochs, Augmenter augmenter, long seed) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      writePlots(epochs);
      writeSamples(augmenter, seed);
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("no pictures, this Java cannot draw (are fontconfig and a font installed?): {}", e);
      LOG.debug("drawing failed", e);
    }
  }

  private void writePlots(List<EpochReport> epochs) throws IOException {
    RunPlots plots = new RunPlots(title, epochs);
    write(RunFile.LOSSES, plots.losses());
    write(RunFile.ACCURACY, plots.accuracy());
    Augmenter policy = inputs.augmenter();
    // The policy before the first epoch: another object only if it follows a schedule.
    Augmenter first = policy.inEpoch(0, epochs.size());
    Optional<TransformSet> transforms = first.transformPolicy().map(TransformPolicy::transforms);
    boolean changes = policy.learns() || first != policy;
    if (changes && transforms.isPresent()) {
      List<TransformReport> initial = PolicyReports.of(first);
      Set<String> withMagnitude =
          transforms.get().transforms().stream()
              .filter(named -> named.transform().usesValue())
              .map(NamedTransform::name)
              .collect(Collectors.toUnmodifiableSet());
      write(RunFile.PROBABILITIES, plots.probabilities(initial));
      if (!withMagnitude.isEmpty()) {
        write(RunFile.MAGNITUDES, plots.magnitudes(initial, withMagnitude));
      }
    }
  }

  private void write(RunFile file, CurvePlot plot) throws IOException {
    byte[] png = plot.png();
    AtomicFile.write(folder.file(file), out -> out.write(png));
  }

  private void writeSamples(Augmenter augmenter, long seed) throws IOException {
    Optional<TransformSet> transforms =
        augmenter.transformPolicy().map(TransformPolicy::transforms);
    if (transforms.isEmpty()) {
      return;
    }
    SampleImages samples =
        new SampleImages(
            inputs.used().training(),
            augmenter,
            transforms.get(),
            RandomStream.of(seed, "samples"));
    byte[] png = samples.grid("Original, and augmented copies - " + title).png();
    AtomicFile.write(folder.file(RunFile.SAMPLES), out -> out.write(png));
  }
}
