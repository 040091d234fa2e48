package io.github.qmbench.nmr.report;

import io.github.qmbench.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A headless Chromium that is driven over a pipe by the DevTools protocol: messages are JSON between zero bytes, on the
 * browser's file descriptors 3 and 4. For one thread.
 */
final class Chromium implements AutoCloseable {

    private final Process process;
    private final OutputStream commands;
    private final InputStream answers;
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final String session;
    private long lastId;

    Chromium(Path profile) throws IOException {
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
                                + " --user-data-dir=\"$0\" --remote-debugging-pipe about:blank 3<&0 4>&1 >/dev/null 2>&1",
                        profile.toString())
                .start();
        commands = process.getOutputStream();
        answers = process.getInputStream();
        Object target =
                call("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session = (String) call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Opens a page in a window of this size and waits until it is loaded; forgets earlier events. */
    void open(Path page, int width, int height, String colourScheme) throws IOException {
        events.clear();
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        media("", colourScheme);
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        while (events("Page.loadEventFired").isEmpty()) {
            read();
        }
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** Shows the page on another medium ("" or "print") and in another colour scheme. */
    void media(String medium, String colourScheme) throws IOException {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        medium,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
    }

    /** Returns the value of a JavaScript expression, a promise's when it has come. */
    Object evaluate(String expression) throws IOException {
        Map<String, Object> answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IOException(expression + ": " + answer.get("exceptionDetails"));
        }
        return Json.asObject(answer.get("result")).get("value");
    }

    /** Moves the mouse to a place in the window. */
    void mouseTo(double x, double y) throws IOException {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** The parameters of all events of a kind since the page was opened. */
    List<Map<String, Object>> events(String method) {
        return events.stream()
                .filter(event -> method.equals(event.get("method")))
                .map(event -> Json.asObject(event.get("params")))
                .toList();
    }

    Map<String, Object> call(String method, Map<String, Object> parameters) throws IOException {
        return call(session, method, parameters);
    }

    private Map<String, Object> call(String sessionId, String method, Map<String, Object> parameters)
            throws IOException {
        long id = ++lastId;
        Map<String, Object> message = sessionId.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", sessionId);
        commands.write(Json.write(message).getBytes(StandardCharsets.UTF_8));
        commands.write(0);
        commands.flush();
        while (true) {
            Map<String, Object> answer = read();
            if (Long.valueOf(id).equals(answer.get("id"))) {
                if (answer.containsKey("error")) {
                    throw new IOException(method + ": " + answer.get("error"));
                }
                return Json.asObject(answer.get("result"));
            }
        }
    }

    private Map<String, Object> read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int next;
        while ((next = answers.read()) > 0) {
            message.write(next);
        }
        if (next < 0) {
            throw new IOException("chromium has ended; is it installed (Debian: apt-get install chromium)?");
        }
        Map<String, Object> read = Json.parseObject(message.toString(StandardCharsets.UTF_8));
        if (read.containsKey("method")) {
            events.add(read);
        }
        return read;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        commands.close(); // the browser ends with its pipe
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
