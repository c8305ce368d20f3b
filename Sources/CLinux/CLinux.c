#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

// The archive of the C++ library asks for it; glibc has it since 2.36 only.
uint32_t arc4random(void);
uint32_t arc4random(void) {
    uint32_t number;
    while (getrandom(&number, sizeof number, 0) != sizeof number) {}
    return number;
}

// The Swift runtime would read the words of the command line from /proc, which a rescue system may not have mounted.
void _swift_stdlib_overrideUnsafeArgvArgc(char **words, int count);

__attribute__((constructor)) static void keep_words(int count, char **words) {
    _swift_stdlib_overrideUnsafeArgvArgc(words, count);
}

static int set_lock(int file, short type) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0};
    return fcntl(file, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

int muster_lock_exclusive(int file) { return set_lock(file, F_WRLCK); }

int muster_unlock(int file) { return set_lock(file, F_UNLCK); }

int muster_is_locked(int file) {
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0};
    if (fcntl(file, F_OFD_GETLK, &lock) != 0) return -errno;
    return lock.l_type != F_UNLCK;
}

int muster_reserve(int file, int64_t offset, int64_t length) {
    return fallocate(file, FALLOC_FL_KEEP_SIZE, offset, length) == 0 ? 0 : errno;
}

int muster_place(const char *from, const char *to) {
    if (link(from, to) == 0) {
        unlink(from);
        return 0;
    }
    switch (errno) {
    case EPERM: case EOPNOTSUPP: case ENOSYS: case EMLINK:
        // Some file systems know no second name of a file.
        return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
    default: return errno;
    }
}

int muster_is_on_network(int file) {
    struct statfs system;
    if (fstatfs(file, &system) != 0) return -errno;
    switch ((uint32_t)system.f_type) {
    case 0x6969:      // NFS
    case 0x517B:      // SMB
    case 0xFF534D42u: // CIFS
    case 0xFE534D42u: // SMB 2 and later
    case 0x564C:      // NCP
    case 0x73757245:  // Coda
    case 0x5346414F:  // AFS
    case 0x6B414653:  // kAFS
    case 0x01021997:  // 9P
    case 0x00C36400:  // Ceph
    case 0x0BD00BD0:  // Lustre
    case 0x65735546:  // FUSE: sshfs, GlusterFS and the like
        return 1;
    default:
        return 0;
    }
}

int muster_random(void *bytes, size_t count) {
    uint8_t *next = bytes;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

const uint8_t *muster_find(const uint8_t *bytes, size_t count, const uint8_t *wanted, size_t wanted_count) {
    return bytes ? memmem(bytes, count, wanted, wanted_count) : NULL;
}

const uint8_t *muster_last_line_feed(const uint8_t *bytes, size_t count) { return memrchr(bytes, 10, count); }

int muster_memory_file(void) {
    int file = memfd_create("muster", MFD_CLOEXEC);
    return file >= 0 ? file : -errno;
}

int muster_alarm(int64_t milliseconds) {
    int alarm = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (alarm < 0) return -errno;
    // A time of zero would disarm it.
    if (milliseconds < 1) milliseconds = 1;
    struct itimerspec when = {
        .it_value = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000}};
    if (timerfd_settime(alarm, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) == 0) return alarm;
    int error = errno;
    close(alarm);
    return -error;
}

int muster_start(
    pid_t *process, char *const *arguments, char *const *environment, int input, int errors) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    int error = posix_spawnp(process, arguments[0], &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

int muster_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    int error = pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (error != 0) return -error;
    int file = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    return file >= 0 ? file : -errno;
}

int muster_take_signal(int signals) {
    struct signalfd_siginfo info;
    return read(signals, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

int muster_tell_manager(const char *address, const char *text, size_t count) {
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    size_t length = strlen(address);
    if (length == 0 || length > sizeof place.sun_path - 1) return ENAMETOOLONG;
    memcpy(place.sun_path, address, length);
    // An abstract address begins with a zero byte and has no other at its end.
    if (address[0] == '@') place.sun_path[0] = 0;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (address[0] != '@'));
    int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0) return errno;
    int error = 0;
    if (sendto(file, text, count, MSG_NOSIGNAL, (struct sockaddr *)&place, size) < 0) error = errno;
    close(file);
    return error;
}
