package io.github.smartaug.cli.plot;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Rows of pictures, each row with a name and notes on its left, each picture with a caption below.
 *
 * @param title above all, in bold
 * @param subtitle below the title
 * @param heads above the columns of pictures; as many as the longest row has pictures
 * @param rows from top to bottom, at least one
 */
public record ContactSheet(String title, String subtitle, List<String> heads, List<Row> rows) {
  /** Copies the lists. */
  public ContactSheet {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /**
   * Pictures under one name.
   *
   * @param name in bold
   * @param notes lines below the name
   * @param pictures from left to right, at least one
   */
  public record Row(String name, List<String> notes, List<Picture> pictures) {
    /** Copies the lists. */
    public Row {
      notes = List.copyOf(notes);
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A picture with its caption.
   *
   * @param image all of a sheet have one size
   * @param caption one short line, may be empty
   */
  public record Picture(BufferedImage image, String caption) {}

  /** The sheet as a picture. */
  public BufferedImage draw() {
    return new ContactSheetPainter(this).paint();
  }
}
