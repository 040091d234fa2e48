package io.github.qmbench.core;

import java.util.Objects;
import java.util.Optional;

/** The stop that was requested of a runner or its handle; the most urgent request counts. Safe for use by many threads. */
final class RequestedStop implements StopSignal {

    private StopRequest request = StopRequest.NONE; // guarded by this, like the reason
    private String reason = "";

    synchronized void request(StopRequest value, String why) {
        if (Objects.requireNonNull(value, "request").compareTo(request) > 0) {
            request = value;
            reason = why;
        }
    }

    @Override
    public synchronized StopRequest request() {
        return request;
    }

    @Override
    public synchronized Optional<String> reason() {
        return reason.isBlank() ? Optional.empty() : Optional.of(reason);
    }
}
