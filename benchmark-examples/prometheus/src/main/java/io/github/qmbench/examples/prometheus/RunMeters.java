package io.github.qmbench.examples.prometheus;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows a run in a {@link MeterRegistry}, which Micrometer hands to Prometheus and others:
 *
 * <pre>{@code
 * new RunMeters(run::status).bindTo(registry); // run is a RunHandle
 * }</pre>
 *
 * <p>The registry asks for the status whenever it is asked itself; the registry holds this object by its meters.
 */
public final class RunMeters implements MeterBinder {

    private final Supplier<RunStatus> status;

    /** Shows what a supplier returns: {@code RunHandle::status}, or a status that is read from another process's run. */
    public RunMeters(Supplier<RunStatus> status) {
        this.status = Objects.requireNonNull(status, "status");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        calculations(registry, "completed", status -> status.progress().completed());
        calculations(registry, "failed", status -> status.progress().failed());
        calculations(registry, "running", status -> status.progress().running());
        calculations(registry, "remaining", status -> status.progress().remaining());
        gauge("qmbench.failed.subjects", status -> status.progress().failedSubjects())
                .description("Subjects with a failure that is their own fault.")
                .register(registry);
        for (RunState state : RunState.values()) {
            gauge("qmbench.run.state", status -> status.state() == state ? 1 : 0)
                    .description("1 for the state that the run is in.")
                    .tag("state", state.word())
                    .register(registry);
        }
        gauge("qmbench.remaining", status -> seconds(status.timeLeft().remaining()))
                .description("The time left, as the run estimates it; not a number while it is unknown.")
                .baseUnit("seconds")
                .register(registry);
    }

    private void calculations(MeterRegistry registry, String where, ToDoubleFunction<RunStatus> number) {
        gauge("qmbench.calculations", number)
                .description("Calculations of the run by where they are.")
                .tag("where", where)
                .register(registry);
    }

    private Gauge.Builder<Supplier<Number>> gauge(String name, ToDoubleFunction<RunStatus> value) {
        return Gauge.builder(name, () -> value.applyAsDouble(status.get()));
    }

    private static double seconds(Optional<Duration> time) {
        return time.map(known -> known.toMillis() / 1000.0).orElse(Double.NaN);
    }
}
