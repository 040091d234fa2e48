package io.github.qmbench.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A backend with what its user has declared in addition: fields of the fingerprint. Otherwise it is the backend.
 *
 * @param backend which calculates
 * @param declared fields that the backend's own fingerprint must not have
 */
record DeclaredBackend(CalculationBackend backend, Map<String, String> declared) implements CalculationBackend {

    /** Returns a backend with these fields; the backend itself when there is none. */
    static CalculationBackend of(CalculationBackend backend, Map<String, String> declared) {
        return declared.isEmpty()
                ? backend
                : new DeclaredBackend(backend, Collections.unmodifiableMap(new LinkedHashMap<>(declared)));
    }

    @Override
    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception {
        return backend.calculate(calculation, context);
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public Fingerprint fingerprint(Calculation calculation) {
        Map<String, String> fields =
                new LinkedHashMap<>(backend.fingerprint(calculation).fields());
        declared.forEach((name, value) -> {
            if (fields.putIfAbsent(name, value) != null) {
                throw new IllegalStateException("the fingerprint of backend '" + backend.name() + "' has a field '"
                        + name + "' already; declare another name with fingerprint(...)");
            }
        });
        return Fingerprint.of(fields);
    }

    @Override
    public Map<String, Object> description() {
        return backend.description();
    }
}
