// The floor of an idle screen: a clock and three countdowns once a second through ncurses, nothing else.
// Ends with the terminal or on a signal.
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    setlocale(LC_ALL, "");
    initscr();
    curs_set(0);
    for (int line = 6; line < LINES - 1; line++)
        mvprintw(line, 2, "%02d:%02d  entry %d of the timeline, as wide as entries are", line / 60, line % 60, line);
    time_t start = time(NULL);
    for (;;) {
        time_t now = time(NULL);
        struct tm parts;
        gmtime_r(&now, &parts);
        mvprintw(0, 2, "%02d:%02d:%02d UTC", parts.tm_hour, parts.tm_min, parts.tm_sec);
        for (int line = 0; line < 3; line++) {
            long left = (line + 1) * 1800 - (now - start);
            mvprintw(2 + line, 2, "countdown %d   %02ld:%02ld", line + 1, left / 60, left % 60);
        }
        refresh();
        struct timespec time;
        clock_gettime(CLOCK_REALTIME, &time);
        struct pollfd input = {STDIN_FILENO, POLLIN, 0};
        int ready = poll(&input, 1, 1000 - (int)(time.tv_nsec / 1000000));
        if (ready > 0) {
            char byte;
            if (read(STDIN_FILENO, &byte, 1) <= 0 || byte == 'q') break;
        }
    }
    endwin();
    return 0;
}
