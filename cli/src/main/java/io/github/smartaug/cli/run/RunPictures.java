package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.cli.plot.CurvePlot;
import io.github.smartaug.cli.plot.RunPlots;
import io.github.smartaug.cli.plot.SampleGrid;
import io.github.smartaug.cli.preview.PolicyStrengths;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.TestMetrics.MistakeEntry;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.PolicyReports;
import io.github.smartaug.train.TransformReport;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
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

  /** Writes those of training. */
  void write(List<EpochReport> epochs, Augmenter augmenter, long seed) throws IOException {
    draw(
        () -> {
          writePlots(epochs);
          writeSamples(augmenter, seed);
          writeStrengths(augmenter);
        });
  }

  /** Writes that of mistakes, if there are any. */
  void write(List<MistakeEntry> mistakes) throws IOException {
    if (!mistakes.isEmpty()) {
      draw(
          () -> {
            SampleGrid grid =
                MistakeImages.grid(
                    "What it was taken for, and what it is - " + title,
                    mistakes,
                    inputs.used().test());
            write(RunFile.MISTAKES, grid.png());
          });
    }
  }

  private interface Drawing {
    void draw() throws IOException;
  }

  /** A machine that cannot draw text (no fonts) is no reason to fail a run. */
  private static void draw(Drawing drawing) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      drawing.draw();
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
    write(file, plot.png());
  }

  private void write(RunFile file, byte[] png) throws IOException {
    AtomicFile.write(folder.file(file), out -> out.write(png));
  }

  private void writeStrengths(Augmenter augmenter) throws IOException {
    if (augmenter.transformPolicy().isPresent()) {
      BufferedImage sheet =
          PolicyStrengths.sheet(
                  title,
                  augmenter.transformPolicy().get(),
                  inputs.used().training(),
                  inputs.used().name())
              .draw();
      AtomicFile.write(folder.file(RunFile.STRENGTHS), out -> ImageIO.write(sheet, "png", out));
    }
  }

  private void writeSamples(Augmenter augmenter, long seed) throws IOException {
    Optional<TransformPolicy> policy = augmenter.transformPolicy();
    if (policy.isEmpty()) {
      return;
    }
    SampleImages samples =
        new SampleImages(inputs.used().training(), policy.get(), RandomStream.of(seed, "samples"));
    write(RunFile.SAMPLES, samples.grid("Original, and augmented copies - " + title).png());
  }
}
