package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gramme.benchmark.Chart.Dot;
import io.gramme.benchmark.Chart.Line;
import io.gramme.benchmark.Chart.Scale;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    private static final List<Line> LINES = List.of(
            new Line("a < b", List.of(new Dot(100, 1, ""), new Dot(1000, 2, "32"), new Dot(10_000, 4, ""))),
            new Line("other", List.of(new Dot(100, 3, ""))));

    private static Document picture(Scale scale) throws Exception {
        String svg = new Chart("title", "across", "up", scale, LINES).svg();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static double attribute(Document picture, String element, int index, String name) {
        return Double.parseDouble(
                ((Element) picture.getElementsByTagName(element).item(index)).getAttribute(name));
    }

    private static List<String> texts(Document picture) {
        NodeList texts = picture.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    @Test
    void everyLineIsNamedAndEveryDotIsThere() throws Exception {
        Document picture = picture(Scale.LINEAR);
        assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(4);
        assertThat(texts(picture)).contains("title", "across", "up", "a < b", "other", "32");
    }

    @Test
    void fromLeftToRightEqualFactorsAreEqualSteps() throws Exception {
        Document picture = picture(Scale.LINEAR);
        double first = attribute(picture, "circle", 0, "cx");
        double second = attribute(picture, "circle", 1, "cx");
        assertThat(attribute(picture, "circle", 2, "cx") - second).isCloseTo(second - first, within(0.2));
    }

    @Test
    void aLinearScaleBeginsAtZeroAndALogarithmicOneHasEqualStepsForEqualFactors() throws Exception {
        Document linear = picture(Scale.LINEAR);
        assertThat(steps(linear)).isCloseTo(2, within(0.02));
        assertThat(texts(linear)).contains("0");
        assertThat(steps(picture(Scale.LOGARITHMIC))).isCloseTo(1, within(0.02));
    }

    /** How much higher it is from the second dot to the third than from the first to the second. */
    private static double steps(Document picture) {
        double first = attribute(picture, "circle", 0, "cy");
        double second = attribute(picture, "circle", 1, "cy");
        return (attribute(picture, "circle", 2, "cy") - second) / (second - first);
    }

    @Test
    void anEmptyPictureIsRefused() {
        var line = new Line("empty", List.of());
        assertThatThrownBy(() -> new Chart("title", "", "", Scale.LINEAR, List.of(line)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
