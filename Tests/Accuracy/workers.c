#include "workers.h"

#include <pthread.h>

void workers_run(int threads, void *workers, size_t size, void *(*work)(void *)) {
  pthread_t thread[THREADS_MAX];
  int started = 1;
  char *worker = workers;
  while (started < threads && pthread_create(&thread[started], NULL, work, worker + size * (size_t)started) == 0) started++;
  work(worker);
  for (int i = 1; i < started; i++) pthread_join(thread[i], NULL);
  for (int i = started; i < threads; i++) work(worker + size * (size_t)i);
}
