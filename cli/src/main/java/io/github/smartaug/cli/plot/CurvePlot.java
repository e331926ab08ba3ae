package io.github.smartaug.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over the epochs as a PNG picture.
 *
 * @param title above the picture
 * @param yTitle what the values are, with their unit
 * @param valueFormat of the last value, shown in the legend, such as {@code %.3f}
 * @param curves in the order of the legend
 */
public record CurvePlot(String title, String yTitle, String valueFormat, List<Curve> curves) {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 700;

  /** Hues far apart from their neighbours, all dark enough for thin lines on white. */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x1f77b4),
          new Color(0xd62728),
          new Color(0x2ca02c),
          new Color(0xff7f0e),
          new Color(0x9467bd),
          new Color(0x17becf),
          new Color(0x8c564b),
          new Color(0xe377c2),
          new Color(0x7f7f7f),
          new Color(0xa8a800));

  /** Shares of the largest value: curves that span less are flat, and get an axis of that width. */
  private static final double FLAT = 1e-4;

  private static final double WIDTH_OF_FLAT = 0.1;

  private static final List<BasicStroke> LINES =
      List.of(SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DOT_DOT);

  private static final List<Marker> MARKERS =
      List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

  /** Copies the list. */
  public CurvePlot {
    curves = List.copyOf(curves);
  }

  /** The picture. */
  public byte[] png() throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    widenFlatAxis(chart.getStyler());
    curves.forEach(curve -> addCurve(chart, curve));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(chart, bytes, BitmapFormat.PNG);
    return bytes.toByteArray();
  }

  private void style(XYStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setChartTitleBoxVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(new Color(0xdddddd));
    styler.setPlotBorderColor(new Color(0x888888));
    styler.setMarkerSize(6);
    styler.setXAxisDecimalPattern("0.##");
    styler.setYAxisDecimalPattern("0.####");
    styler.setPlotContentSize(0.98);
    styler.setLocale(Locale.ROOT);
  }

  /** The search for tick marks would never end on an axis that spans a few units of rounding. */
  private void widenFlatAxis(XYStyler styler) {
    DoubleSummaryStatistics values =
        curves.stream()
            .flatMapToDouble(curve -> curve.values().stream().mapToDouble(Double::doubleValue))
            .filter(Double::isFinite)
            .summaryStatistics();
    double largest = Math.max(Math.abs(values.getMin()), Math.abs(values.getMax()));
    if (values.getCount() > 0 && values.getMax() - values.getMin() <= FLAT * largest) {
      double margin = largest == 0 ? 1 : WIDTH_OF_FLAT * largest;
      styler.setYAxisMin(values.getMin() - margin);
      styler.setYAxisMax(values.getMax() + margin);
    }
  }

  private void addCurve(XYChart chart, Curve curve) {
    String label = curve.name() + "  " + String.format(Locale.ROOT, valueFormat, curve.last());
    XYSeries series = chart.addSeries(label, curve.epochs(), curve.values());
    Color color = COLORS.get(curve.style() % COLORS.size());
    int round = curve.style() / COLORS.size();
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(LINES.get(round % LINES.size()));
    series.setLineWidth(2);
    series.setMarker(MARKERS.get(round % MARKERS.size()));
  }
}
