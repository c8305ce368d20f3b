#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Mouse, paste and focus reports off, synchronised output ended, scroll region and keypad as usual,
// the ordinary screen, a visible cursor, plain characters, a new line.
static const char cn_reset_sequence[] =
    "\033[?1003l\033[?1002l\033[?1000l\033[?1006l\033[?2004l\033[?1004l\033[?2026l"
    "\033[r\033[?1l\033>\033[?1049l\033[?25h\033[0m\033(B\017\r\n";

const char *cn_reset_text(void) { return cn_reset_sequence; }

static const int routed[] = {SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP};
static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { ROUTED = sizeof routed / sizeof routed[0], CRASHES = sizeof crashes / sizeof crashes[0] };

static struct sigaction routed_before[ROUTED], crashes_before[CRASHES], pipe_before;
static int ends[2] = {-1, -1};
static int installed, chains;
static char alternate_stack[64 * 1024];

static struct {
  volatile sig_atomic_t output;
  int input, real_error, kept_error, has_modes;
  struct termios modes;
} guarded = {.output = -1};

static void route(int number) {
  int kept = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already says everything there is to say.
  ssize_t ignored = write(ends[1], &byte, 1);
  (void)ignored;
  errno = kept;
}

// What the runtime had to say about the crash went into a file meanwhile.
static void replay_errors(void) {
  if (guarded.kept_error < 0) return;
  dup2(guarded.real_error, STDERR_FILENO);
  char block[4096];
  if (lseek(guarded.kept_error, 0, SEEK_SET) != 0) return;
  for (int blocks = 0; blocks < 64; blocks++) {
    ssize_t count = read(guarded.kept_error, block, sizeof block);
    if (count <= 0) return;
    ssize_t ignored = write(STDERR_FILENO, block, (size_t)count);
    (void)ignored;
  }
}

// Safe in a signal handler; does nothing when the terminal was given back already.
static void restore_terminal(void) {
  if (guarded.output < 0) return;
  int output = guarded.output;
  guarded.output = -1;
  signal(SIGTTOU, SIG_IGN);
  ssize_t ignored = write(output, cn_reset_sequence, strlen(cn_reset_sequence));
  (void)ignored;
  if (guarded.has_modes) tcsetattr(guarded.input, TCSANOW, &guarded.modes);
  replay_errors();
}

// Restores the terminal and dies of the same signal at once. The runtime's own crash report may
// wait for a key that nobody at an unattended screen will press, so it only runs where
// SWIFT_BACKTRACE asks for it.
static void crash(int number) {
  restore_terminal();
  for (int i = 0; i < CRASHES; i++) {
    if (crashes[i] != number) continue;
    if (chains)
      sigaction(number, &crashes_before[i], NULL);
    else
      signal(number, SIG_DFL);
  }
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
  if (!chains) _exit(128 + number);
}

int cn_install_signals(void) {
  if (ends[0] < 0 && pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = route;
  action.sa_flags = SA_RESTART;
  for (int i = 0; i < ROUTED; i++)
    sigaction(routed[i], &action, installed ? NULL : &routed_before[i]);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, installed ? NULL : &pipe_before);

  static int at_exit;
  if (!at_exit) at_exit = atexit(restore_terminal) == 0;
  chains = getenv("SWIFT_BACKTRACE") != NULL;
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  action.sa_handler = crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (int i = 0; i < CRASHES; i++)
    sigaction(crashes[i], &action, installed ? NULL : &crashes_before[i]);
  installed = 1;
  return ends[0];
}

void cn_remove_signals(void) {
  if (!installed) return;
  for (int i = 0; i < ROUTED; i++) sigaction(routed[i], &routed_before[i], NULL);
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &crashes_before[i], NULL);
  sigaction(SIGPIPE, &pipe_before, NULL);
  installed = 0;
}

void cn_guard_terminal(int input, int output, int real_error, int kept_error) {
  guarded.output = -1;
  if (output < 0) return;
  guarded.input = input;
  guarded.real_error = real_error;
  guarded.kept_error = kept_error;
  guarded.has_modes = tcgetattr(input, &guarded.modes) == 0;
  guarded.output = output;
}

void cn_stop(int input) {
  struct sigaction usual, before;
  memset(&usual, 0, sizeof usual);
  sigemptyset(&usual.sa_mask);
  usual.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &usual, &before);
  kill(0, SIGTSTP);
  // Continued in the background: wait there until the terminal is ours again. A group nobody
  // watches cannot stop, so this ends by itself.
  for (int tries = 0; tries < 100; tries++) {
    pid_t owner = tcgetpgrp(input);
    if (owner < 0 || owner == getpgrp()) break;
    raise(SIGTTIN);
  }
  sigaction(SIGTSTP, &before, NULL);
}
