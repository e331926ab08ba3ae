package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.options.PreviewOptions;
import io.github.smartaug.cli.plot.ContactSheet;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Draws a contact sheet and writes it. */
public final class PreviewJob {
  private final PreviewOptions options;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  public PreviewJob(PreviewOptions options) throws IOException {
    options.check();
    this.options = options;
    Path out = options.out();
    if (ImageFormat.ofName(out).filter(format -> format == ImageFormat.PNG).isEmpty()) {
      throw new IllegalArgumentException("--out: " + out + ", allowed: the name of a .png file");
    }
    Path folder = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--out: the folder " + folder + " does not exist");
    }
    if (options.image().isPresent()
        && Files.exists(out)
        && Files.exists(options.image().get())
        && Files.isSameFile(out, options.image().get())) {
      throw new IllegalArgumentException(
          "--out: " + out + " is the image itself, allowed: another file");
    }
  }

  /**
   * Does the work; tensors are in the current scope.
   *
   * @param console where it says which file it wrote
   * @throws IllegalArgumentException if a file is wrong
   */
  public void execute(PrintStream console) throws IOException {
    ContactSheet sheet = sheet();
    BufferedImage picture = draw(sheet);
    AtomicFile.write(options.out(), out -> ImageIO.write(picture, "png", out));
    console.println("contact sheet in " + options.out());
  }

  private ContactSheet sheet() throws IOException {
    PreviewImage image = PreviewImage.of(options);
    if (options.policy().isPresent()) {
      Path file = options.policy().get();
      return new PolicySheet(PolicyContent.read(file), file.toString(), image, options.columns())
          .sheet();
    }
    return new SetSheet(options.transforms(), image, options.columns()).sheet();
  }

  private static BufferedImage draw(ContactSheet sheet) {
    System.setProperty("java.awt.headless", "true");
    try {
      return sheet.draw();
    } catch (LinkageError | InternalError e) {
      throw new RunFailedException(
          "this Java cannot draw text (are fontconfig and a font installed?): " + e, e);
    }
  }
}
