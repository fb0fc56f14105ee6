/* Rows and gated units: the items beyond the functions of the catalogue. */
#ifndef COMPOSED_H
#define COMPOSED_H

#include "sweep.h"

/* The i-th of them, but for type, form and inputs; 0 when there are no more. */
int composed_at(int i, item *it);

/* So many inputs or some more, so that no row is cut off. */
uint64_t composed_inputs(const item *it, uint64_t about);

/* As sweep_run. Errors of rows' backward products are in ULPs of the largest of what is summed and the result. Of gated units' there are two
 * for each input. */
act_status composed_run(const item *it, const int tiers[TIERS], int judged, int threads, tally found[TIERS]);

#endif
