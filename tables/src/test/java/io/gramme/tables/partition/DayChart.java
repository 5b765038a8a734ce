package io.gramme.tables.partition;

import java.util.List;
import java.util.Locale;

/** A picture of a day as SVG: panels below each other over the same hours, each with curves over one scale from zero. */
record DayChart(String title, List<Panel> panels) {
    private static final int WIDTH = 760;
    private static final int LEFT = 64;
    private static final int RIGHT = 740;
    private static final int HEAD = 34;
    private static final int PANEL = 210;
    private static final int PLOT_TOP = 40;
    private static final int PLOT_HEIGHT = 130;
    private static final int HOURS = 24;
    private static final int HOURS_BETWEEN = 3;
    private static final int STEPS = 4;
    private static final List<String> COLOURS = List.of("#888888", "#d55e00", "#0072b2");

    record Panel(String title, double top, List<Curve> curves) {}

    /** @param values at equal distances over the day */
    @SuppressWarnings("ArrayRecordComponent") // Drawn once, and never compared.
    record Curve(String name, String colour, double[] values) {}

    static Curve demand(String name, double[] values) {
        return new Curve(name, COLOURS.get(0), values);
    }

    static Curve fixed(String name, double[] values) {
        return new Curve(name, COLOURS.get(1), values);
    }

    static Curve split(String name, double[] values) {
        return new Curve(name, COLOURS.get(2), values);
    }

    String svg() {
        int height = HEAD + PANEL * panels.size();
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"%1$d\" height=\"%2$d\" fill=\"white\"/>%n",
                WIDTH,
                height));
        text(svg, WIDTH / 2, 22, "middle", "15", "black", title);
        for (int i = 0; i < panels.size(); i++) {
            panel(svg, panels.get(i), HEAD + PANEL * i);
        }
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }

    private static void panel(StringBuilder svg, Panel panel, int y) {
        int top = y + PLOT_TOP;
        int bottom = top + PLOT_HEIGHT;
        text(svg, LEFT, y + 14, "start", "13", "black", panel.title);
        int x = LEFT;
        for (Curve curve : panel.curves) {
            text(svg, x, y + 31, "start", "12", curve.colour, "\u2014 " + curve.name);
            x += 30 + 7 * curve.name.length();
        }
        for (int step = 0; step <= STEPS; step++) {
            int at = bottom - PLOT_HEIGHT * step / STEPS;
            line(svg, LEFT, at, RIGHT, at);
            text(
                    svg,
                    LEFT - 6,
                    at + 4,
                    "end",
                    "11",
                    "black",
                    String.format(Locale.ROOT, "%,.0f", panel.top * step / STEPS));
        }
        for (int hour = 0; hour <= HOURS; hour += HOURS_BETWEEN) {
            int at = LEFT + (RIGHT - LEFT) * hour / HOURS;
            line(svg, at, top, at, bottom);
            text(svg, at, bottom + 16, "middle", "11", "black", hour + ":00");
        }
        panel.curves.forEach(curve -> curve(svg, curve, panel.top, bottom));
    }

    private static void curve(StringBuilder svg, Curve curve, double most, int bottom) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                .append(curve.colour)
                .append("\" points=\"");
        for (int i = 0; i < curve.values.length; i++) {
            double x = LEFT + (RIGHT - LEFT) * (i + 1.0) / curve.values.length;
            double y = bottom - PLOT_HEIGHT * Math.min(1, curve.values[i] / most);
            svg.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", x, y));
        }
        svg.append("\"/>\n");
    }

    private static void line(StringBuilder svg, int x1, int y1, int x2, int y2) {
        svg.append(String.format(
                Locale.ROOT, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String size, String colour, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                size,
                colour,
                text));
    }
}
