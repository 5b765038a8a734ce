package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class XmlTextTest {
    @Test
    void anAnswerBecomesJson() throws Exception {
        String xml = "<R xmlns=\"x\"><RResult><User><Name>a</Name><Tags><member><Key>k</Key></member></Tags></User>"
                + "<Users></Users><Map><entry><key>n</key><value>1</value></entry></Map>"
                + "<PolicyDocument>%7B%2B%20%7D</PolicyDocument></RResult></R>";
        assertThat(XmlText.json(xml))
                .isEqualTo("{\"User\":{\"Name\":\"a\",\"Tags\":[{\"Key\":\"k\"}]},\"Users\":[],\"Map\":{\"n\":\"1\"},"
                        + "\"PolicyDocument\":\"{+ }\"}");
    }

    @Test
    void anErrorIsItsCodeAndItsText() {
        assertThat(XmlText.error("<E><Error><Code>C</Code><Message>m</Message></Error></E>"))
                .contains("C: m");
        assertThat(XmlText.error("<E></E>")).isEmpty();
        assertThat(XmlText.error("{}")).isEmpty();
    }

    @Test
    void noEntityIsRead() {
        String xml = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><RResult>&x;</RResult></r>";
        assertThatThrownBy(() -> XmlText.json(xml)).isInstanceOf(IOException.class);
    }
}
