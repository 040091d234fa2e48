package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NameIndexTest {

    @Property
    void isASetInTheOrderOfItsNames(@ForAll @Size(max = 200) List<@IntRange(max = 60) Integer> numbers) {
        NameIndex index = new NameIndex();
        LinkedHashSet<String> expected = new LinkedHashSet<>();
        for (int number : numbers) {
            // "Aa" and "BB" have one hash
            String name = (number % 2 == 0 ? "Aa" : "BB") + number / 2;
            index.add(name);
            expected.add(name);
        }
        List<String> names = new ArrayList<>(expected);

        assertThat(index.names()).isEqualTo(names);
        for (int i = 0; i < names.size(); i++) {
            assertThat(index.indexOf(names.get(i))).isEqualTo(i);
        }
        assertThat(index.indexOf("no such name")).isEqualTo(-1);
        assertThat(index.copy().names()).isEqualTo(names);
    }
}
