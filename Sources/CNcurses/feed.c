#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// The text must fit the pipe: a program that does not read cannot hold us up then.
static int fill_pipe(int ends[2], const char *bytes, size_t count) {
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  fcntl(ends[1], F_SETPIPE_SZ, (int)count + 4096);
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  int whole = count == 0 || write(ends[1], bytes, count) == (ssize_t)count;
  close(ends[1]);
  if (!whole) close(ends[0]);
  return whole;
}

static int launch(pid_t *child, const char *const *arguments, int input, const char *output) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t none, usual;
  sigemptyset(&none);
  sigfillset(&usual);
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
    if (output)
      posix_spawn_file_actions_addopen(&files, fd, output, O_WRONLY, 0);
    else
      posix_spawn_file_actions_adddup2(&files, input, fd);
  }
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int failed = posix_spawnp(child, arguments[0], &files, &attributes, (char *const *)arguments,
                            environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return !failed;
}

int cn_run(const char *const *arguments, int terminal) {
  pid_t child;
  if (!launch(&child, arguments, terminal, NULL)) return -1;
  for (;;) {
    int status;
    if (waitpid(child, &status, WUNTRACED) < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSIGNALED(status)) return -1;
    // The shell that started us waits for us, not for what we started.
    raise(SIGSTOP);
    kill(child, SIGCONT);
  }
}

int cn_feed(const char *const *arguments, const char *bytes, size_t count, int timeout) {
  int ends[2];
  if (!fill_pipe(ends, bytes, count)) return -1;
  pid_t child;
  int launched = launch(&child, arguments, ends[0], "/dev/null");
  close(ends[0]);
  if (!launched) return -1;

  int watched = (int)syscall(SYS_pidfd_open, child, 0);
  if (watched >= 0) {
    struct pollfd ended = {.fd = watched, .events = POLLIN};
    int ready;
    do ready = poll(&ended, 1, timeout);
    while (ready < 0 && errno == EINTR);
    close(watched);
    if (ready <= 0) kill(child, SIGKILL);
  }
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
