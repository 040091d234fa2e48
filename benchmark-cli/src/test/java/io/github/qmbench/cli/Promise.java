package io.github.qmbench.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the sentences of a page that a test holds, each by how it begins. A row of a table is one sentence, by its first
 * column; {@link PromisesTest} compares them with the page.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Promise.Several.class)
public @interface Promise {

    /** The page, in {@code docs}. */
    Page page();

    /** The heading that the sentences stand under. */
    String section();

    /** How the sentences begin. */
    String[] value();

    /** The sentences of several sections or pages. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {
        /** Them. */
        Promise[] value();
    }

    /** A page whose promises have tests. */
    enum Page {
        RELIABILITY("reliability.md"),
        COMMAND_LINE("command-line.md");

        final String file;

        Page(String file) {
            this.file = file;
        }
    }
}
