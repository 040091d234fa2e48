package io.github.qmbench.nmr.export;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What RO-Crate 1.1 and Process Run Crate 0.5 ask of a crate, looked for in its files. {@code docs/export.md} lists the same
 * requirements. It shares nothing with the writer.
 */
final class CrateProfile {

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?\\+\\d{2}:\\d{2}");
    private static final Pattern URI_REFERENCE = Pattern.compile("[\\p{L}\\p{N}\\-._~/()+,=@!$'*;:?#&%]+");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-F]{2})");

    private final Path crate;
    private final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Object> document;

    private CrateProfile(Path crate, Map<String, Object> document) {
        this.crate = crate;
        this.document = document;
    }

    /** Returns what is wrong with a crate, each in a sentence. */
    static List<String> violations(Path crate) throws IOException {
        return violations(crate, Json.parseObject(Files.readString(crate.resolve("ro-crate-metadata.json"))));
    }

    /** Returns what is wrong with a crate under another metadata document. */
    static List<String> violations(Path crate, Map<String, Object> document) throws IOException {
        CrateProfile profile = new CrateProfile(crate, document);
        profile.check();
        return profile.violations;
    }

    private void require(boolean holds, String requirement) {
        if (!holds) {
            violations.add(requirement);
        }
    }

    private void check() throws IOException {
        require(
                List.of("https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context")
                        .equals(document.get("@context")),
                "the context is that of RO-Crate 1.1 and of workflow runs");
        for (Object value : Json.asArray(document.get("@graph"))) {
            Map<String, Object> entity = Json.asObject(value);
            String id = text(entity, "@id");
            require(!id.isEmpty() && URI_REFERENCE.matcher(id).matches(), "each @id is a URI reference: " + id);
            require(!BAD_ESCAPE.matcher(id).find(), "percent signs are escapes: " + id);
            require(!types(entity).isEmpty(), "each entity has an @type: " + id);
            require(entities.put(id, entity) == null, "no two entities have one @id: " + id);
        }
        entities.values().forEach(this::checkFlat);
        Map<String, Object> descriptor = entity("ro-crate-metadata.json");
        require(types(descriptor).equals(List.of("CreativeWork")), "the descriptor is a CreativeWork");
        require(ids(descriptor, "about").equals(List.of("./")), "the descriptor is about the root");
        require(
                ids(descriptor, "conformsTo").equals(List.of("https://w3id.org/ro/crate/1.1")),
                "the descriptor conforms to RO-Crate 1.1");
        checkRoot(entity("./"));
        checkFiles();
        entities.forEach((id, entity) -> {
            if (types(entity).contains("CreateAction")) {
                checkAction(id, entity);
            }
            if (types(entity).contains("SoftwareApplication")) {
                checkSoftware(id, entity);
            }
        });
    }

    /** Nested objects are references, and what they refer to is there. */
    private void checkFlat(Map<String, Object> entity) {
        entity.forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            for (Object one : values) {
                if (one instanceof Map<?, ?> reference) {
                    require(reference.keySet().equals(Set.of("@id")), "the graph is flat: " + name + " " + reference);
                    Object id = reference.get("@id");
                    require(
                            entities.containsKey(id) || "https://w3id.org/ro/crate/1.1".equals(id),
                            "what is referred to is there: " + id);
                }
            }
        });
    }

    private void checkRoot(Map<String, Object> root) {
        require(types(root).equals(List.of("Dataset")), "the root is a Dataset");
        require(!text(root, "name").isBlank(), "the root has a name");
        require(!text(root, "description").isBlank(), "the root has a description");
        require(isTime(text(root, "datePublished")), "the root has a date of publication in ISO 8601");
        Object licence = root.get("license");
        require(
                licence instanceof String text && !text.isBlank()
                        || ids(root, "license").stream()
                                        .allMatch(
                                                id -> !text(entity(id), "name").isBlank()
                                                        && !text(entity(id), "description")
                                                                .isBlank())
                                && ids(root, "license").size() == 1,
                "the root has a licence: a text, or an entity with name and description");
        List<String> profiles = ids(root, "conformsTo");
        require(
                profiles.equals(List.of("https://w3id.org/ro/wfrun/process/0.5"))
                        && profiles.stream().allMatch(id -> types(entity(id)).contains("CreativeWork")),
                "the root conforms to the profile, which is a CreativeWork");
    }

    private void checkFiles() throws IOException {
        List<String> parts = ids(entity("./"), "hasPart");
        Set<String> described = new TreeSet<>();
        entities.forEach((id, entity) -> {
            if (types(entity).contains("File")) {
                described.add(id);
                checkFile(id, entity);
            }
        });
        require(
                described.equals(new TreeSet<>(parts)) && parts.size() == described.size(),
                "the root has each file as a part, once");
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(crate)) {
            files.filter(Files::isRegularFile)
                    .map(file -> crate.relativize(file).toString())
                    .filter(name -> !name.equals("ro-crate-metadata.json"))
                    .forEach(there::add);
        }
        Set<String> decoded = new TreeSet<>();
        described.forEach(id -> decoded.add(decode(id)));
        require(decoded.equals(there), "the files that are described are those that are there: " + decoded + there);
    }

    private void checkFile(String id, Map<String, Object> entity) {
        Path file = crate.resolve(decode(id));
        try {
            require(!text(entity, "name").isBlank(), "a file has a name: " + id);
            require(text(entity, "encodingFormat").matches("[a-z]+/[a-z0-9.+-]+"), "a file has a media type: " + id);
            require(text(entity, "contentSize").equals(String.valueOf(Files.size(file))), "a file has its size: " + id);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            require(text(entity, "sha256").equals(HexFormat.of().formatHex(digest)), "a file has its checksum: " + id);
        } catch (IOException e) {
            violations.add("a file is there: " + id);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void checkSoftware(String id, Map<String, Object> software) {
        require(!text(software, "name").isBlank(), "software has a name: " + id);
        require(!(software.containsKey("version") && software.containsKey("softwareVersion")), "one version: " + id);
    }

    private void checkAction(String id, Map<String, Object> action) {
        require(ids(entity("./"), "mentions").contains(id), "the root mentions each action: " + id);
        require(!text(action, "name").isBlank(), "an action has a name: " + id);
        require(!text(action, "description").isBlank(), "an action has a description: " + id);
        require(isTime(text(action, "endTime")), "an action has the time of its end: " + id);
        require(!action.containsKey("startTime") || isTime(text(action, "startTime")), "a start is a time: " + id);
        List<String> instruments = ids(action, "instrument");
        require(
                instruments.size() == 1 && types(entity(instruments.get(0))).contains("SoftwareApplication"),
                "an action has a program as its instrument: " + id);
        require(!ids(action, "result").isEmpty(), "an action has a result: " + id);
        Stream.of("object", "result")
                .flatMap(link -> ids(action, link).stream())
                .forEach(link -> require(
                        types(entity(link)).stream().anyMatch(Set.of("File", "Dataset", "CreativeWork")::contains),
                        "objects and results are files, data sets or works: " + link));
        String status = text(action, "actionStatus");
        require(
                Set.of("", "http://schema.org/CompletedActionStatus", "http://schema.org/FailedActionStatus")
                        .contains(status),
                "the status of an action is completed or failed: " + id);
        require(
                !action.containsKey("error") || status.equals("http://schema.org/FailedActionStatus"),
                "only an action that failed has an error: " + id);
    }

    private Map<String, Object> entity(String id) {
        Map<String, Object> entity = entities.get(id);
        require(entity != null, "there is an entity " + id);
        return entity == null ? Map.of() : entity;
    }

    private static List<?> types(Map<String, Object> entity) {
        Object type = entity.get("@type");
        return type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
    }

    static List<String> ids(Map<String, Object> entity, String property) {
        Object value = entity.get(property);
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return values.stream()
                .filter(Map.class::isInstance)
                .map(one -> (String) Json.asObject(one).get("@id"))
                .toList();
    }

    private static String text(Map<String, Object> entity, String property) {
        return entity.get(property) instanceof String text ? text : "";
    }

    private static String decode(String id) {
        return java.net.URLDecoder.decode(id.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static boolean isTime(String text) {
        try {
            return TIME.matcher(text).matches() && OffsetDateTime.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
