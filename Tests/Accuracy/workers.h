/* Threads that share a piece of work. */
#ifndef WORKERS_H
#define WORKERS_H

#include <stddef.h>

enum { THREADS_MAX = 1024 };

/* work(&workers[i]) for all, each of `size` bytes: in a thread of its own where one can be had, the first in this one. */
void workers_run(int threads, void *workers, size_t size, void *(*work)(void *));

#endif
