package io.github.qmbench.slurm;

import io.github.qmbench.core.process.ProcessRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The script of a job: it runs the program of a request and leaves an {@link ExitRecord}.
 *
 * <p>The program runs in the background, for only then does bash hear Slurm's SIGTERM while it runs, and a trap that
 * looked at {@code $?} with the program in the foreground would record success for a cancelled job.
 *
 * <p>CPU time is that of all processes that the program waited for, as bash says it; memory and transfer are looked at
 * while the program runs, which takes less than 0.1 % of a core.
 *
 * <p>Only the job that the owner's file names may run: one that was taken for lost and replaced ends itself, before its
 * program starts or, where its node was cut off from Slurm but not from the disk, within seconds. So does one whose
 * files a later attempt has moved away. A file that merely cannot be read ends no job, because a shared disk may be away
 * for a moment.
 */
final class JobScript {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The script's own exit code when the files it needs are not there: the disk is not shared with that node. */
    static final int EXIT_NO_FILES = 79;

    /**
     * What the script has to know.
     *
     * @param name the job's name
     * @param owner the file that names the job that may run
     * @param record where the exit record goes
     * @param fence how often to look whether the job still may run
     * @param delay how long to wait before the program starts, for an earlier job to notice that it was replaced
     */
    record Setting(String name, Path owner, Path record, Duration fence, Duration delay) {}

    private JobScript() {}

    /**
     * Returns the text of the script.
     *
     * @throws IllegalArgumentException when an environment variable's name is none that a shell can export
     */
    static String text(ProcessRequest request, Setting setting) {
        StringBuilder exports = new StringBuilder();
        for (Map.Entry<String, String> variable : request.environment().entrySet()) {
            if (!NAME.matcher(variable.getKey()).matches()) {
                throw new IllegalArgumentException(
                        "not a name for an environment variable of a job: '" + variable.getKey() + "'");
            }
            exports.append("export ")
                    .append(variable.getKey())
                    .append('=')
                    .append(quote(variable.getValue()))
                    .append('\n');
        }
        StringBuilder command = new StringBuilder();
        request.command().forEach(word -> command.append(quote(word)).append(' '));
        return TEXT.replace("@NAME@", quote(setting.name()))
                .replace("@OWNER@", quote(setting.owner().toString()))
                .replace("@RECORD@", quote(setting.record().toString()))
                .replace("@DIRECTORY@", quote(request.directory().toString()))
                .replace("@FENCE@", seconds(setting.fence()))
                .replace("@DELAY@", seconds(setting.delay()))
                .replace("@NO_FILES@", Integer.toString(EXIT_NO_FILES))
                .replace("@OUTPUT@", quote(request.output().toString()))
                .replace("@INPUT@", quote(request.input().toString()))
                .replace("@ERROR@", quote(request.error().toString()))
                .replace("@PROGRAM@", quote(request.command().get(0)))
                .replace("@EXPORTS@", exports)
                .replace("@COMMAND@", command);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(0, (duration.toMillis() + 999) / 1000));
    }

    /** Quotes a text so that the shell takes it as one word, whatever is in it. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static final String TEXT = """
            #!/bin/bash
            # Written by qmbench. Runs one program and leaves its exit record.
            name=@NAME@
            owner=@OWNER@
            record=@RECORD@

            if ! cd @DIRECTORY@ || [ ! -r "$owner" ]; then
                echo "the calculation's directory is not there on $(hostname): is it on a shared disk?" >&2
                exit @NO_FILES@
            fi
            # Another job has been submitted in the place of this one. A later attempt moves the owner's file away; the folder
            # then lists the file of another launch and not this one. A disk that is away for a moment lists neither.
            replaced() {
                local now= listed
                { read -r now <"$owner"; } 2>/dev/null
                if [ -n "$now" ]; then
                    [ "$now" != "$name" ]
                else
                    listed=("${owner%/*}"/*.owner)
                    [ -e "${listed[0]}" ] && [[ " ${listed[*]} " != *" $owner "* ]]
                fi
            }
            if replaced; then exit 0; fi
            rm -f "$record"

            child= fence= terminated=0 missing=0 started=$(date +%s.%N)
            finish() {
                code=$?
                # The fence below, if it is ended at its very beginning, comes here as well: the record is not its business.
                [ "$BASHPID" = "$$" ] || exit "$code"
                trap - EXIT
                trap '' PIPE
                ended=$(date +%s.%N)
                [ -n "$fence" ] && kill "$fence" 2>/dev/null
                if ! replaced; then
                    user= system= memory= read= written=
                    # Not in a subshell, which has times of its own.
                    times >"$record.$SLURM_JOB_ID" && { read -r _ _; read -r user system; } <"$record.$SLURM_JOB_ID"
                    if [ -n "${WATCH[1]:-}" ]; then
                        { echo end >&"${WATCH[1]}"; read -r -t 5 memory read written <&"${WATCH[0]}"; } 2>/dev/null
                    fi
                    printf 'format=1\\nname=%s\\njob=%s\\nrestart=%s\\nnode=%s\\ncode=%s\\nterminated=%s\\nmissing=%s\\nstarted=%s\\nended=%s\\ncpu=%s\\nmemory=%s\\nread=%s\\nwritten=%s\\nend=\\n' \\
                        "$name" "$SLURM_JOB_ID" "${SLURM_RESTART_COUNT:-0}" "${SLURMD_NODENAME:-$(hostname)}" \\
                        "$code" "$terminated" "$missing" "$started" "$ended" \\
                        "$user $system" "$memory" "$read" "$written" >"$record.$SLURM_JOB_ID" &&
                        mv -f "$record.$SLURM_JOB_ID" "$record"
                fi
                exit "$code"
            }
            trap finish EXIT
            trap 'terminated=1; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null && wait "$child"; exit 143' TERM INT

            if [ @DELAY@ -gt 0 ]; then
                sleep @DELAY@ & wait $!
                if replaced; then exit 0; fi
                started=$(date +%s.%N)
            fi
            # A job started with --export=NONE would hand that on to mpirun, which then finds nothing.
            unset SLURM_EXPORT_ENV
            @EXPORTS@
            if ! command -v -- @PROGRAM@ >/dev/null; then
                missing=1
                echo @PROGRAM@ "is not there, or not executable, on $(hostname)" >&2
                exit 127
            fi
            @COMMAND@<@INPUT@ >@OUTPUT@ 2>@ERROR@ &
            child=$!
            (
                trap - EXIT
                trap 'kill "$nap" 2>/dev/null; exit 0' TERM
                while :; do
                    sleep @FENCE@ & nap=$!
                    wait "$nap"
                    if replaced; then
                        kill -TERM "$child" 2>/dev/null
                        sleep 5 & nap=$!
                        wait "$nap"
                        kill -KILL "$child" 2>/dev/null
                        exit 0
                    fi
                done
            ) &
            fence=$!
            # Looks now and then at the memory and the transfer of the program and its descendants, starts no process for
            # that, and answers once, when it is asked.
            watch() {
                trap - EXIT
                trap '' TERM INT
                LC_ALL=C
                local memory=0 read=0 written=0 nap=100 line=$'\\n' pids i file kids resident in out text value
                while read -r -t "$((nap / 1000)).$((nap / 100 % 10))"; [ $? -gt 128 ]; do
                    pids=("$child") resident=0 in=0 out=0
                    for ((i = 0; i < ${#pids[@]}; i++)); do
                        # A process may be gone by now, and what cannot be opened is not read: nothing of the one before may stay.
                        text=; read -r -d '' text <"/proc/${pids[i]}/status"
                        if [[ $text == *VmHWM:* ]]; then
                            value=${text#*VmHWM:} value=${value%% kB*}
                            ((value > memory)) && memory=$((value))
                            value=${text#*VmRSS:} resident=$((resident + ${value%% kB*}))
                        fi
                        text=; read -r -d '' text <"/proc/${pids[i]}/io"
                        if [[ $text == *read_bytes:* ]]; then
                            value=${text#*read_bytes:} in=$((in + ${value%%"$line"*}))
                            value=${text#*"$line"write_bytes:} out=$((out + ${value%%"$line"*}))
                        fi
                        for file in /proc/"${pids[i]}"/task/*/children; do
                            kids=(); read -r -d '' -a kids <"$file"
                            pids+=("${kids[@]}")
                        done
                    done
                    ((resident > memory)) && memory=$resident
                    ((in > read)) && read=$in
                    ((out > written)) && written=$out
                    nap=$((nap < 1000 ? 2 * nap : 1000 + 500 * ${#pids[@]}))
                done
                echo "$memory $read $written"
                read -r # until the script has ended
            }
            coproc WATCH { watch; } 2>/dev/null
            wait "$child"
            """;
}
