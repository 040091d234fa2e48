package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void fillsPlacesAndLooksForNoneInTheValues() {
        assertThat(Template.fill("<h1>{{title}}</h1>", Map.of("title", "a {{title}} $1 \\")))
                .isEqualTo("<h1>a {{title}} $1 \\</h1>");
    }

    @Test
    void aPartStaysOnlyWithAValue() {
        String text = "a\n{{#b}}\n<p>{{b}}{{c}}</p>\n{{/b}}\nd";
        assertThat(Template.fill(text, Map.of("b", "B", "c", "C"))).isEqualTo("a\n<p>BC</p>\nd");
        assertThat(Template.fill(text, Map.of("b", "", "c", "C"))).isEqualTo("a\nd");
    }

    @Test
    void aSlipInTheTemplateIsToldByItsName() {
        assertThatThrownBy(() -> Template.fill("{{titel}}", Map.of("title", "")))
                .hasMessage("the template names {{titel}}, which has no value");
        assertThatThrownBy(() -> Template.fill("{{#title}}", Map.of("title", "")))
                .hasMessage("the template's part {{#title}} does not end");
    }
}
