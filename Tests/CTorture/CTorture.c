#define _GNU_SOURCE
#include "CTorture.h"

#include <elf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

int torture_count_instructions(void) {
    struct perf_event_attr wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.type = PERF_TYPE_HARDWARE;
    wanted.size = sizeof wanted;
    wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
    wanted.exclude_kernel = 1;
    wanted.exclude_hv = 1;
    return (int)syscall(SYS_perf_event_open, &wanted, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

int64_t torture_counted(int counter) {
    if (counter < 0) return 0;
    int64_t count = 0;
    if (read(counter, &count, sizeof count) != sizeof count) count = 0;
    close(counter);
    return count;
}

#if defined(__x86_64__)
typedef struct user_regs_struct registers;
#define CALL(r) ((r).orig_rax)
#define SET_CALL(r, n) ((r).orig_rax = (unsigned long long)(n))
#define ARGUMENT3(r) ((r).rdx)
#define RESULT(r) ((r).rax)
#elif defined(__aarch64__)
typedef struct user_pt_regs registers;
#define CALL(r) ((r).regs[8])
#define ARGUMENT3(r) ((r).regs[2])
#define RESULT(r) ((r).regs[0])
#endif

static int get(pid_t process, registers *values) {
    struct iovec place = {values, sizeof *values};
    return ptrace(PTRACE_GETREGSET, process, (void *)NT_PRSTATUS, &place) == 0 ? 0 : errno;
}

static int set(pid_t process, registers *values) {
    struct iovec place = {values, sizeof *values};
    return ptrace(PTRACE_SETREGSET, process, (void *)NT_PRSTATUS, &place) == 0 ? 0 : errno;
}

/// Lets a call that is about to be made be none at all.
static int skip(pid_t process, registers *values) {
#if defined(__x86_64__)
    SET_CALL(*values, -1);
    return set(process, values);
#else
    int none = -1;
    struct iovec place = {&none, sizeof none};
    (void)values;
    return ptrace(PTRACE_SETREGSET, process, (void *)NT_ARM_SYSTEM_CALL, &place) == 0 ? 0 : errno;
#endif
}

static void begin(char *const *arguments, char *const *environment, int output) {
    dup2(output, 1);
    dup2(output, 2);
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(126);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

static int ended(int status, struct torture_result *result) {
    if (WIFEXITED(status)) result->status = WEXITSTATUS(status);
    else if (WIFSIGNALED(status)) result->status = -WTERMSIG(status);
    else return 0;
    return 1;
}

int torture_run(
    char *const *arguments, char *const *environment, int output, long at, enum torture_fault fault,
    long argument, struct torture_result *result) {
    memset(result, 0, sizeof *result);
    result->call = -1;
    pid_t process = fork();
    if (process < 0) return errno;
    if (process == 0) begin(arguments, environment, output);
    int status = 0;
    int started = 0, entering = 1, failing = 0, tearing = 0;
    while (waitpid(process, &status, __WALL) == process) {
        if (ended(status, result)) return 0;
        int deliver = 0;
        int stop = WSTOPSIG(status);
        if (stop == (SIGTRAP | 0x80)) {
            registers values;
            if (get(process, &values) != 0) break;
            if (entering) {
                long call = (long)CALL(values);
                int is_write = call == SYS_write;
                long number = result->calls++;
                if (is_write) result->writes++;
                int is_wanted = fault == torture_tear ? is_write && result->writes - 1 == at : number == at;
                if (fault != torture_none && is_wanted) {
                    result->call = call;
                    result->is_memory = call == SYS_mmap || call == SYS_munmap || call == SYS_brk
                        || call == SYS_mprotect || call == SYS_madvise;
                    if (fault == torture_kill) kill(process, SIGKILL);
                    if (fault == torture_interrupt) kill(process, SIGINT);
                    if (fault == torture_fail) failing = skip(process, &values) == 0;
                    if (fault == torture_tear && (long)ARGUMENT3(values) > argument) {
                        ARGUMENT3(values) = (unsigned long)argument;
                        tearing = set(process, &values) == 0;
                    }
                }
            } else if (failing) {
                RESULT(values) = (unsigned long)-argument;
                set(process, &values);
                failing = 0;
            } else if (tearing) {
                kill(process, SIGKILL);
            }
            entering = !entering;
        } else if (stop == SIGSTOP && !started) {
            started = 1;
            ptrace(PTRACE_SETOPTIONS, process, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
        } else if (stop != SIGTRAP) {
            deliver = stop;
        }
        if (ptrace(started ? PTRACE_SYSCALL : PTRACE_CONT, process, 0, deliver) != 0 && errno != ESRCH) break;
    }
    int error = errno;
    kill(process, SIGKILL);
    waitpid(process, &status, __WALL);
    return error;
}
