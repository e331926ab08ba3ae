package io.github.smartaug.cli.plot;

import io.github.smartaug.cli.plot.ContactSheet.Picture;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/** Draws a {@link ContactSheet}. */
final class ContactSheetPainter {
  private static final int MARGIN = 20;
  private static final int GAP = 8;
  private static final int CELL_PIXELS = 96;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color INK = new Color(0x202020);
  private static final Color FAINT_INK = new Color(0x606060);
  private static final Color LINE = new Color(0xd8d8d8);
  private static final int LINE_HEIGHT = 16;
  private static final int TITLE_HEIGHT = 26;

  private final ContactSheet sheet;
  private final int imageWidth;
  private final int imageHeight;
  private final int labelWidth;
  private final List<String> title;
  private final List<String> subtitle;

  ContactSheetPainter(ContactSheet sheet) {
    this.sheet = sheet;
    BufferedImage first = sheet.rows().get(0).pictures().get(0).image();
    int longer = Math.max(first.getWidth(), first.getHeight());
    // Whole multiples, so that every pixel stays a square of the same size.
    int scale = Math.max(1, Math.round((float) CELL_PIXELS / longer));
    this.imageWidth = scale * first.getWidth();
    this.imageHeight = scale * first.getHeight();
    this.labelWidth = widestLabel();
    int width = width() - 2 * MARGIN;
    this.title = WrappedText.lines(sheet.title(), metrics(TITLE), width);
    this.subtitle = WrappedText.lines(sheet.subtitle(), metrics(TEXT), width);
  }

  BufferedImage paint() {
    BufferedImage picture = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      paintHead(graphics);
      int y = headHeight();
      for (Row row : sheet.rows()) {
        paintRow(graphics, row, y);
        y += rowHeight();
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void paintHead(Graphics2D graphics) {
    int y = MARGIN;
    for (String line : title) {
      text(graphics, TITLE, INK, line, MARGIN, y + TITLE.getSize());
      y += TITLE_HEIGHT;
    }
    for (String line : subtitle) {
      y += LINE_HEIGHT;
      text(graphics, TEXT, FAINT_INK, line, MARGIN, y);
    }
    int baseline = headHeight() - GAP;
    for (int column = 0; column < sheet.heads().size(); column++) {
      centred(graphics, TEXT, FAINT_INK, sheet.heads().get(column), column, baseline);
    }
  }

  private void paintRow(Graphics2D graphics, Row row, int top) {
    graphics.setColor(LINE);
    graphics.drawLine(MARGIN, top, width() - MARGIN, top);
    int baseline = top + GAP + NAME.getSize();
    text(graphics, NAME, INK, row.name(), MARGIN, baseline);
    for (String note : row.notes()) {
      baseline += LINE_HEIGHT;
      text(graphics, TEXT, FAINT_INK, note, MARGIN, baseline);
    }
    for (int column = 0; column < row.pictures().size(); column++) {
      paintPicture(graphics, row.pictures().get(column), column, top + GAP);
    }
  }

  private void paintPicture(Graphics2D graphics, Picture picture, int column, int y) {
    int x = x(column);
    graphics.drawImage(picture.image(), x, y, imageWidth, imageHeight, null);
    graphics.setColor(LINE);
    graphics.drawRect(x - 1, y - 1, imageWidth + 1, imageHeight + 1);
    centred(graphics, CAPTION, INK, picture.caption(), column, y + imageHeight + LINE_HEIGHT - 2);
  }

  private void centred(
      Graphics2D graphics, Font font, Color ink, String text, int column, int baseline) {
    int free = imageWidth - graphics.getFontMetrics(font).stringWidth(text);
    text(graphics, font, ink, text, x(column) + free / 2, baseline);
  }

  private static void text(
      Graphics2D graphics, Font font, Color ink, String text, int x, int baseline) {
    graphics.setFont(font);
    graphics.setColor(ink);
    graphics.drawString(text, x, baseline);
  }

  private int x(int column) {
    return MARGIN + labelWidth + 2 * GAP + column * (imageWidth + GAP);
  }

  private int columns() {
    return sheet.rows().stream().mapToInt(row -> row.pictures().size()).max().orElseThrow();
  }

  /** That of the pictures, which the texts above are wrapped to. */
  private int width() {
    return x(columns()) - GAP + MARGIN;
  }

  private int headHeight() {
    return MARGIN + title.size() * TITLE_HEIGHT + (subtitle.size() + 2) * LINE_HEIGHT + GAP;
  }

  private int rowHeight() {
    int mostNotes = sheet.rows().stream().mapToInt(row -> row.notes().size()).max().orElseThrow();
    int label = NAME.getSize() + mostNotes * LINE_HEIGHT;
    return Math.max(label, imageHeight + LINE_HEIGHT) + 2 * GAP;
  }

  private int height() {
    return headHeight() + sheet.rows().size() * rowHeight() + MARGIN - GAP;
  }

  private int widestLabel() {
    FontMetrics names = metrics(NAME);
    FontMetrics notes = metrics(TEXT);
    return sheet.rows().stream()
        .flatMap(
            row ->
                Stream.concat(Stream.of(names.stringWidth(row.name())), widths(notes, row.notes())))
        .mapToInt(Integer::intValue)
        .max()
        .orElseThrow();
  }

  private static Stream<Integer> widths(FontMetrics metrics, List<String> lines) {
    return lines.stream().map(metrics::stringWidth);
  }

  private static FontMetrics metrics(Font font) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(font);
    } finally {
      graphics.dispose();
    }
  }
}
