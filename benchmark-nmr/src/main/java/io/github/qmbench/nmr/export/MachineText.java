package io.github.qmbench.nmr.export;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of texts what reveals the machine and its user: the run directory becomes {@code .}, the home directory {@code
 * ~}, of other absolute paths the last name stays, and of {@code hostname = x} the name goes.
 */
final class MachineText {

    private static final String DIRECTORY_LEFT_OUT = "(directory)";

    /** A path of two names or more that begins where a word may. In JSON a line break is a backslash and a letter. */
    private static final Pattern PATH = Pattern.compile(
            "(?:(?<=\\\\[ntr])|(?<![\\w.:/~)\\]-]))/[^\\s/\"'\\\\:;,<>|()\\[\\]{}*?&=]+(?:/[^\\s/\"'\\\\:;,<>|()\\[\\]{}*?&=]+)+/?");

    private static final Pattern HOST = Pattern.compile("(?i)(\\bhost ?name\\s*[=:]\\s*)[^\\s\"\\\\]+");

    private final String run;
    private final String home;
    private final String user;

    MachineText(Path runDirectory, String home, String user) {
        this.run = bytesAsText(runDirectory.toString());
        this.home = bytesAsText(home);
        this.user = bytesAsText(user);
    }

    /** For runs of this machine's user. */
    static MachineText of(Path runDirectory) {
        return new MachineText(runDirectory, System.getProperty("user.home", ""), System.getProperty("user.name", ""));
    }

    /** The text that {@link #clean} has of bytes in any encoding: each byte is a character. */
    private static String bytesAsText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Returns a text of UTF-8 without what reveals the machine. */
    String cleanText(String text) {
        return new String(clean(bytesAsText(text)).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Returns a text, of which each character is a byte, without what reveals the machine. */
    String clean(String text) {
        if (text.indexOf('/') < 0 && text.indexOf("ost") < 0 && text.indexOf("OST") < 0) {
            return text;
        }
        String clean = without(without(text, run, "."), home, "~");
        clean = PATH.matcher(clean).replaceAll(found -> Matcher.quoteReplacement(last(found.group())));
        return HOST.matcher(clean).replaceAll("$1(left out)");
    }

    private static String without(String text, String directory, String instead) {
        return directory.length() > 1 ? text.replace(directory, instead) : text;
    }

    private String last(String path) {
        String[] names = path.split("/", -1);
        String name = names[names.length - 1];
        return name.isEmpty() || names.length < 4 || name.equals(user) ? DIRECTORY_LEFT_OUT : name;
    }

    /** Returns a record whose failure, results and origin are clean; the same one where they are so already. */
    JournalRecord clean(JournalRecord record) {
        CalculationState state = record.outcome().state();
        CalculationState cleanState = state;
        if (state instanceof CalculationState.Failed failed) {
            cleanState = new CalculationState.Failed(clean(failed.reason()));
        } else if (state instanceof CalculationState.Retrying retrying) {
            cleanState = new CalculationState.Retrying(clean(retrying.reason()));
        }
        Map<String, @Nullable Object> results = cleanObject(record.outcome().results());
        Attempt attempt = clean(record.attempt());
        boolean same = cleanState.equals(state)
                && results.equals(record.outcome().results())
                && attempt.equals(record.attempt());
        return same
                ? record
                : JournalRecord.of(
                        record.calculation(),
                        attempt,
                        new CalculationOutcome(results, cleanState),
                        record.fingerprint());
    }

    /** A result from another run directory names that by its path. */
    private Attempt clean(Attempt attempt) {
        Optional<String> directory = attempt.origin().flatMap(Attempt.Origin::directory);
        if (directory.isEmpty()) {
            return attempt;
        }
        Attempt.Origin origin = attempt.origin().get();
        return attempt.withOrigin(
                Attempt.Origin.of(origin.attempt(), origin.runId()).in(cleanText(directory.get())));
    }

    private CalculationFailure clean(CalculationFailure failure) {
        return failure.because(cleanText(failure.message())).withEvidence(cleanObject(failure.evidence()));
    }

    /** Returns JSON values whose texts are clean. */
    Map<String, @Nullable Object> cleanObject(Map<String, ? extends @Nullable Object> object) {
        Map<String, @Nullable Object> clean = new LinkedHashMap<>();
        object.forEach((name, value) -> clean.put(name, cleanValue(value)));
        return clean;
    }

    private @Nullable Object cleanValue(@Nullable Object value) {
        if (value instanceof String text) {
            return cleanText(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> clean = new ArrayList<>();
            list.forEach(one -> clean.add(cleanValue(one)));
            return clean;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> clean = new LinkedHashMap<>();
            map.forEach((name, inner) -> clean.put((String) name, cleanValue(inner)));
            return clean;
        }
        return value;
    }
}
