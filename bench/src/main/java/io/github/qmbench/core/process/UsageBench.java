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
            look(runnables(sessions), 10); // until Java has compiled it
            int seconds = Integer.parseInt(args[2]);
            double polls = look(sessions.stream().map(session -> (Runnable) () -> {}).toList(), seconds);
            double looks = look(runnables(sessions), seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%d %d %.4f%n",
                    programs,
                    processes,
                    100 * Math.max(0, looks - polls));
        } finally {
            for (Process process : started) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static List<Runnable> runnables(List<UsageWatch.Session> sessions) {
        return sessions.stream().map(session -> (Runnable) session::look).toList();
    }

    /** Returns what share of a core it took, with waking up ten times a second, which a launch does in any case. */
    private static double look(List<Runnable> looks, int seconds) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long cpu = 0;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            Thread.sleep(POLL_MILLIS);
            long before = threads.getCurrentThreadCpuTime();
            looks.forEach(Runnable::run);
            cpu += threads.getCurrentThreadCpuTime() - before;
        }
        return cpu / (double) (System.nanoTime() - begin);
    }
}
