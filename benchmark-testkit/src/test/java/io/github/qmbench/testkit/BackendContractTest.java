package io.github.qmbench.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract finds what it is there to find. */
class BackendContractTest {

    @TempDir
    Path temporary;

    /** The contract for a backend made up by a test. */
    private Contract contract(CalculationBackend backend) {
        Contract contract = new Contract(backend);
        contract.temporary = temporary;
        return contract;
    }

    @Test
    void takesNoResultsThatAreNoJson() {
        Contract contract =
                contract((calculation, context) -> CalculationOutcome.complete(Map.of("value", Double.NaN)));

        assertThatThrownBy(contract::resultsReadBackFromTheJournalAreThoseThatWereCalculated)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void findsAFileBesideTheRunDirectory() {
        Contract contract = contract((calculation, context) -> {
            Files.writeString(temporary.resolve("scratch"), "");
            return CalculationOutcome.complete(Map.of());
        });

        assertThatThrownBy(contract::writesNothingOutsideOfTheCalculationsOwnDirectory)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("beside the run directory");
    }

    @Test
    void findsAFileBesideTheCalculationsDirectory() {
        Contract contract = contract((calculation, context) -> {
            Files.writeString(context.directory().getParent().resolveSibling("log.txt"), "");
            return CalculationOutcome.complete(Map.of());
        });

        assertThatThrownBy(contract::writesNothingOutsideOfTheCalculationsOwnDirectory)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("log.txt");
    }

    @Test
    void takesNoExceptionForAFailure() {
        Contract contract = contract((calculation, context) -> {
            throw new IllegalStateException("no convergence");
        });

        assertThatThrownBy(contract::anExpectedFailureIsAValueAndNoException)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no convergence");
    }

    @Test
    void findsAFingerprintThatIsNeverTheSame() {
        AtomicInteger count = new AtomicInteger();
        Contract contract = contract(new CalculationBackend() {
            @Override
            public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                return CalculationOutcome.complete(Map.of());
            }

            @Override
            public Fingerprint fingerprint(Calculation calculation) {
                return Fingerprint.of(Map.of("made", String.valueOf(count.incrementAndGet())));
            }
        });

        assertThatThrownBy(contract::aNewBackendWithTheSameSettingsTakesResultsOver)
                .hasMessageContaining("other settings");
    }

    @Test
    void findsABackendWithoutAFingerprint() {
        Contract contract = contract((calculation, context) -> CalculationOutcome.complete(Map.of()));

        assertThatThrownBy(contract::theFingerprintSaysWhatDeterminesTheResults)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("name at least a version");
    }

    @Test
    void findsOtherSettingsWithTheSameFingerprint() {
        Contract contract = contract(new FakeBackend());
        contract.other = Optional.of(new FakeBackend().results(calculation -> Map.of("x", 1)));

        assertThatThrownBy(contract::otherSettingsHaveAnotherFingerprint)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("other settings with the same fingerprint");
    }

    @Test
    void findsACalculationThatCannotBeCancelled() {
        CountDownLatch over = new CountDownLatch(1);
        Contract contract = contract((calculation, context) -> {
            boolean done = false;
            while (!done) {
                try {
                    over.await();
                    done = true;
                } catch (InterruptedException deaf) {
                    continue;
                }
            }
            return CalculationOutcome.complete(Map.of());
        });

        contract.whenGraceIsOver = over::countDown;

        assertThatThrownBy(contract::cancellationEndsTheCalculationAndItsPrograms)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it has not ended within 1 seconds");
    }

    @Test
    void findsAProgramThatOutlivesItsCalculation() {
        Contract contract = contract((calculation, context) -> {
            new ProcessBuilder("sleep", "60").start();
            new CountDownLatch(1).await();
            return CalculationOutcome.complete(Map.of());
        });
        contract.launchesPrograms = true;

        assertThatThrownBy(contract::cancellationEndsTheCalculationAndItsPrograms)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left behind");
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"))
                .forEach(ProcessHandle::destroy);
    }

    @Test
    void hasNothingAgainstAGoodBackend() {
        Contract contract = contract(new FakeBackend()
                .fail("bad", CalculationFailure.of("scf").because("no convergence"))
                .hold("slow"));

        assertThatCode(contract::cancellationEndsTheCalculationAndItsPrograms).doesNotThrowAnyException();
    }

    private static final class Contract extends BackendContract {
        private final CalculationBackend backend;
        private boolean launchesPrograms;
        private Optional<CalculationBackend> other = Optional.empty();
        private Runnable whenGraceIsOver = () -> {};
        private boolean graceWasGiven;

        Contract(CalculationBackend backend) {
            this.backend = backend;
        }

        @Override
        protected CalculationBackend backend() {
            return backend;
        }

        @Override
        protected Optional<CalculationBackend> backendWithOtherSettings() {
            return other;
        }

        @Override
        protected Calculation quickCalculation() {
            return Calculation.of("quick", Map.of());
        }

        @Override
        protected Optional<Calculation> failingCalculation() {
            return Optional.of(Calculation.of("bad", Map.of()));
        }

        @Override
        protected Optional<Calculation> slowCalculation() {
            return Optional.of(Calculation.of("slow", Map.of("solvent", "DMSO")));
        }

        @Override
        protected boolean launchesPrograms() {
            return launchesPrograms;
        }

        @Override
        protected Duration grace() {
            if (graceWasGiven) {
                whenGraceIsOver.run();
            }
            graceWasGiven = true;
            return Duration.ofSeconds(1);
        }
    }
}
