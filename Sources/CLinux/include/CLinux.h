#ifndef MUSTER_CLINUX_H
#define MUSTER_CLINUX_H
#include <stddef.h>
#include <stdint.h>

/// Takes (or tries) a write lock on the whole file that belongs to the open file description; 0, or an errno.
int muster_lock_exclusive(int file);

/// Gives the lock back; 0, or an errno.
int muster_unlock(int file);

/// Whether another open file description holds a write lock on the file; 0 no, 1 yes, or minus an errno.
int muster_is_locked(int file);

/// Reserves room behind the end of a file without changing its length; 0, or an errno.
int muster_reserve(int file, int64_t offset, int64_t length);

/// Gives a finished file the name that it is to have, at once and never over another; 0, or an errno.
int muster_place(const char *_Nonnull from, const char *_Nonnull to);

/// Whether the file lies on a file system that other machines share; 0 no, 1 yes, or minus an errno.
int muster_is_on_network(int file);

/// Fills memory with random bytes; 0, or an errno.
int muster_random(void *_Nonnull bytes, size_t count);

/// The first place of one stretch of memory within another, or null.
const uint8_t *_Nullable muster_find(
    const uint8_t *_Nullable bytes, size_t count, const uint8_t *_Nonnull wanted, size_t wanted_count);

/// The last line feed in a stretch of memory, or null.
const uint8_t *_Nullable muster_last_line_feed(const uint8_t *_Nonnull bytes, size_t count);

/// An empty file without a name that no started program inherits, or minus an errno.
int muster_memory_file(void);

/// A descriptor that becomes readable at an instant, in milliseconds since 1970 by the system's clock, and also when
/// that clock is set; or minus an errno.
int muster_alarm(int64_t milliseconds);

/// Starts a program found by PATH, without a terminal and in a session of its own; it gets the input, an output that
/// goes nowhere and the errors, and no other open file. 0, or an errno.
int muster_start(
    int *_Nonnull process, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int input, int errors);

/// Holds back SIGTERM, SIGINT and SIGHUP on this thread and those that it starts; a descriptor from which they are taken
/// instead, or minus an errno.
int muster_signals(void);

/// The number of a signal that has come, or 0 where none has.
int muster_take_signal(int signals);

/// Sends a datagram to the socket of a service manager; a leading @ stands for the abstract namespace. 0, or an errno.
int muster_tell_manager(const char *_Nonnull address, const char *_Nonnull text, size_t count);

#endif
