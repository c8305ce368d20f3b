#ifndef MUSTER_CNCURSES_H
#define MUSTER_CNCURSES_H
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#endif
