// The bare floors of writing: no lock, no look at the log, no seal.
//
//   floor once FILE BYTES          one write and fdatasync of BYTES bytes, from start to exit
//   floor many FILE BYTES COUNT    the same COUNT times; prints the worst in microseconds and the total in seconds
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count < 4) return 2;
    long size = atol(arguments[3]);
    long times = count > 4 ? atol(arguments[4]) : 1;
    if (size < 1 || size > 65536) return 2;
    char line[65536];
    memset(line, 'x', (size_t)size);
    line[size - 1] = '\n';
    int file = open(arguments[2], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (file < 0) return 4;
    double begin = now(), worst = 0;
    for (long i = 0; i < times; i++) {
        double start = now();
        if (write(file, line, (size_t)size) != size || fdatasync(file) != 0) return 4;
        double took = now() - start;
        if (took > worst) worst = took;
    }
    if (count > 4) printf("%.1f %.6f\n", worst * 1e6, now() - begin);
    return 0;
}
