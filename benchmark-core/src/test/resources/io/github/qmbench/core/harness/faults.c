/*
 * Makes calls of the operating system fail, for DeviceFaults and the tests of promises: LD_PRELOAD=faults.so and
 *   FAULT_CALL   write, fsync, open, thread or spawn fail; with "hold", fsync waits; with "clock", it is an hour earlier
 *   FAULT_FILE   the end of the name of the file concerned (write, fsync, open, hold); a word that the command line of a
 *                process must hold (clock)
 *   FAULT_ERRNO  the error
 *   FAULT_WHEN   a file; calls fail from when it is there, and hold ends when it is gone
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int is_active(const char *call) {
    const char *wanted = getenv("FAULT_CALL");
    const char *when = getenv("FAULT_WHEN");
    return wanted != NULL && when != NULL && strcmp(wanted, call) == 0 && syscall(SYS_access, when, F_OK) == 0;
}

static int is_file(const char *path) {
    const char *end = getenv("FAULT_FILE");
    size_t length = strlen(path);
    return end != NULL && length >= strlen(end) && strcmp(path + length - strlen(end), end) == 0;
}

static int fails_on_path(const char *call, const char *path) {
    if (!is_active(call) || !is_file(path)) {
        return 0;
    }
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

static int fails_on_fd(const char *call, int fd) {
    int before = errno;
    char name[64];
    char path[4096];
    if (!is_active(call)) {
        errno = before;
        return 0;
    }
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    errno = before;
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return fails_on_path(call, path);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    return fails_on_fd("write", fd) ? -1 : syscall(SYS_write, fd, bytes, count);
}

int fsync(int fd) {
    while (fails_on_fd("hold", fd)) {
        usleep(10000);
    }
    return fails_on_fd("fsync", fd) ? -1 : (int) syscall(SYS_fsync, fd);
}

static int open_at(int directory, const char *path, int flags, mode_t mode) {
    return fails_on_path("open", path) ? -1 : (int) syscall(SYS_openat, directory, path, flags, mode);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return open_at(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return open_at(at, path, flags, mode); }

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (is_active("thread")) {
        return atoi(getenv("FAULT_ERRNO"));
    }
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "pthread_create");
    }
    return real(thread, attributes, start, argument);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
        const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]) {
    static int (*real)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
            char *const[], char *const[]);
    if (is_active("spawn")) {
        return atoi(getenv("FAULT_ERRNO"));
    }
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "posix_spawn");
    }
    return real(pid, path, actions, attributes, argv, environment);
}

/* Only the processes that have the word in their command line are in another hour. */
static int is_early(void) {
    static int is_concerned = -1;
    const char *word = getenv("FAULT_FILE");
    if (is_concerned < 0) {
        char text[65536];
        int file = syscall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY);
        ssize_t length = file < 0 ? 0 : syscall(SYS_read, file, text, sizeof text);
        syscall(SYS_close, file);
        is_concerned = word != NULL && length > 0 && memmem(text, length, word, strlen(word)) != NULL;
    }
    return is_concerned && is_active("clock");
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = real(clock, time);
    if (clock == CLOCK_REALTIME && is_early()) {
        time->tv_sec -= 3600;
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    static int (*real)(struct timeval *, void *);
    if (real == NULL) {
        real = dlsym(RTLD_NEXT, "gettimeofday");
    }
    int result = real(time, zone);
    if (is_early()) {
        time->tv_sec -= 3600;
    }
    return result;
}
