package io.github.qmbench.nmr.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of a crate, as entities of its metadata. */
final class CrateSoftware {

    private static final Pattern NAME_AND_VERSION = Pattern.compile("(.+?)\\s+v?(\\d[\\w.+-]*)");
    private static final String QMBENCH = "https://github.com/qmbench/qmbench";
    private static final String JAVA = "https://openjdk.org/";

    /** Programs that are known by name: the address, and what to cite. Of another one a crate says name and version. */
    private static final Map<String, List<String>> KNOWN = Map.of(
            "NWChem",
            List.of(
                    "https://nwchemgit.github.io/",
                    "E. Aprà and others: NWChem: Past, present, and future. J. Chem. Phys. 2020, 152, 184102."
                            + " doi:10.1063/5.0004997"));

    private CrateSoftware() {}

    /** Returns the entity of a program, such as {@code NWChem 7.0.2}. */
    static Map<String, Object> program(String label) {
        Matcher parts = NAME_AND_VERSION.matcher(label);
        String name = parts.matches() ? parts.group(1) : label;
        Optional<String> version = parts.matches() ? Optional.of(parts.group(2)) : Optional.empty();
        Map<String, Object> entity = entity(id(label), name, version);
        known(label).ifPresent(facts -> entity.put("url", facts.get(0)));
        return entity;
    }

    /** Returns the id of a program. */
    static String id(String label) {
        return known(label).map(facts -> facts.get(0)).orElse("") + "#" + CrateIds.encode(label);
    }

    /** Returns how to cite a program, where that is known. */
    static Optional<String> citation(String label) {
        return known(label).map(facts -> facts.get(1));
    }

    private static Optional<List<String>> known(String label) {
        Matcher parts = NAME_AND_VERSION.matcher(label);
        return Optional.ofNullable(KNOWN.get(parts.matches() ? parts.group(1) : label));
    }

    /** Returns the id of qmbench in a version on a Java, which may be unknown. */
    static String qmbenchId(String version, Optional<String> java) {
        return QMBENCH + "#" + CrateIds.encode(version)
                + java.map(number -> "-java-" + CrateIds.encode(number)).orElse("");
    }

    static Map<String, Object> qmbench(String version, Optional<String> java) {
        Map<String, Object> entity = entity(qmbenchId(version, java), "qmbench", Optional.of(version));
        entity.put("url", QMBENCH);
        java.ifPresent(number -> entity.put("softwareRequirements", Map.of("@id", javaId(number))));
        return entity;
    }

    static Map<String, Object> java(String version) {
        Map<String, Object> entity = entity(javaId(version), "Java", Optional.of(version));
        entity.put("url", JAVA);
        return entity;
    }

    private static String javaId(String version) {
        return JAVA + "#" + CrateIds.encode(version);
    }

    private static Map<String, Object> entity(String id, String name, Optional<String> version) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("@id", id);
        entity.put("@type", "SoftwareApplication");
        entity.put("name", name);
        version.ifPresent(number -> entity.put("softwareVersion", number));
        return entity;
    }
}
