#ifndef MUSTER_CNCURSES_H
#define MUSTER_CNCURSES_H

#include <stddef.h>
#include <stdint.h>

// The part of ncurses, of terminal modes and of signals that the program uses. One screen at a time,
// one thread.

// ---- the screen (screen.c)

enum cn_status { CN_OK, CN_UNKNOWN_TERMINAL, CN_CANNOT_MOVE, CN_FAILED };

/// Attributes of a style.
enum cn_attribute {
  CN_BOLD = 1,
  CN_DIM = 2,
  CN_UNDERLINE = 4,
  CN_REVERSE = 8,
  CN_ITALIC = 16,
};

enum { CN_MAX_STYLES = 256, CN_CELL_SCALARS = 5 };

/// A character with its combining marks (unused places are zero) and the number of its style.
struct cn_cell {
  uint32_t text[CN_CELL_SCALARS];
  uint32_t style;
};

/// Takes the locale from the environment; true when it is UTF-8.
int cn_set_locale(void);
/// Columns the C library gives a character; negative when it knows none.
int cn_width(uint32_t scalar);

/// Opens the terminal behind two descriptors, without drawing yet. `term` may not be null.
enum cn_status cn_open(const char *term, int input, int output);
/// Leaves the screen if needed and frees everything.
void cn_close(void);
/// Goes back to the modes the terminal had before; idempotent.
void cn_leave(void);
/// Takes the terminal again; the next flush paints everything.
void cn_enter(void);

/// The terminal's size by its driver; false when it tells none.
int cn_terminal_size(int output, int *columns, int *rows);
/// Makes the screen so large; everything is to be drawn again.
void cn_resize(int columns, int rows);

/// Colours the terminal has; 0 when it has none.
int cn_colors(void);
/// A string capability (`kcuu1`); null when absent.
const char *cn_capability(const char *name);

/// Forgets all styles.
void cn_reset_styles(void);
/// Defines a style; colours are palette numbers, -1 the terminal's own.
void cn_set_style(int number, int foreground, int background, unsigned attributes);

/// Draws a row from its first column; a wide character is one cell.
void cn_draw_row(int row, const struct cn_cell *cells, int count);
/// A frame of fewer bytes is taken by any terminal as a whole.
enum { CN_WHOLE_FRAME = 1024 };
/// Sends what differs from what the terminal shows, in one piece; a negative row hides the cursor. A
/// longer piece is marked as one for terminals that know how to show it at once.
void cn_flush(int cursor_row, int cursor_column, int synchronizes);
/// Makes the next flush paint everything, for a screen that something else has written to.
void cn_repaint(void);
/// Blanks everything drawn so far.
void cn_erase(void);
/// Reads back what is drawn at a cell; false outside.
int cn_read_cell(int row, int column, struct cn_cell *cell, unsigned *attributes, int *foreground,
                 int *background);

/// Writes bytes to the terminal as they are; false when it is gone.
int cn_write(const char *bytes, size_t count);
/// What undoes everything the program switches on, whatever state the terminal is in.
const char *cn_reset_text(void);

// ---- signals (signals.c)

/// Routes signals into a pipe and makes crashes and `exit` restore the terminal; answers the pipe's reading
/// end, or -1.
int cn_install_signals(void);
/// Puts back what was there before.
void cn_remove_signals(void);
/// What a crash restores, told before the terminal is taken: its descriptors, the real standard error, and what stands
/// in for it meanwhile (-1: none). Called with `output` -1 when there is nothing to restore.
void cn_guard_terminal(int input, int output, int real_error, int kept_error);
/// Stops the process as Ctrl-Z does; returns when it goes on in the foreground.
void cn_stop(int input);

/// An anonymous file for standard error while the screen is in use, or -1.
int cn_memory_file(const char *name);

// ---- other programs (feed.c)

/// Runs a program with `bytes` on its standard input and answers its exit status; -1 when it could
/// not be run, was killed, or took longer than `timeout` milliseconds.
int cn_feed(const char *const *arguments, const char *bytes, size_t count, int timeout);

/// Runs a program on the terminal, which must have been left, and answers its exit status; -1 when
/// it could not be run or was killed. Stops with it when it is stopped.
int cn_run(const char *const *arguments, int terminal);

#endif
