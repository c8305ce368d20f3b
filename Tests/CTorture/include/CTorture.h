#ifndef MUSTER_CTORTURE_H
#define MUSTER_CTORTURE_H
#include <stdint.h>

/// Begins to count the instructions of this thread; negative where the system does not let us.
int torture_count_instructions(void);

/// Ends the counting; instructions, or 0 where none were counted.
int64_t torture_counted(int counter);

enum torture_fault {
    /// Nothing happens.
    torture_none = 0,
    /// The process is killed instead of making the call.
    torture_kill = 1,
    /// The call fails with the error number `argument`.
    torture_fail = 2,
    /// The n-th write takes only `argument` bytes, and the process is killed directly behind it.
    torture_tear = 3,
    /// The process gets SIGINT instead of making the call.
    torture_interrupt = 4,
};

struct torture_result {
    /// System calls made behind the first SIGSTOP that the program sent itself.
    long calls;
    /// Number of the call that the fault was put into, from the system's table; -1 where it was not reached.
    long call;
    /// Writes among the calls.
    long writes;
    /// Whether the call with the fault was one for memory.
    int is_memory;
    /// Exit status, or minus the signal that ended it.
    int status;
};

/// Runs a program that stops itself once, and puts a fault into its n-th system call (or write) behind that stop, from 0 on.
///
/// Its output goes to `output`, an open file. Answers 0, or an errno where the system does not let us follow it.
int torture_run(
    char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment, int output,
    long at, enum torture_fault fault, long argument, struct torture_result *_Nonnull result);

#endif
