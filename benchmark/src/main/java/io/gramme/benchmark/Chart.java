package io.gramme.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A line chart as SVG. The horizontal axis is logarithmic, the vertical one as its {@link Scale} says. */
record Chart(String title, String across, String up, Scale scale, List<Line> lines) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 80;
    private static final int RIGHT = 560;
    private static final int TOP = 50;
    private static final int BOTTOM = 340;

    /** The margin between the outermost dots and the frame, as a share of the scale. */
    private static final double ROOM = 1.1;

    /** The approximate number of grid lines of a linear scale. */
    private static final int STEPS = 5;

    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    /** The vertical scale: linear from zero, or logarithmic. */
    enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    record Line(String name, List<Dot> dots) {
        Line {
            dots = List.copyOf(dots);
        }
    }

    /** @param label the text beside the dot; may be empty */
    record Dot(double x, double y, String label) {}

    Chart {
        lines = List.copyOf(lines);
        if (lines.stream().allMatch(line -> line.dots().isEmpty())) {
            throw new IllegalArgumentException("Nothing to be seen: " + title);
        }
    }

    String svg() {
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="12">
                <rect width="%1$d" height="%2$d" fill="white"/>
                """.formatted(WIDTH, HEIGHT));
        svg.append(text(WIDTH / 2.0, 24, "middle", title).replace("<text ", "<text font-size=\"15\" "));
        svg.append(text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", across));
        svg.append(text(LEFT, TOP - 10, "middle", up));
        var x = Axis.logarithmic(least(Dot::x) / ROOM, most(Dot::x) * ROOM, LEFT, RIGHT);
        var y = switch (scale) {
            case LINEAR -> Axis.linear(most(Dot::y) * ROOM, BOTTOM, TOP);
            case LOGARITHMIC -> Axis.logarithmic(least(Dot::y) / ROOM, most(Dot::y) * ROOM, BOTTOM, TOP);
        };
        for (double mark : x.marks()) {
            svg.append(stroke(x.at(mark), TOP, x.at(mark), BOTTOM));
            svg.append(text(x.at(mark), BOTTOM + 18, "middle", number(mark)));
        }
        for (double mark : y.marks()) {
            svg.append(stroke(LEFT, y.at(mark), RIGHT, y.at(mark)));
            svg.append(text(LEFT - 8, y.at(mark) + 4, "end", number(mark)));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(line(lines.get(i), i, x, y));
        }
        return svg.append("</svg>\n").toString();
    }

    private double least(ToDoubleFunction<Dot> value) {
        return dots(value).min().orElseThrow();
    }

    private double most(ToDoubleFunction<Dot> value) {
        return dots(value).max().orElseThrow();
    }

    private DoubleStream dots(ToDoubleFunction<Dot> value) {
        return lines.stream().flatMap(line -> line.dots().stream()).mapToDouble(value);
    }

    private static String line(Line line, int index, Axis x, Axis y) {
        String colour = COLOURS.get(index % COLOURS.size());
        var path = new StringBuilder();
        var dots = new StringBuilder();
        for (Dot dot : line.dots()) {
            double left = x.at(dot.x());
            double top = y.at(dot.y());
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", left, top));
            dots.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", left, top, colour));
            if (!dot.label().isEmpty()) {
                dots.append(text(left + 5, top - 5, "start", dot.label()));
            }
        }
        int top = TOP + 20 * index;
        return String.format(
                        Locale.ROOT,
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                        path.toString().strip(),
                        colour)
                + dots
                + String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
                        RIGHT + 16,
                        top,
                        colour)
                + text(RIGHT + 34, top + 11, "start", line.name());
    }

    private static String stroke(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped);
    }

    private static String number(double value) {
        return value >= 1000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    /** The mapping of a scale's values to positions between two coordinates. */
    private record Axis(double from, double to, double place, double lastPlace, Scale scale) {

        static Axis linear(double to, double place, double lastPlace) {
            return new Axis(0, to, place, lastPlace, Scale.LINEAR);
        }

        static Axis logarithmic(double from, double to, double place, double lastPlace) {
            return new Axis(Math.log10(from), Math.log10(to), place, lastPlace, Scale.LOGARITHMIC);
        }

        double at(double value) {
            double on = scale == Scale.LINEAR ? value : Math.log10(value);
            return place + (on - from) / (to - from) * (lastPlace - place);
        }

        /** Round values: multiples of 1, 2 or 5 of a power of ten; of a long logarithmic scale the powers alone. */
        List<Double> marks() {
            if (scale == Scale.LINEAR) {
                double step = Math.pow(10, Math.floor(Math.log10(to / STEPS)));
                double rounded = List.of(1, 2, 5, 10).stream()
                        .mapToDouble(by -> by * step)
                        .filter(width -> to / width <= STEPS)
                        .findFirst()
                        .orElse(10 * step);
                return DoubleStream.iterate(0, value -> value <= to, value -> value + rounded)
                        .boxed()
                        .toList();
            }
            List<Integer> multiples = to - from > 2 ? List.of(1) : List.of(1, 2, 5);
            return IntStream.rangeClosed((int) Math.floor(from), (int) Math.ceil(to))
                    .boxed()
                    .flatMap(power -> multiples.stream().map(by -> by * Math.pow(10, power)))
                    .filter(value -> Math.log10(value) >= from && Math.log10(value) <= to)
                    .toList();
        }
    }
}
