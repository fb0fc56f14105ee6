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
  uint64_t digest; /* of the library's results and, but where they are all bit patterns, the inputs */
  uint64_t wrong;
  double worst;
  uint64_t worst_index;
  double worst_parameters[ACT_PARAMETERS_MAX], worst_x, worst_dy;
  int examples;
  example example[EXAMPLES];
} tally;

/* Is the promise correct rounding? Else it is a bound in ULP. */
int by_rounding(const item *it, int tier);
int within_bound(const item *it, int tier, double error);
/* The bound in ULP that the catalogue claims, NaN where it claims none. */
double claim(const item *it, int tier);

/* Checks the item, which is not random, in the tiers wanted, with so many threads; if not judged, the digest only is
 * found. What the library says if it will not: then nothing was found. */
act_status sweep_run(const item *it, const int tiers[TIERS], int judged, int threads, tally found[TIERS]);

/* Takes down an error and, if it is wrong, an example. Returns how many are wrong. */
uint64_t tally_note(tally *t, example e, int wrong);

/* Adds the arrays to the digest, in their place among all. */
void tally_digest(tally *t, uint64_t place, int count, const void *const arrays[], size_t bytes);

/* Adds what another thread found. */
void tally_merge(tally *sum, const tally *found);

/* Adds what was found with other parameters. */
void tally_add(tally *sum, const tally *found);

/* Called from the threads as they get on. */
void progress(uint64_t inputs);

#endif
