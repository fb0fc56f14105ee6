/* One number of each element type, from a double and back. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "activations.h"

static inline void store(act_type type, double value, void *out) {
  float single = (float)value;
  uint32_t bits;
  memcpy(&bits, &single, sizeof bits);
  uint16_t half;
  switch (type) {
    case ACT_F64:
      memcpy(out, &value, sizeof value);
      return;
    case ACT_F32:
      memcpy(out, &single, sizeof single);
      return;
    case ACT_F16: /* only for 0, ±∞, NaN and numbers that float16 holds exactly */
      if (isnan(value))
        half = 0x7e00;
      else if (isinf(value))
        half = 0x7c00;
      else if (value == 0)
        half = 0;
      else
        half = (uint16_t)((((bits >> 23 & 255) - 112) << 10) | (bits >> 13 & 1023));
      half |= (uint16_t)(bits >> 31 << 15);
      break;
    default:
      half = (uint16_t)(bits >> 16);
  }
  memcpy(out, &half, sizeof half);
}

static inline double load(act_type type, const void *in) {
  uint16_t half;
  uint32_t bits;
  double value;
  float single;
  switch (type) {
    case ACT_F64:
      memcpy(&value, in, sizeof value);
      return value;
    case ACT_F32:
      memcpy(&single, in, sizeof single);
      return single;
    case ACT_F16:
      memcpy(&half, in, sizeof half);
      value = (half >> 10 & 31) == 31 ? ((half & 1023) ? NAN : INFINITY)
              : (half >> 10 & 31)     ? ldexp(1024 + (half & 1023), (half >> 10 & 31) - 25)
                                      : ldexp(half & 1023, -24);
      return half >> 15 ? -value : value;
    default:
      memcpy(&half, in, sizeof half);
      bits = (uint32_t)half << 16;
      memcpy(&single, &bits, sizeof single);
      return single;
  }
}

#endif
