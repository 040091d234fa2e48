package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Javadoc is in plain English, and the first sentence on a public type or method stands alone in an index. Doclint reports
 * missing comments of exported packages when a release is made.
 */
class JavadocTest {

    private static final Path ROOT = Path.of("../..");

    private static final Pattern EXPORT = Pattern.compile("(?m)^    exports ([\\w.]+);");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(param|return|throws|see|since|deprecated)\\b");
    private static final Pattern PARAM = Pattern.compile("(?s)@param\\s+(\\S+)\\s+(.*?)\\s*(?=\\s@[a-z]|$)");

    /** The beginnings that the comment on a type must not have: a question, or a verb. */
    private static final String NO_NOUN = "(What|How|Why|Which|Where|Whether|When|See|[A-Z][a-z]*[a-rt-z]s)\\b.*";

    private static final String THIRD_PERSON = "[A-Z][a-z]+s\\b.*";

    @Test
    void theMainSourcesHaveNoFaults() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            for (Path file : files.filter(
                            one -> one.toString().matches("\\.\\./\\.\\./benchmark-\\w+/src/main/java/.*\\.java"))
                    .toList()) {
                sources.add(new Source(file.getFileName().toString(), Files.readString(file)));
            }
        }
        assertThat(sources).hasSizeGreaterThan(300);

        Faults faults = faults(sources);

        assertThat(faults.found).isEmpty();
        assertThat(faults.read).isGreaterThan(1500);
    }

    @Test
    void thePageOfEachExportedPackageNamesTheWayIn() throws IOException {
        int pages = 0;
        for (String module : List.of("core", "testkit", "nmr", "nwchem", "slurm")) {
            Path sources = ROOT.resolve("benchmark-" + module + "/src/main/java");
            for (MatchResult export : EXPORT.matcher(Files.readString(sources.resolve("module-info.java")))
                    .results()
                    .toList()) {
                String name = export.group(1);
                assertThat(Files.readString(sources.resolve(name.replace('.', '/') + "/package-info.java")))
                        .as(name)
                        .contains("egin with {@link");
                pages++;
            }
        }
        assertThat(pages).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public class A {} | no comment",
                "/** Writes files. */ public class A {} | no noun phrase",
                "/** What is written. */ public class A {} | no noun phrase",
                "/** An error. */ public class A extends java.io.IOException {} | not 'Thrown when'",
                "/** A run that is under way. */ class A {} | under way",
                "/** A file. */ public class A { /** The name. */ public String name() { return null; } } | no third"
                        + " person",
                "/** A file. */ public class A { /** Sets it. @param name the name */ public void set(String name) {}"
                        + " } | @param name",
                "/** A file. */ public interface A { /** A file in it. */ void file(); } | no third person",
                "/** A a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a. */ public class A {} | long",
            })
    void findsAFault(String source, String fault) {
        assertThat(faults(List.of(new Source("A.java", source.replace(" @param", "\n * @param")))).found)
                .singleElement()
                .asString()
                .startsWith("A.java: ")
                .contains(fault);
    }

    @Test
    void findsNoFaultInAGoodComment() {
        String source = "/** A file of {@code records}. Writes them. */\npublic class A {\n"
                + "    /** {@return the {@link String} of the file} */\n    String inside() { return null; }\n"
                + "    /** {@return whether the file is there} */\n    public boolean exists() { return true; }\n"
                + "    /**\n     * Renames the file.\n     * @param name the name in lower case\n     */\n"
                + "    public void rename(String name) {}\n}\n";

        assertThat(faults(List.of(new Source("A.java", source))).found).isEmpty();
    }

    private static Faults faults(List<? extends JavaFileObject> sources) {
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, List.of("-proc:none"), null, sources);
        Faults faults = new Faults(Trees.instance(task));
        try {
            task.parse().forEach(unit -> faults.scan(unit, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return faults;
    }

    /** A source text for the compiler. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Checks each comment; the argument of a visit is whether the type around is public. */
    private static final class Faults extends TreePathScanner<Void, Boolean> {
        private final Trees trees;
        private final List<String> found = new ArrayList<>();
        private int read;
        private String file = "";

        Faults(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitCompilationUnit(CompilationUnitTree unit, Boolean seen) {
            file = unit.getSourceFile().getName().replaceFirst("^/", "");
            return super.visitCompilationUnit(unit, seen);
        }

        @Override
        public Void visitClass(ClassTree type, Boolean around) {
            boolean seen = around && isSeen(type.getModifiers());
            String comment = comment();
            if (seen && comment.isEmpty() && !type.getSimpleName().isEmpty()) {
                fault(type.getSimpleName(), "no comment on a public type");
            }
            if (!comment.isEmpty()) {
                String prose = look(type.getSimpleName(), comment, seen);
                if (String.valueOf(type.getExtendsClause()).endsWith("Exception")) {
                    check(type.getSimpleName(), prose.startsWith("Thrown when "), "not 'Thrown when'", prose);
                } else if (seen) {
                    check(type.getSimpleName(), !prose.matches(NO_NOUN), "no noun phrase", prose);
                }
            }
            return super.visitClass(type, seen);
        }

        @Override
        public Void visitMethod(MethodTree method, Boolean around) {
            String comment = comment();
            if (!comment.isEmpty()) {
                boolean seen = around && isSeen(method.getModifiers());
                String prose = look(method.getName(), comment, seen);
                if (seen && !comment.startsWith("{@inheritDoc}")) {
                    check(method.getName(), prose.matches(THIRD_PERSON), "no third person", prose);
                }
            }
            return super.visitMethod(method, false);
        }

        @Override
        public Void visitVariable(VariableTree field, Boolean around) {
            String comment = comment();
            if (!comment.isEmpty()) {
                look(field.getName(), comment, around && isSeen(field.getModifiers()));
            }
            return super.visitVariable(field, false);
        }

        /** Members of an interface are public without the modifier. */
        private boolean isSeen(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
        }

        private String comment() {
            String comment = trees.getDocComment(getCurrentPath());
            return comment == null ? "" : comment.strip();
        }

        /** Checks the rules of all comments, and returns the description in plain words. */
        private String look(CharSequence name, String comment, boolean seen) {
            read++;
            String words = plain(comment.replaceAll("@param\\s+\\S+", "")).toLowerCase(Locale.ROOT);
            PlainEnglishTest.OLD_PHRASES.stream()
                    .filter(words::contains)
                    .forEach(phrase -> fault(name, "old phrase: " + phrase));
            PARAM.matcher(comment).results().forEach(param -> {
                String text = param.group(2).replaceFirst("^(the|a|an)\\s+", "").replaceAll("[\\s.]", "");
                check(name, !text.equalsIgnoreCase(param.group(1)), "tautology", "@param " + param.group(1));
            });
            String prose = plain(BLOCK_TAG.split(comment, 2)[0]);
            if (seen) {
                PlainEnglishTest.longSentences(prose).forEach(sentence -> fault(name, "long: " + sentence));
            }
            return prose;
        }

        private static String plain(String comment) {
            return comment.replaceAll("(?s)<pre>.*?</pre>", ". ")
                    .replaceAll("(?s)\\{@(code|link|linkplain|value)\\b[^{}]*\\}", "CODE")
                    .replaceAll("(?s)\\{@return\\s+([^{}]*)\\}", "Returns $1.")
                    .replaceAll("<[^>]*>", ". ")
                    .replaceAll("\\s+", " ")
                    .strip();
        }

        private void check(CharSequence name, boolean good, String fault, String text) {
            if (!good) {
                fault(name, fault + ": " + text);
            }
        }

        private void fault(CharSequence name, String fault) {
            found.add(file + ": " + name + ": " + fault);
        }
    }
}
