package io.github.qmbench.cli;

import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the backends that {@code --backend} can name: those whose jars are on the class path. */
final class Backends {

    private static final String SERVICE = "META-INF/services/" + CalculationBackendProvider.class.getName();

    /** A source of providers that can say what is wrong with them. */
    private interface Source {
        List<CalculationBackendProvider> load() throws Refusal;
    }

    private final String defaultName;
    private final Source source;

    private Backends(String defaultName, Source source) {
        this.defaultName = defaultName;
        this.source = source;
    }

    /** Returns those that are installed; NWChem is taken when none is named. */
    static Backends installed() {
        return in(Backends.class.getClassLoader());
    }

    /** Returns those that a class loader finds. */
    static Backends in(ClassLoader loader) {
        return new Backends("nwchem", () -> load(loader));
    }

    /** Returns these alone, of which the first is taken when none is named. */
    static Backends of(CalculationBackendProvider... providers) {
        List<CalculationBackendProvider> all = List.of(providers);
        return new Backends(all.get(0).name(), () -> all);
    }

    /** All of them by name, the default first, then in the order of their names. */
    Map<String, CalculationBackendProvider> all() throws Refusal {
        Map<String, CalculationBackendProvider> byName = new TreeMap<>();
        for (CalculationBackendProvider provider : source.load()) {
            CalculationBackendProvider other = byName.put(provider.name().toLowerCase(Locale.ROOT), provider);
            if (other != null) {
                throw new Refusal(
                        ExitCode.USAGE,
                        "two plug-ins have the backend " + provider.name() + ": " + place(other) + " and "
                                + place(provider) + "; remove one of them");
            }
        }
        Map<String, CalculationBackendProvider> ordered = new LinkedHashMap<>();
        Optional.ofNullable(byName.remove(defaultName)).ifPresent(provider -> ordered.put(defaultName, provider));
        ordered.putAll(byName);
        return ordered;
    }

    /** Returns the one with a name, the default one for null. */
    CalculationBackendProvider named(@Nullable String name) throws Refusal {
        Map<String, CalculationBackendProvider> all = all();
        CalculationBackendProvider provider =
                all.get(name == null ? defaultName : name.trim().toLowerCase(Locale.ROOT));
        if (provider == null) {
            throw Refusal.badInput("--backend: " + Choices.unknown("backend", String.valueOf(name), all.keySet()));
        }
        return provider;
    }

    /** Where a provider's class comes from: a jar, or a directory of classes. */
    static String place(CalculationBackendProvider provider) {
        CodeSource code = provider.getClass().getProtectionDomain().getCodeSource();
        return code == null || code.getLocation() == null
                ? provider.getClass().getName()
                : Path.of(URI.create(code.getLocation().toString())).toString();
    }

    private static List<CalculationBackendProvider> load(ClassLoader loader) throws Refusal {
        refuseTheSameTwice(loader);
        List<CalculationBackendProvider> providers = new ArrayList<>();
        try {
            ServiceLoader.load(CalculationBackendProvider.class, loader).forEach(providers::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new Refusal(ExitCode.UNAVAILABLE, "a plug-in cannot be loaded: " + e.getMessage(), e);
        }
        return providers;
    }

    /** Of one class in two jars, such as two versions of a plug-in, Java would silently take either. */
    private static void refuseTheSameTwice(ClassLoader loader) throws Refusal {
        Map<String, URL> seen = new LinkedHashMap<>();
        try {
            for (URL file : Collections.list(loader.getResources(SERVICE))) {
                for (String name : classes(file)) {
                    URL other = seen.put(name, file);
                    if (other != null) {
                        throw new Refusal(
                                ExitCode.USAGE,
                                "two plug-ins have the same backend " + name + ": " + jar(other) + " and " + jar(file)
                                        + "; remove one of them");
                    }
                }
            }
        } catch (IOException e) {
            throw new Refusal(ExitCode.IO_ERROR, "a plug-in cannot be read: " + IoReason.of(e), e);
        }
    }

    private static List<String> classes(URL file) throws IOException {
        try (var in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static String jar(URL service) {
        String place = service.toString().replaceFirst("^jar:", "").replaceFirst("!?/" + SERVICE + "$", "");
        return Path.of(URI.create(place)).toString();
    }
}
