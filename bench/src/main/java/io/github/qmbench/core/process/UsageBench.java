package io.github.qmbench.core.process;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what it costs to watch programs that only wait, as a run does it: prints how many programs of how many processes
 * there were, and what share of a core the looks took.
 */
public final class UsageBench {

    private static final int POLL_MILLIS = 100;

    private UsageBench() {}

    /**
     * Watches.
     *
     * @param args the number of programs, the number of processes of each, and for how many seconds
     */
    public static void main(String[] args) throws Exception {
        int programs = Integer.parseInt(args[0]);
        int processes = Integer.parseInt(args[1]);
        String children = "sleep 600 & ".repeat(processes - 1);
        List<Process> started = new ArrayList<>();
        List<UsageWatch.Session> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < programs; i++) {
                Process process = new ProcessBuilder("setsid", "sh", "-c", children + "sleep 600; true").start();
                started.add(process);
                sessions.add(UsageWatch.of(process).orElseThrow());
            }
            look(sessions, 10); // until Java has compiled it
            System.out.printf(
                    Locale.ROOT,
                    "%d %d %.4f%n",
                    programs,
                    processes,
                    100 * look(sessions, Integer.parseInt(args[2])));
        } finally {
            for (Process process : started) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** Returns what share of a core it took. */
    private static double look(List<UsageWatch.Session> sessions, int seconds) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long cpu = 0;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            Thread.sleep(POLL_MILLIS);
            long before = threads.getCurrentThreadCpuTime();
            sessions.forEach(UsageWatch.Session::look);
            cpu += threads.getCurrentThreadCpuTime() - before;
        }
        return cpu / (double) (System.nanoTime() - begin);
    }
}
