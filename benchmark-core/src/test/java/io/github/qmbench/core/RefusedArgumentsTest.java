package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal.Extent;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wrong argument is refused with the name of its parameter. Two kinds of types are left out: interfaces that the library
 * calls, and exceptions, which must not hide their cause behind another one.
 */
class RefusedArgumentsTest {

    private static final List<String> EXPORTED = List.of("", "estimate", "plugin", "process", "store");

    /** Parameters that take blank text. */
    private static final Set<String> TAKES_BLANK = Set.of(
            // text for people, or text of which any value has a meaning
            "BenchmarkRunner.requestStop reason",
            "RunHandle.requestStop reason",
            "CalculationFailure.because message",
            "CalculationOutcome.because message",
            "RunStatus.FailedTask.of error",
            "BackendOption.Named.help text",
            "BackendOption.withDefault text",
            "Finding.Subject.good finding",
            "Finding.Subject.doubtful finding",
            "Finding.Subject.unusable finding",
            "Finding.withRemedy text",
            "Fingerprint.digestOf text",
            "ProcessRequest.Builder.environment value",
            "ProcessRequest.Builder.inputText text",
            "ProcessRequest.Builder.purpose text",
            "JournalRepair.Dropped reason",
            // names that are looked up: the refusal, if any, lists those that exist
            "Calculation.parameter name",
            "Calculation.parameterAsDouble name",
            "Calculation.parameterAsInt name",
            "CalculationOutcome.decimal name",
            "CalculationOutcome.text name",
            "CalculationOutcome.wholeNumber name",
            "FailureTally.failuresByKind parameter",
            "FailureTally.failuresInARow parameter",
            "RecordedRun.attempts taskIdOrSubject",
            "RunDescription.detail name",
            "RunDirectory.calculation taskId",
            "RunState.ofWord word",
            // made by the library or a launcher, and read from files as it is
            "Attempt.Launch.of where",
            "Attempt.Origin.of runId",
            "Attempt.of runId",
            "FailureOverview.Group kind",
            "LaunchedProcess mark",
            "ProcessResult.of where",
            "RunDescription backend",
            "RunStatus.FailedTask.of kind",
            "RunStatus.Run.of id",
            "RunnerIdentity bootId",
            "RunnerIdentity host",
            "RunnerIdentity processStart",
            "TimeLeft.withModel name");

    /** Parameters that take a negative number or time. */
    private static final Set<String> TAKES_NEGATIVE = Set.of(
            // any number has a meaning
            "BackendOption.Named.integer atLeast",
            "ProcessResult.failureUnlessExit expected",
            "ProcessResult.of exitCode",
            // refused as an index, or with the other numbers that it does not fit
            "CalculationMatrix.get index",
            "RunStatus.Progress.of completed",
            "RunStatus.Progress.of failed",
            "RunStatus.Progress.of failedSubjects",
            "RunStatus.Progress.of running",
            "RunStatus.Progress.of total",
            "TimeLeft.Range.from time",
            "TimeLeft.Range.to time",
            // measured, counted or estimated, and read from files as it is
            "Attempt.Launch.of ran",
            "Attempt.Launch.of waited",
            "EtaEstimator.Expected.atMost time",
            "EtaEstimator.Expected.likely time",
            "EtaEstimator.Running.of elapsed",
            "JournalRepair droppedPieces",
            "JournalRepair keptRecords",
            "JournalRepair.Dropped bytes",
            "JournalRepair.Dropped line",
            "JournalRepair.Dropped offset",
            "ProcessResult.afterWaiting waited",
            "ProcessResult.of duration",
            "RunJournal.Extent records",
            "RunJournal.Extent tornBytes",
            "RunJournal.Extent wholeBytes",
            "RunStatus.Run.of heartbeat",
            "RunStatus.TaskUnderWay.of attempt",
            "RunnerIdentity pid",
            "RunnerIdentity.ofProcess pid",
            "TimeLeft.of remaining",
            "TimeLeft.withAverageCalculation value");

    @TempDir
    Path directory;

    private final Map<Class<?>, Object> examples = new HashMap<>();

    private int seen;

    @BeforeEach
    void makeExamples() throws Exception {
        examples.put(String.class, "example");
        examples.put(int.class, 1);
        examples.put(long.class, 1L);
        examples.put(double.class, 1.0);
        examples.put(boolean.class, true);
        examples.put(Instant.class, Instant.parse("2026-11-28T10:00:00Z"));
        examples.put(Duration.class, Duration.ofSeconds(1));
        examples.put(Path.class, directory);
        examples.put(RunDirectory.class, RunDirectory.of(directory));
        examples.put(List.class, List.of());
        examples.put(Collection.class, List.of());
        examples.put(Set.class, Set.of());
        examples.put(Map.class, Map.of());
        examples.put(Optional.class, Optional.empty());
        examples.put(OptionalLong.class, OptionalLong.empty());
        examples.put(Object.class, "example");
        examples.put(Throwable.class, new IOException("example"));
        examples.put(String[].class, new String[] {"example"});
        examples.put(StopSignal[].class, new StopSignal[0]);
        examples.put(Class.class, Extent.class);
        examples.put(Record.class, new Extent(1, 1, 0));
        examples.put(CalculationState.class, CalculationState.COMPLETE);
        examples.put(CalculationOutcome.class, CalculationOutcome.failed("example"));
        examples.put(RunStatus.Progress.class, RunStatus.Progress.of(1, 1, 0, 0, 0));
        examples.put(StopMarker.class, StopSignal.marker(RunDirectory.of(directory)));
        examples.put(Finding.class, Finding.about("example").good("example"));
        examples.put(BackendOption.class, BackendOption.named("example").text());
        CalculationMatrix matrix =
                CalculationMatrix.builder().subjects("example").build();
        examples.put(CalculationMatrix.class, matrix);
        PreparedBenchmark.Builder prepared = PreparedBenchmark.builder(matrix, (calculation, context) -> {
            throw new AssertionError("never run");
        });
        examples.put(PreparedBenchmark.Builder.class, prepared);
        examples.put(PreparedBenchmark.class, prepared.build());
        ProcessRequest.Builder request = ProcessRequest.builder(directory, List.of("example"));
        examples.put(ProcessRequest.Builder.class, request);
        examples.put(ProcessRequest.class, request.build());
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(
                directory, matrix, (calculation, context) -> CalculationOutcome.failed("example"));
        examples.put(BenchmarkRunner.Builder.class, builder);
        BenchmarkRunner runner = builder.build();
        examples.put(BenchmarkRunner.class, runner);
        examples.put(RunPlan.class, runner.plan());
        RunHandle handle = runner.start();
        handle.join();
        examples.put(RunHandle.class, handle);
        examples.put(RunResults.class, handle.join().results());
        CalculationFailure failure = CalculationFailure.of("example");
        examples.put(
                FailureTally.class,
                new FailureTally(
                        (JournalRecord) example(JournalRecord.class),
                        failure,
                        new FailureTally.Counts(1, 1, 0, Map.of(), 0),
                        Map.of()));
    }

    @Test
    void nullIsRefusedWithTheParametersName() throws Exception {
        Set<String> accepted = answers(
                NullPointerException.class,
                parameter -> !parameter.getType().isPrimitive()
                        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class),
                null);

        assertThat(seen).isGreaterThan(230);
        assertThat(accepted).isEmpty();
    }

    @Test
    void blankTextIsRefusedWithTheParametersName() throws Exception {
        Set<String> accepted =
                answers(IllegalArgumentException.class, parameter -> parameter.getType() == String.class, " ");

        assertThat(seen).isGreaterThan(60);
        assertThat(accepted).isEqualTo(TAKES_BLANK);
    }

    @Test
    void numbersOutOfRangeAreRefusedWithTheParametersName() throws Exception {
        Map<Class<?>, Object> outOfRange = Map.of(
                int.class, -1, long.class, -1L, double.class, Double.NaN, Duration.class, Duration.ofSeconds(-1));
        Set<String> accepted = new TreeSet<>();
        for (Class<?> type : outOfRange.keySet()) {
            accepted.addAll(answers(
                    IllegalArgumentException.class, parameter -> parameter.getType() == type, outOfRange.get(type)));
        }

        assertThat(seen).isGreaterThan(60);
        assertThat(accepted).isEqualTo(TAKES_NEGATIVE);
    }

    /** Returns the calls that do not refuse a bad value with this exception and the parameter's name. */
    private Set<String> answers(
            Class<? extends RuntimeException> refusal, Predicate<Parameter> suits, @Nullable Object bad)
            throws Exception {
        Set<String> wrong = new TreeSet<>();
        for (Class<?> type : publicTypes()) {
            for (Executable called : calls(type)) {
                Parameter[] parameters = called.getParameters();
                for (int i = 0; i < parameters.length; i++) {
                    if (suits.test(parameters[i])) {
                        seen++;
                        Optional<Throwable> answer = answer(called, i, bad);
                        if (answer.isEmpty()
                                || !refusal.isInstance(answer.get())
                                || !names(String.valueOf(answer.get().getMessage()), called, parameters[i])) {
                            wrong.add(id(called, parameters[i]));
                        }
                    }
                }
            }
        }
        return wrong;
    }

    /** A setter names what it sets: {@code heartbeat}, and not {@code value}. */
    private static boolean names(String message, Executable called, Parameter parameter) {
        String first = message.split(" ", 2)[0];
        return first.equals(parameter.getName())
                || !first.isEmpty()
                        && called.getParameterCount() == 1
                        && called.getName().toLowerCase(Locale.ROOT).endsWith(first.toLowerCase(Locale.ROOT));
    }

    private Optional<Throwable> answer(Executable called, int badAt, @Nullable Object bad)
            throws ReflectiveOperationException {
        Object[] arguments = new Object[called.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == badAt ? bad : example(called.getParameterTypes()[i]);
        }
        Object self = called instanceof Method && !Modifier.isStatic(called.getModifiers())
                ? example(called.getDeclaringClass())
                : null;
        try {
            invoke(called, self, arguments);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause());
        }
    }

    private static Object invoke(Executable called, @Nullable Object self, Object... arguments)
            throws ReflectiveOperationException {
        return called instanceof Constructor<?> constructor
                ? constructor.newInstance(arguments)
                : ((Method) called).invoke(self, arguments);
    }

    /** From the table, or made by the factory or constructor with the fewest parameters. */
    private Object example(Class<?> type) throws ReflectiveOperationException {
        if (examples.containsKey(type)) {
            return examples.get(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                throw new AssertionError("nothing is called before the arguments are checked: " + method);
            });
        }
        Class<?> outer = type.getEnclosingClass();
        List<Executable> makers = Stream.of(type, outer == null ? type : outer)
                .flatMap(where -> Stream.<Executable>concat(
                        Arrays.stream(where.getConstructors()).filter(c -> where == type),
                        Arrays.stream(where.getMethods())
                                .filter(m -> Modifier.isStatic(m.getModifiers())
                                        && type.isAssignableFrom(m.getReturnType()))))
                .sorted(Comparator.comparing(Executable::getParameterCount).thenComparing(Executable::toString))
                .toList();
        List<String> failed = new ArrayList<>();
        for (Executable maker : makers) {
            try {
                Object[] arguments = new Object[maker.getParameterCount()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = example(maker.getParameterTypes()[i]);
                }
                Object made = invoke(maker, null, arguments);
                examples.put(type, made);
                return made;
            } catch (ReflectiveOperationException e) {
                failed.add(maker + ": " + (e.getCause() == null ? e.getMessage() : e.getCause()));
            }
        }
        throw new NoSuchMethodException("no example of " + type + " " + failed);
    }

    /** Returns the public constructors and methods that have code of their own and take arguments. */
    private static List<Executable> calls(Class<?> type) {
        if (Throwable.class.isAssignableFrom(type)) {
            return List.of();
        }
        Predicate<Executable> open = e -> Modifier.isPublic(e.getModifiers())
                && !Modifier.isAbstract(e.getModifiers())
                && !e.isSynthetic()
                && e.getParameterCount() > 0;
        return Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(m -> !m.getName().equals("equals"))
                                .filter(m -> !m.getName().equals("valueOf") || !type.isEnum())
                                .filter(m -> !type.isInterface() || Modifier.isStatic(m.getModifiers())))
                .filter(open)
                .sorted(Comparator.comparing(Executable::toString))
                .toList();
    }

    private static String id(Executable called, Parameter parameter) {
        String type = called.getDeclaringClass().getName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.')
                + (called instanceof Method ? "." + called.getName() : "")
                + " "
                + parameter.getName();
    }

    private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
        Path classes = Path.of(System.getProperty("basedir", ""), "target", "classes", "io/github/qmbench/core");
        List<Class<?>> types = new ArrayList<>();
        for (String folder : EXPORTED) {
            String prefix = "io.github.qmbench.core." + (folder.isEmpty() ? "" : folder + ".");
            try (Stream<Path> files = Files.list(classes.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.equals("package-info.class")) {
                        Class<?> type = Class.forName(prefix + name.substring(0, name.length() - 6));
                        if (isOpen(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        return types;
    }

    private static boolean isOpen(@Nullable Class<?> type) {
        return type == null || Modifier.isPublic(type.getModifiers()) && isOpen(type.getEnclosingClass());
    }
}
