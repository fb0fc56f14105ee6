/* A digest of arrays, which tells whether the library's results are those that were judged before. */
#ifndef DIGEST_H
#define DIGEST_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../C/splitmix.h"

/* Of an array that has a number of its own. Digests of several are added up, whatever the order they come in. */
static inline uint64_t digest_of(uint64_t number, const void *array, size_t bytes) {
  uint64_t seed = mixed(number + 1), sum = 0, word, last = 0;
  size_t words = bytes / 8;
  for (size_t i = 0; i < words; i++) {
    memcpy(&word, (const char *)array + 8 * i, 8);
    sum += mixed(mixed(word ^ seed) + i);
  }
  if (bytes % 8) memcpy(&last, (const char *)array + 8 * words, bytes % 8);
  return sum + mixed(mixed(last ^ seed) + words + (bytes << 32));
}

#endif
