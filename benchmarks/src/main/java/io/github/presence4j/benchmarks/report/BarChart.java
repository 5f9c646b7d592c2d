package io.github.presence4j.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.Serial;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** A picture of horizontal bars in groups, each with its name before it and its number behind it, so that it needs no legend. */
final class BarChart {
    static final Color OURS = new Color(0x1d4ed8);
    static final Color OTHER = new Color(0x94a3b8);
    static final Color PALE = new Color(0x93c5fd);
    static final Color GOOD = new Color(0x15803d);
    static final Color BAD = new Color(0xb91c1c);
    private static final Color TEXT = new Color(0x1e293b);
    private static final Color GRID = new Color(0xd4dae3);
    private static final int WIDTH = 900;
    private static final int FRAME = 100;
    private static final int PER_ROW = 21;
    private static final double ROOM_FOR_LABELS = 2.5;
    private static final double ROOM_FOR_BOUNDS = 8;

    /** A line of the picture; the heading of a group has no number. */
    private record Row(int index, String name, double number, String label, Color colour) implements Comparable<Row> {
        boolean isHeading() {
            return Double.isNaN(number);
        }

        @Override
        public int compareTo(Row other) {
            return Integer.compare(index, other.index);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final String title;
    private final String unit;
    private String group = "";
    private double base = Double.NaN;

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Bars begin here, on either side, and a line marks it. */
    BarChart from(double start) {
        base = start;
        return this;
    }

    void add(String inGroup, String name, double number, String label, Color colour) {
        if (!inGroup.equals(group)) {
            group = inGroup;
            rows.add(new Row(rows.size(), inGroup, Double.NaN, "", TEXT));
        }
        rows.add(new Row(rows.size(), name, number, label, colour));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void write(Path file) throws IOException {
        int height = FRAME + rows.size() * PER_ROW;
        SVGGraphics2D graphics = graphics();
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        chart().draw(graphics, new Rectangle(WIDTH, height));
        try (Writer writer = Files.newBufferedWriter(file)) {
            graphics.stream(writer, true);
        }
    }

    private static SVGGraphics2D graphics() {
        try {
            return new SVGGraphics2D(DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private JFreeChart chart() {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        rows.forEach(row -> data.addValue(row.isHeading() ? null : row.number(), "", row));
        JFreeChart chart =
                ChartFactory.createBarChart(null, null, unit, data, PlotOrientation.HORIZONTAL, false, false, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 16));
        TextTitle heading = new TextTitle(title, font(Font.BOLD, 15));
        heading.setPaint(TEXT);
        heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
        heading.setPadding(new RectangleInsets(0, 4, 8, 0));
        chart.setTitle(heading);
        dress(chart.getCategoryPlot());
        return chart;
    }

    private void dress(CategoryPlot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setRangeAxis(axis());
        plot.setRenderer(renderer());
        CategoryAxis names = plot.getDomainAxis();
        names.setTickLabelFont(font(Font.PLAIN, 12));
        names.setTickLabelPaint(TEXT);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        names.setAxisLineVisible(false);
        names.setTickMarksVisible(false);
        names.setLowerMargin(0);
        names.setUpperMargin(0);
        names.setCategoryMargin(0.2);
        rows.stream().filter(Row::isHeading).forEach(row -> names.setTickLabelFont(row, font(Font.BOLD, 12)));
        if (!Double.isNaN(base)) {
            plot.addRangeMarker(new ValueMarker(base, TEXT, new BasicStroke(1.5f)));
        }
    }

    /** By powers of ten; the bars of a logarithmic axis begin where it does. */
    private ValueAxis axis() {
        double least = rows.stream()
                .mapToDouble(Row::number)
                .filter(number -> number > 0)
                .min()
                .orElse(1);
        double most = rows.stream()
                .mapToDouble(Row::number)
                .filter(number -> number > 0)
                .max()
                .orElse(1);
        NumberAxis plain = new NumberAxis(unit);
        LogAxis powers = new LogAxis(unit);
        boolean even = most / least < 10 && Double.isNaN(base);
        ValueAxis axis = even ? plain : powers;
        if (even) {
            axis.setRange(0, most * 1.2);
            plain.setNumberFormatOverride(new ReadableFormat());
        } else {
            axis.setRange(
                    Double.isNaN(base)
                            ? Math.pow(10, Math.floor(Math.log10(least) - 0.3))
                            : Math.min(least, base) / ROOM_FOR_LABELS,
                    Double.isNaN(base) ? most * ROOM_FOR_LABELS : Math.max(most, base) * ROOM_FOR_BOUNDS);
            powers.setNumberFormatOverride(new ReadableFormat());
            powers.setTickUnit(new NumberTickUnit(1));
        }
        axis.setLabelFont(font(Font.PLAIN, 12));
        axis.setLabelPaint(TEXT);
        axis.setTickLabelFont(font(Font.PLAIN, 11));
        axis.setTickLabelPaint(TEXT);
        axis.setAxisLineVisible(false);
        return axis;
    }

    private BarRenderer renderer() {
        BarRenderer renderer = new Coloured(rows);
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDefaultItemLabelGenerator(new Labels(rows));
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(font(Font.PLAIN, 11));
        renderer.setDefaultItemLabelPaint(TEXT);
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        renderer.setDefaultNegativeItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT));
        if (!Double.isNaN(base)) {
            renderer.setBase(base);
        }
        return renderer;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static final class Coloured extends BarRenderer {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<Row> rows;

        Coloured(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public Paint getItemPaint(int series, int row) {
            return rows.get(row).colour();
        }
    }

    private static final class Labels extends StandardCategoryItemLabelGenerator {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<Row> rows;

        Labels(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public String generateLabel(CategoryDataset data, int series, int row) {
            return rows.get(row).label();
        }
    }
}
