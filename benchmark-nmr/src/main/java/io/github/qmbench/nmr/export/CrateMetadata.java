package io.github.qmbench.nmr.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.AnalysisFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code ro-crate-metadata.json} of a crate whose files are there. Everything is read from them, several times rather than
 * held, and written entity by entity.
 */
final class CrateMetadata {

    private static final String SPECIFICATION = "https://w3id.org/ro/crate/1.1";
    private static final String PROFILE = "https://w3id.org/ro/wfrun/process/0.5";
    private static final String TERMS = "https://w3id.org/ro/terms/workflow-run/context"; // has sha256
    private static final String NO_LICENCE =
            "No licence is stated. Ask those who publish this crate before you reuse it.";
    private static final String DELTA50_LICENCE = "https://creativecommons.org/licenses/by/4.0/";
    private static final Pattern DOI = Pattern.compile("\\b10\\.\\d{4,9}/[^\\s\"<>]*[^\\s\"<>.,;)]");
    private static final int NAMED_VALUES = 12;

    /** What is said of files that each run has. */
    private static final Map<String, String> DESCRIPTIONS = new TreeMap<>();

    static {
        DESCRIPTIONS.put("benchmark.json", "What the run is a run of: molecules, axes, settings, versions.");
        DESCRIPTIONS.put(
                "progress.jsonl",
                "The journal of the run: a JSON object for each attempt at a calculation, with its results.");
        DESCRIPTIONS.put(ProcessRunCrate.CALCULATIONS, "A table with a row for each calculation.");
        DESCRIPTIONS.put(ProcessRunCrate.NUCLEI, "A table with a row for each nucleus of each calculation.");
        DESCRIPTIONS.put(AnalysisFiles.FACTORS, "The scaling factors that the results give, and their accuracy.");
        DESCRIPTIONS.put(AnalysisFiles.TEXT, "The scaling factors and their accuracy, as a text.");
        DESCRIPTIONS.put(AnalysisFiles.COMPARISON, "The methods compared on the molecules that all of them have.");
        DESCRIPTIONS.put(AnalysisFiles.RESIDUALS, "The deviation of each point of each fit.");
    }

    private final Path crate;
    private final List<CrateRun> runs;
    private final ProcessRunCrate.Settings settings;
    private final String java = System.getProperty("java.version", "");

    CrateMetadata(Path crate, List<CrateRun> runs, ProcessRunCrate.Settings settings) {
        this.crate = crate;
        this.runs = runs;
        this.settings = settings;
    }

    /** What the journals say on the whole. */
    private static final class Totals {
        private final Set<String> programs = new TreeSet<>();
        private long calculations;
        private long failed;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        void add(JournalRecord record, String program) {
            programs.add(program);
            calculations++;
            failed += record.isComplete() ? 0 : 1;
            Instant begin = record.attempt().startedAt();
            Instant end = record.attempt().finishedAt();
            first = begin.isBefore(first) ? begin : first;
            last = end.isAfter(last) ? end : last;
        }
    }

    /** Writes the document; closes nothing. */
    void write(Writer out) throws IOException {
        Totals all = new Totals();
        Map<CrateRun, Totals> each = new LinkedHashMap<>();
        for (CrateRun run : runs) {
            Totals own = each.computeIfAbsent(run, first -> new Totals());
            run.forEachEnded(crate, record -> {
                all.add(record, program(run, record));
                own.add(record, program(run, record));
            });
        }
        try (JsonGenerator json = Json.prettyGenerator(out)) {
            json.writeStartObject();
            json.writeFieldName("@context");
            Json.write(json, List.of(SPECIFICATION + "/context", TERMS));
            json.writeArrayFieldStart("@graph");
            Json.write(json, descriptor());
            writeRoot(json, all);
            for (Map<String, Object> entity : contextual(all)) {
                Json.write(json, entity);
            }
            forEachFile(file -> Json.write(json, file(file)));
            for (Map.Entry<CrateRun, Totals> run : each.entrySet()) {
                writeActions(json, run.getKey(), run.getValue());
            }
            Json.write(json, export());
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static Map<String, Object> entity(String id, String type) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("@id", id);
        entity.put("@type", type);
        return entity;
    }

    private static Map<String, Object> reference(String id) {
        return Map.of("@id", id);
    }

    private static List<Object> references(List<String> ids) {
        return ids.stream().map(id -> (Object) reference(id)).toList();
    }

    private static Map<String, Object> descriptor() {
        Map<String, Object> entity = entity(ProcessRunCrate.METADATA, "CreativeWork");
        entity.put("conformsTo", reference(SPECIFICATION));
        entity.put("about", reference("./"));
        return entity;
    }

    private void writeRoot(JsonGenerator json, Totals all) throws IOException {
        json.writeStartObject();
        Map<String, Object> root = entity("./", "Dataset");
        root.put("conformsTo", reference(PROFILE));
        root.put("name", title(all));
        root.put("description", runs.stream().map(CrateMetadata::description).collect(Collectors.joining(" ")));
        root.put("datePublished", IsoMillis.withOffset(settings.published()));
        root.put(
                "license",
                settings.licence()
                        .map(text -> (Object) reference(CrateLicence.of(text).id()))
                        .orElse(NO_LICENCE));
        List<String> citations = List.copyOf(citations(all).keySet());
        if (!citations.isEmpty()) {
            root.put("citation", references(citations));
        }
        for (Map.Entry<String, Object> field : root.entrySet()) {
            json.writeFieldName(field.getKey());
            Json.write(json, field.getValue());
        }
        json.writeArrayFieldStart("hasPart");
        forEachFile(file -> Json.write(json, reference(CrateIds.of(crate, file))));
        json.writeEndArray();
        json.writeArrayFieldStart("mentions");
        for (CrateRun run : runs) {
            Json.write(json, reference(benchmarkId(run)));
            run.forEachEnded(crate, record -> Json.write(json, reference(actionId(run, record))));
        }
        Json.write(json, reference(exportId()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private String title(Totals all) {
        String of = runs.stream()
                .map(run -> run.description()
                        .detail("data_set")
                        .orElse(run.description().backend()))
                .distinct()
                .collect(Collectors.joining(", "));
        return of + ": " + all.calculations + (all.calculations == 1 ? " calculation" : " calculations")
                + (all.programs.isEmpty() ? "" : " with " + String.join(", ", all.programs));
    }

    private static String description(CrateRun run) {
        RunDescription of = run.description();
        List<String> parts = new ArrayList<>();
        of.matrix().axes().forEach((axis, values) -> parts.add(axis + " " + Phrases.some(values, NAMED_VALUES)));
        parts.add("subjects " + Phrases.some(of.matrix().subjects(), NAMED_VALUES));
        return "A benchmark run with qmbench: " + String.join("; ", parts) + ".";
    }

    /** Everything that is no file and no action. */
    private List<Map<String, Object>> contextual(Totals all) {
        Map<Object, Map<String, Object>> entities = new LinkedHashMap<>();
        Map<String, Object> profile = entity(PROFILE, "CreativeWork");
        profile.put("name", "Process Run Crate");
        profile.put("version", PROFILE.substring(PROFILE.lastIndexOf('/') + 1));
        List<Map<String, Object>> made = new ArrayList<>(List.of(profile));
        settings.licence().ifPresent(text -> made.add(CrateLicence.of(text).entity()));
        all.programs.forEach(program -> made.add(CrateSoftware.program(program)));
        for (CrateRun run : runs) {
            Optional<String> onJava = run.description().detail("java_version");
            made.add(CrateSoftware.qmbench(version(run), onJava));
            onJava.ifPresent(number -> made.add(CrateSoftware.java(number)));
            run.description().detail("data_set").ifPresent(name -> made.addAll(dataSet(run, name)));
        }
        made.add(CrateSoftware.qmbench(settings.qmbenchVersion(), Optional.of(java)));
        made.add(CrateSoftware.java(java));
        made.addAll(citations(all).values());
        made.forEach(one -> entities.putIfAbsent(one.get("@id"), one));
        return List.copyOf(entities.values());
    }

    private static String version(CrateRun run) {
        return run.description().detail("qmbench_version").orElse("unknown");
    }

    private static String dataSetId(String name) {
        return "#data-set-" + CrateIds.encode(name);
    }

    private static List<Map<String, Object>> dataSet(CrateRun run, String name) {
        List<Map<String, Object>> entities = new ArrayList<>();
        Map<String, Object> dataSet = entity(dataSetId(name), "CreativeWork");
        dataSet.put("name", name);
        dataSet.put("description", "Molecules, and the chemical shifts that were measured on them.");
        entities.add(dataSet);
        run.description().detail("citation").ifPresent(text -> dataSet.put("citation", reference(citationId(text))));
        if (name.equals(DataSet.delta50().name())) {
            Map<String, Object> licence = entity(DELTA50_LICENCE, "CreativeWork");
            licence.put("name", "CC BY 4.0");
            licence.put("description", "The licence under which the measured shifts of DELTA50 were published.");
            dataSet.put("license", reference(DELTA50_LICENCE));
            entities.add(licence);
        }
        return entities;
    }

    /** What is to be cited, by id. */
    private Map<String, Map<String, Object>> citations(Totals all) {
        List<String> texts = new ArrayList<>();
        runs.forEach(run -> run.description().detail("citation").ifPresent(texts::add));
        all.programs.forEach(program -> CrateSoftware.citation(program).ifPresent(texts::add));
        Map<String, Map<String, Object>> citations = new LinkedHashMap<>();
        texts.stream().filter(text -> !text.isBlank()).forEach(text -> citations.put(citationId(text), citation(text)));
        return citations;
    }

    private static String citationId(String text) {
        Matcher doi = DOI.matcher(text);
        return doi.find() ? "https://doi.org/" + doi.group() : "#citation-" + Fingerprint.digestOf(text);
    }

    private static Map<String, Object> citation(String text) {
        Map<String, Object> citation = entity(citationId(text), "ScholarlyArticle");
        citation.put("name", text);
        return citation;
    }

    private static String program(CrateRun run, JournalRecord record) {
        String program = record.fingerprint().fields().get("program");
        if (program == null && run.description().settings().get("program") instanceof String known) {
            program = known;
        }
        return program == null ? run.description().backend() : program;
    }

    /** Receives a file of the crate. */
    @FunctionalInterface
    private interface FileVisitor {
        void visit(Path file) throws IOException;
    }

    private void forEachFile(FileVisitor visitor) throws IOException {
        for (Path table : tables()) {
            visitor.visit(table);
        }
        for (CrateRun run : runs) {
            for (Path file : ofRun(run)) {
                visitor.visit(file);
            }
            run.forEachEnded(crate, record -> {
                for (Path file : run.files(crate, record)) {
                    visitor.visit(file);
                }
            });
        }
    }

    private List<Path> tables() {
        return existing(crate, ProcessRunCrate.CALCULATIONS, ProcessRunCrate.NUCLEI);
    }

    private List<Path> ofRun(CrateRun run) {
        RunDirectory copy = run.copyIn(crate);
        List<Path> files = new ArrayList<>(List.of(RunFiles.description(copy), RunFiles.journal(copy)));
        files.addAll(analysis(run));
        return files;
    }

    private List<Path> analysis(CrateRun run) {
        return existing(
                run.copyIn(crate).path(),
                AnalysisFiles.FACTORS,
                AnalysisFiles.TEXT,
                AnalysisFiles.RESIDUALS,
                AnalysisFiles.COMPARISON);
    }

    private static List<Path> existing(Path directory, String... names) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            if (Files.exists(directory.resolve(name))) {
                files.add(directory.resolve(name));
            }
        }
        return files;
    }

    private Map<String, Object> file(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Map<String, Object> entity = entity(CrateIds.of(crate, file), "File");
        entity.put("name", name);
        if (DESCRIPTIONS.containsKey(name)) {
            entity.put("description", DESCRIPTIONS.get(name));
        }
        entity.put("encodingFormat", format(file, name));
        entity.put("contentSize", String.valueOf(Files.size(file)));
        entity.put("sha256", sha256(file));
        return entity;
    }

    private static String format(Path file, String name) throws IOException {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "json" -> "application/json";
            case "jsonl" -> "application/x-ndjson";
            case "csv" -> "text/csv";
            case "md" -> "text/markdown";
            case "xyz" -> "chemical/x-xyz";
            default -> CrateFiles.isText(file) ? "text/plain" : "application/octet-stream";
        };
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String benchmarkId(CrateRun run) {
        return "#benchmark" + (run.prefix().isEmpty() ? "" : "/" + run.prefix().replace("/", ""));
    }

    private static String actionId(CrateRun run, JournalRecord record) {
        return "#calculation/" + run.prefix()
                + CrateIds.encode(record.calculation().taskId());
    }

    private static String exportId() {
        return "#export";
    }

    private void writeActions(JsonGenerator json, CrateRun run, Totals totals) throws IOException {
        RunDirectory copy = run.copyIn(crate);
        String description = CrateIds.of(crate, RunFiles.description(copy));
        String journal = CrateIds.of(crate, RunFiles.journal(copy));
        Map<String, Object> benchmark = entity(benchmarkId(run), "CreateAction");
        benchmark.put(
                "name", "Benchmark of " + run.description().detail("data_set").orElse("calculations"));
        benchmark.put(
                "description",
                totals.calculations + " calculations, of which " + totals.failed + " failed, in one run directory");
        if (totals.calculations > 0) {
            benchmark.put("startTime", IsoMillis.withOffset(totals.first));
            benchmark.put("endTime", IsoMillis.withOffset(totals.last));
        }
        benchmark.put(
                "instrument",
                reference(
                        CrateSoftware.qmbenchId(version(run), run.description().detail("java_version"))));
        List<String> objects = new ArrayList<>(List.of(description));
        run.description().detail("data_set").ifPresent(name -> objects.add(dataSetId(name)));
        benchmark.put("object", references(objects));
        benchmark.put("result", references(List.of(journal)));
        Json.write(json, benchmark);
        run.forEachEnded(crate, record -> Json.write(json, calculation(run, record, description, journal)));
    }

    private Map<String, Object> calculation(CrateRun run, JournalRecord record, String description, String journal)
            throws IOException {
        Map<String, Object> action = entity(actionId(run, record), "CreateAction");
        action.put("name", "Calculation " + record.calculation().taskId());
        List<String> facts = new ArrayList<>();
        record.calculation().parameters().forEach((name, value) -> facts.add(name + " " + value));
        record.fingerprint().fields().forEach((name, value) -> facts.add(name + "=" + value));
        action.put("description", record.calculation().subject() + ": " + String.join("; ", facts));
        action.put("startTime", IsoMillis.withOffset(record.attempt().startedAt()));
        action.put("endTime", IsoMillis.withOffset(record.attempt().finishedAt()));
        action.put("instrument", reference(CrateSoftware.id(program(run, record))));
        List<String> objects = new ArrayList<>(List.of(description));
        List<String> results = new ArrayList<>(List.of(journal));
        for (Path file : run.files(crate, record)) {
            (String.valueOf(file.getFileName()).startsWith("input") ? objects : results).add(CrateIds.of(crate, file));
        }
        action.put("object", references(objects));
        action.put("result", references(results));
        action.put(
                "actionStatus",
                record.isComplete()
                        ? "http://schema.org/CompletedActionStatus"
                        : "http://schema.org/FailedActionStatus");
        record.outcome()
                .state()
                .failure()
                .map(CalculationFailure::message)
                .ifPresent(message -> action.put("error", Phrases.clean(message)));
        return action;
    }

    /** The making of the tables. */
    private Map<String, Object> export() {
        Map<String, Object> action = entity(exportId(), "CreateAction");
        action.put("name", "Export of this crate");
        action.put(
                "description",
                "qmbench export --format ro-crate. Directories of the machine and host names are left out of texts.");
        action.put("endTime", IsoMillis.withOffset(settings.published()));
        action.put("instrument", reference(CrateSoftware.qmbenchId(settings.qmbenchVersion(), Optional.of(java))));
        List<String> objects = new ArrayList<>();
        List<Path> results = new ArrayList<>(tables());
        for (CrateRun run : runs) {
            objects.add(CrateIds.of(crate, RunFiles.journal(run.copyIn(crate))));
            results.addAll(analysis(run));
        }
        action.put("object", references(objects));
        action.put(
                "result",
                references(
                        results.stream().map(file -> CrateIds.of(crate, file)).toList()));
        return action;
    }
}
