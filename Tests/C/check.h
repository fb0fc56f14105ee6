/* Counting checks: CHECK(condition, format, …) prints the first failures, report() the closing line. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int checks_passed, checks_failed;

#define CHECK(condition, ...)                                \
  do {                                                       \
    if (condition) {                                         \
      checks_passed++;                                       \
    } else if (++checks_failed <= 20) {                      \
      printf("%s:%d: %s: ", __FILE__, __LINE__, #condition); \
      printf(__VA_ARGS__);                                   \
      printf("\n");                                          \
    }                                                        \
  } while (0)

static inline int report(void) {
  printf("%d passed, %d failed\n", checks_passed, checks_failed);
  return checks_failed != 0 || checks_passed == 0;
}

#endif
