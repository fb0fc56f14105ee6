/* One item checked: the library's results against the references, over all its inputs. */
#ifndef SWEEP_H
#define SWEEP_H

#include "inputs.h"

enum { TIERS = 2, WRONG_MAX = 10000 }; /* tiers by act_accuracy; an item with so many wrong is given up */

typedef struct example {
  uint64_t index;
  double parameters[ACT_PARAMETERS_MAX], x, dy, got, want, error;
} example;

/* What was found in one tier. */
typedef struct tally {
  uint64_t wrong;
  double worst;
  uint64_t worst_index;
  double worst_parameters[ACT_PARAMETERS_MAX], worst_x, worst_dy;
  int examples;
  example example[EXAMPLES];
} tally;

/* Is the promise correct rounding? Else it is a bound in ULP. */
int by_rounding(const item *it, int tier);

/* Checks the item, which is not random, in the tiers wanted, with so many threads. What the library says if it will not:
 * then nothing was found. */
act_status sweep_run(const item *it, const int tiers[TIERS], int threads, tally found[TIERS]);

/* Adds what was found with other parameters. */
void tally_add(tally *sum, const tally *found);

/* Called from the threads as they get on. */
void progress(uint64_t inputs);

#endif
