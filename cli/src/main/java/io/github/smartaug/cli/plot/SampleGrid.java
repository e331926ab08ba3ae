package io.github.smartaug.cli.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of small images in rows, enlarged, each with a few lines of text below.
 *
 * @param title above the grid
 * @param rows of cells, none longer than the first; images all of the same size
 * @param firstApart whether a wider gap sets the first image of a row apart
 */
public record SampleGrid(String title, List<List<Cell>> rows, boolean firstApart) {
  private static final int CELL_PIXELS = 112;
  private static final int GAP = 10;
  private static final int TITLE_HEIGHT = 40;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Copies the rows. */
  public SampleGrid {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Rows of an original and what was made of it. */
  public static SampleGrid ofOriginals(String title, List<List<Cell>> rows) {
    return new SampleGrid(title, rows, true);
  }

  /** Rows of images that are all of one kind. */
  public static SampleGrid ofAlike(String title, List<List<Cell>> rows) {
    return new SampleGrid(title, rows, false);
  }

  /**
   * An image with its caption.
   *
   * @param image not enlarged
   * @param caption one entry per line
   */
  public record Cell(BufferedImage image, List<String> caption) {
    /** Copies the caption. */
    public Cell {
      caption = List.copyOf(caption);
    }
  }

  /** The picture. */
  public byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(draw(), "png", bytes);
    return bytes.toByteArray();
  }

  private BufferedImage draw() {
    Layout layout = layout();
    BufferedImage picture =
        new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      graphics.setColor(Color.BLACK);
      graphics.setFont(TITLE);
      graphics.drawString(title, GAP, TITLE_HEIGHT - 14);
      graphics.setFont(LABEL);
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          drawCell(graphics, layout, rows.get(row).get(column), row, column);
        }
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private static void drawCell(Graphics2D graphics, Layout layout, Cell cell, int row, int column) {
    int x = layout.x(column);
    int y = layout.y(row);
    graphics.drawImage(cell.image(), x, y, layout.imageWidth(), layout.imageHeight(), null);
    graphics.setColor(new Color(0xaaaaaa));
    graphics.drawRect(x - 1, y - 1, layout.imageWidth() + 1, layout.imageHeight() + 1);
    graphics.setColor(Color.BLACK);
    FontMetrics metrics = graphics.getFontMetrics();
    int baseline = y + layout.imageHeight() + 2 + metrics.getAscent();
    for (String line : cell.caption()) {
      graphics.drawString(fitted(line, metrics, layout.imageWidth()), x, baseline);
      baseline += layout.lineHeight();
    }
  }

  private static String fitted(String line, FontMetrics metrics, int width) {
    String text = line;
    while (metrics.stringWidth(text) > width && text.length() > 2) {
      text = text.substring(0, text.length() - 2) + ".";
    }
    return text;
  }

  private Layout layout() {
    BufferedImage image = rows.get(0).get(0).image();
    int scale = Math.max(1, CELL_PIXELS / Math.max(image.getWidth(), image.getHeight()));
    int lines =
        rows.stream()
            .flatMap(List::stream)
            .mapToInt(cell -> cell.caption().size())
            .max()
            .orElseThrow();
    return new Layout(
        rows.size(),
        rows.get(0).size(),
        image.getWidth() * scale,
        image.getHeight() * scale,
        lines,
        LABEL.getSize() + 3,
        firstApart ? GAP : 0);
  }

  private record Layout(
      int rows,
      int columns,
      int imageWidth,
      int imageHeight,
      int captionLines,
      int lineHeight,
      int gapAfterFirst) {
    private int cellHeight() {
      return imageHeight + captionLines * lineHeight + GAP + 4;
    }

    int x(int column) {
      return GAP + column * (imageWidth + GAP) + (column > 0 ? gapAfterFirst : 0);
    }

    int y(int row) {
      return TITLE_HEIGHT + row * cellHeight();
    }

    int width() {
      return x(columns);
    }

    int height() {
      return y(rows);
    }
  }
}
