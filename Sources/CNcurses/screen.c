#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

// <term.h> defines macros named like half of the words in here.
extern char *tigetstr(const char *);

static struct {
  SCREEN *screen;
  FILE *in, *out;
  int fd;
  int left;
  int cursor_shown;
  // Where a frame is gathered to be written at once; -1: the library writes to the terminal itself.
  int frame;
  char *bytes;
  size_t room;
} terminal = {.frame = -1};

struct style {
  attr_t attributes;
  int pair;
};
static struct style styles[CN_MAX_STYLES];

// Pairs by number from 1; terminals of eight colours have 64, fewer than there are styles.
static struct {
  int foreground, background;
} pairs[CN_MAX_STYLES + 1];
static int pair_count;

int cn_set_locale(void) {
  setlocale(LC_ALL, "");
  // Numbers are read and written by the rules of the program, not of the country.
  setlocale(LC_NUMERIC, "C");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static FILE *stream(int fd, const char *mode) {
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (!file) close(copy);
  return file;
}

static void close_streams(void) {
  if (terminal.in) fclose(terminal.in);
  if (terminal.out) fclose(terminal.out);
  terminal.in = terminal.out = NULL;
  if (terminal.frame >= 0) close(terminal.frame);
  terminal.frame = -1;
  free(terminal.bytes);
  terminal.bytes = NULL;
  terminal.room = 0;
}

static void set_modes(void) {
  // Raw: Ctrl-C, Ctrl-Z and Ctrl-S are keys; the program decides what they do.
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  typeahead(-1);
  scrollok(stdscr, FALSE);
  idlok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
  curs_set(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
}

enum cn_status cn_open(const char *term, int input, int output) {
  if (terminal.screen) return CN_FAILED;
  terminal.in = stream(input, "r");
  terminal.out = stream(output, "w");
  if (!terminal.in || !terminal.out) {
    close_streams();
    return CN_FAILED;
  }
  // The driver knows the size; exported LINES and COLUMNS would freeze it.
  use_env(FALSE);
  // Delays that only ever helped terminals with wheels.
  setenv("NCURSES_NO_PADDING", "1", 0);
  use_tioctl(TRUE);
  terminal.screen = newterm(term, terminal.out, terminal.in);
  if (!terminal.screen) {
    close_streams();
    return CN_UNKNOWN_TERMINAL;
  }
  terminal.fd = output;
  terminal.left = 0;
  terminal.cursor_shown = 0;
  terminal.frame = cn_memory_file("frame");
  const char *move = tigetstr("cup");
  if (!move || move == (char *)-1) {
    // Nothing was drawn; only the modes that the library set for itself are to be undone.
    reset_shell_mode();
    terminal.left = 1;
    cn_close();
    return CN_CANNOT_MOVE;
  }
  set_modes();
  cn_reset_styles();
  return CN_OK;
}

void cn_close(void) {
  if (!terminal.screen) return;
  cn_leave();
  delscreen(terminal.screen);
  terminal.screen = NULL;
  close_streams();
}

void cn_leave(void) {
  if (!terminal.screen || terminal.left) return;
  endwin();
  terminal.left = 1;
}

void cn_enter(void) {
  if (!terminal.screen || !terminal.left) return;
  terminal.left = 0;
  reset_prog_mode();
  clearok(curscr, TRUE);
  doupdate();
  curs_set(terminal.cursor_shown);
}

int cn_terminal_size(int output, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(output, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return 0;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 1;
}

void cn_resize(int columns, int rows) {
  if (!terminal.screen || columns < 1 || rows < 1) return;
  if (is_term_resized(rows, columns)) resizeterm(rows, columns);
  werase(stdscr);
  clearok(curscr, TRUE);
}

int cn_colors(void) { return terminal.screen && has_colors() ? COLORS : 0; }

const char *cn_capability(const char *name) {
  char copy[32];
  snprintf(copy, sizeof copy, "%s", name);
  const char *value = tigetstr(copy);
  return value == (char *)-1 ? NULL : value;
}

void cn_reset_styles(void) {
  memset(styles, 0, sizeof styles);
  pair_count = 0;
}

static int pair_number(int foreground, int background) {
  if (foreground < 0 && background < 0) return 0;
  for (int pair = 1; pair <= pair_count; pair++)
    if (pairs[pair].foreground == foreground && pairs[pair].background == background) return pair;
  if (pair_count + 1 >= COLOR_PAIRS || pair_count >= CN_MAX_STYLES) return 0;
  if (init_extended_pair(pair_count + 1, foreground, background) == ERR) return 0;
  pair_count++;
  pairs[pair_count].foreground = foreground;
  pairs[pair_count].background = background;
  return pair_count;
}

void cn_set_style(int number, int foreground, int background, unsigned attributes) {
  if (number < 0 || number >= CN_MAX_STYLES) return;
  attr_t set = A_NORMAL;
  if (attributes & CN_BOLD) set |= A_BOLD;
  if (attributes & CN_DIM) set |= A_DIM;
  if (attributes & CN_UNDERLINE) set |= A_UNDERLINE;
  if (attributes & CN_REVERSE) set |= A_REVERSE;
  if (attributes & CN_ITALIC) set |= A_ITALIC;
  styles[number].attributes = set;
  // Some terminals without colours crash the library when asked for a pair.
  styles[number].pair = cn_colors() > 0 ? pair_number(foreground, background) : 0;
}

void cn_draw_row(int row, const struct cn_cell *cells, int count) {
  static cchar_t line[1024];
  if (count > (int)(sizeof line / sizeof line[0])) count = sizeof line / sizeof line[0];
  for (int i = 0; i < count; i++) {
    wchar_t text[CN_CELL_SCALARS + 1];
    for (int k = 0; k < CN_CELL_SCALARS; k++) text[k] = (wchar_t)cells[i].text[k];
    text[CN_CELL_SCALARS] = 0;
    struct style style = styles[cells[i].style % CN_MAX_STYLES];
    setcchar(&line[i], text, style.attributes, (short)style.pair, &style.pair);
  }
  mvwadd_wchnstr(stdscr, row, 0, line, count);
}

static void update(int cursor_row, int cursor_column) {
  int show = cursor_row >= 0;
  if (show) wmove(stdscr, cursor_row, cursor_column);
  leaveok(stdscr, !show);
  wnoutrefresh(stdscr);
  doupdate();
  if (show != terminal.cursor_shown) {
    curs_set(show);
    terminal.cursor_shown = show;
  }
}

// The library writes after every move of the cursor: what it writes goes into a file in memory and
// from there to the terminal in one piece.
static int gather(int cursor_row, int cursor_column) {
  int out = fileno(terminal.out);
  if (terminal.frame < 0 || lseek(terminal.frame, 0, SEEK_SET) != 0) return 0;
  if (dup3(terminal.frame, out, O_CLOEXEC) < 0) return 0;
  update(cursor_row, cursor_column);
  while (dup3(terminal.fd, out, O_CLOEXEC) < 0 && errno == EINTR) continue;
  return 1;
}

// With every change of attributes the library also asks for the usual set of characters, which nothing
// here ever changes: taken out, and answered is how much is left.
static size_t shorten(char *bytes, size_t count) {
  static const char usual[] = "\33(B";
  const size_t length = sizeof usual - 1;
  if (memmem(bytes, count, "\33(0", length)) return count;
  char *end = bytes + count, *to = bytes;
  for (char *from = bytes; from < end;) {
    char *next = memmem(from, (size_t)(end - from), usual, length);
    size_t kept = (size_t)((next ? next : end) - from);
    memmove(to, from, kept);
    to += kept;
    from = next ? next + length : end;
  }
  return (size_t)(to - bytes);
}

void cn_flush(int cursor_row, int cursor_column, int synchronizes) {
  static const char begin[] = "\33[?2026h", end[] = "\33[?2026l";
  const size_t mark = sizeof begin - 1;
  if (!gather(cursor_row, cursor_column)) {
    update(cursor_row, cursor_column);
    return;
  }
  off_t length = lseek(terminal.frame, 0, SEEK_CUR);
  if (length <= 0) return;
  size_t count = (size_t)length;
  if (terminal.room < count + 2 * mark) {
    char *bytes = realloc(terminal.bytes, count + 2 * mark);
    if (!bytes) return cn_repaint();
    terminal.bytes = bytes;
    terminal.room = count + 2 * mark;
  }
  if (pread(terminal.frame, terminal.bytes + mark, count, 0) != length) return cn_repaint();
  count = shorten(terminal.bytes + mark, count);
  // What a terminal reads at once needs no brackets around it.
  if (!synchronizes || count < CN_WHOLE_FRAME) {
    cn_write(terminal.bytes + mark, count);
    return;
  }
  memcpy(terminal.bytes, begin, mark);
  memcpy(terminal.bytes + mark + count, end, mark);
  cn_write(terminal.bytes, count + 2 * mark);
}

void cn_repaint(void) { clearok(curscr, TRUE); }

void cn_erase(void) { werase(stdscr); }

int cn_read_cell(int row, int column, struct cn_cell *cell, unsigned *attributes, int *foreground,
                 int *background) {
  cchar_t drawn;
  wchar_t text[CCHARW_MAX + 1] = {0};
  attr_t set = 0;
  short ignored = 0;
  int pair = 0;
  memset(cell, 0, sizeof *cell);
  if (mvwin_wch(curscr, row, column, &drawn) == ERR) return 0;
  if (getcchar(&drawn, text, &set, &ignored, &pair) == ERR) return 0;
  for (int i = 0; i < CN_CELL_SCALARS; i++) cell->text[i] = (uint32_t)text[i];
  *attributes = (set & A_BOLD ? CN_BOLD : 0) | (set & A_DIM ? CN_DIM : 0) |
                (set & A_UNDERLINE ? CN_UNDERLINE : 0) | (set & A_REVERSE ? CN_REVERSE : 0) |
                (set & A_ITALIC ? CN_ITALIC : 0);
  *foreground = pair > 0 && pair <= pair_count ? pairs[pair].foreground : -1;
  *background = pair > 0 && pair <= pair_count ? pairs[pair].background : -1;
  return 1;
}

int cn_write(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(terminal.fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) {
      struct pollfd ready = {.fd = terminal.fd, .events = POLLOUT};
      if (poll(&ready, 1, 1000) > 0 && !(ready.revents & (POLLHUP | POLLERR))) continue;
    }
    if (written <= 0) return 0;
    bytes += written;
    count -= (size_t)written;
  }
  return 1;
}

int cn_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
