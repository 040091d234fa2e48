package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The scaling factors that come with this module: those of the runs in {@code docs/results}. Each is a resource of this
 * package's folder {@code factors} that its {@code index.txt} names. Holds no state; safe for use by many threads.
 */
public final class BuiltInFactors {

    private static final String FOLDER = "/io/github/qmbench/nmr/factors/";

    /** What the DELTA50 paper found best for a nucleus, where there are factors of it. */
    private static String preferred(Nucleus nucleus) {
        return switch (nucleus) {
            case H1 -> "WP04";
            case C13 -> "B3LYP";
            default -> "";
        };
    }

    private static final String SOLVENT = "CHCl3";

    private BuiltInFactors() {}

    /**
     * {@return all built-in factors} Where two differ in the level of their geometries alone, it is part of their keys.
     */
    public static List<PredictionFactor> all() {
        return Files.ALL;
    }

    /**
     * Returns the factors of a prediction that names no method, by nucleus. In chloroform they are WP04 for 1H and
     * B3LYP for 13C; without these, any method. Of several it is the one with the smallest 68 % error. The 95 % error
     * stands on few values.
     *
     * @return the recommended factors
     */
    public static Map<Nucleus, PredictionFactor> recommended() {
        return recommended(all());
    }

    static Map<Nucleus, PredictionFactor> recommended(List<PredictionFactor> factors) {
        Map<Nucleus, PredictionFactor> recommended = new EnumMap<>(Nucleus.class);
        factors.stream()
                .filter(factor -> factor.line().key().solvent().equalsIgnoreCase(SOLVENT))
                .sorted(Comparator.comparingInt((PredictionFactor factor) -> isPreferred(factor) ? 0 : 1)
                        .thenComparingDouble(BuiltInFactors::error))
                .forEach(factor -> recommended.putIfAbsent(factor.nucleus(), factor));
        return recommended;
    }

    private static boolean isPreferred(PredictionFactor factor) {
        return factor.line().key().method().equalsIgnoreCase(preferred(factor.nucleus()));
    }

    private static double error(PredictionFactor factor) {
        return factor.basis()
                .flatMap(PredictionBasis::interval)
                .map(PredictionInterval::error68)
                .orElse(Double.MAX_VALUE);
    }

    /** Puts the level of the geometries into keys that would be the same without it. */
    static List<PredictionFactor> distinct(List<PredictionFactor> factors) {
        List<PredictionFactor> distinct = new ArrayList<>();
        for (PredictionFactor factor : factors) {
            boolean collides = factors.stream()
                    .filter(other -> other.line().key().matches(factor.line().key()))
                    .skip(1)
                    .findAny()
                    .isPresent();
            distinct.add(collides ? factor.withGeometryInKey() : factor);
        }
        return List.copyOf(distinct);
    }

    /** Read when the first factor is asked for. */
    private static final class Files {
        static final List<PredictionFactor> ALL = read();

        private static List<PredictionFactor> read() {
            List<PredictionFactor> factors = new ArrayList<>();
            for (String name :
                    text("index.txt").lines().filter(line -> !line.isBlank()).toList()) {
                try {
                    factors.addAll(ScalingFactorsFile.parse(name, text(name + ".json")));
                } catch (IOException e) {
                    throw new UncheckedIOException("the jar is damaged", e);
                }
            }
            return distinct(factors);
        }

        private static String text(String name) {
            try (InputStream in = BuiltInFactors.class.getResourceAsStream(FOLDER + name)) {
                return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("the jar is damaged: " + name + " cannot be read", e);
            }
        }
    }
}
