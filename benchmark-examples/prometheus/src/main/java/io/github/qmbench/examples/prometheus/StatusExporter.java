package io.github.qmbench.examples.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Serves the status of a run directory to Prometheus. It reads one file for each question, and knows no runner. */
public final class StatusExporter implements AutoCloseable {

    private final StatusReader reader;
    private final HttpServer server;

    /** Begins to answer on a port of this host alone; 0 takes any free one. */
    public StatusExporter(Path directory, int port) throws IOException {
        reader = new StatusReader(RunDirectory.of(directory));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", this::answer);
        server.start();
    }

    /** Serves {@code http://localhost:PORT/metrics} until it is ended: arguments are the run directory and the port. */
    public static void main(String[] arguments) throws IOException {
        StatusExporter exporter = new StatusExporter(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("http://localhost:" + exporter.port() + "/metrics");
    }

    /** The port it answers on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<RunStatus> status = reader.read();
            String text =
                    status.map(known -> RunMetrics.of(known, Instant.now())).orElse("");
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status.isPresent() ? 200 : 503, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
