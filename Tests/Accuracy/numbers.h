/* The four element types: their bit patterns as doubles and back, and the size of an ULP. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <activations.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct number_type {
  const char *name;
  int precision; /* bits of the significand */
  int least; /* exponents of the smallest and the greatest normal numbers: 2^least, 2^greatest ≤ x < 2^(greatest+1) */
  int greatest;
  size_t size;
} number_type;

/* By act_type. */
static const number_type number_types[] = {
    {"f64", 53, -1022, 1023, 8}, {"f32", 24, -126, 127, 4}, {"f16", 11, -14, 15, 2}, {"bf16", 8, -126, 127, 2}};
enum { TYPES = 4 };

static inline double double_of_bits(uint64_t b) {
  double x;
  memcpy(&x, &b, 8);
  return x;
}
static inline uint64_t bits_of_double(double x) {
  uint64_t b;
  memcpy(&b, &x, 8);
  return b;
}

/* The 16-bit pattern nearest to x, ties to even. */
static inline uint16_t encode16(double x, const number_type *t) {
  uint16_t sign = signbit(x) ? 0x8000 : 0, infinity = (uint16_t)((t->greatest - t->least + 2) << (t->precision - 1));
  if (isnan(x)) return sign | infinity | (uint16_t)(1 << (t->precision - 2));
  if (isinf(x)) return sign | infinity;
  int e = x == 0 || ilogb(x) < t->least ? t->least : ilogb(x);
  if (e > t->greatest) return sign | infinity;
  double n = nearbyint(ldexp(fabs(x), t->precision - 1 - e)); /* exact but for the rounding wanted */
  return sign | (uint16_t)(((e - t->least) << (t->precision - 1)) + (int)n);
}

static inline double decode16(uint16_t b, const number_type *t) {
  int field = (b & 0x7fff) >> (t->precision - 1), fraction = b & ((1 << (t->precision - 1)) - 1);
  double x;
  if (field == t->greatest - t->least + 2)
    x = fraction ? NAN : INFINITY;
  else
    x = ldexp(field ? fraction + (1 << (t->precision - 1)) : fraction,
              (field ? field - 1 : 0) + t->least - t->precision + 1);
  return b & 0x8000 ? -x : x;
}

/* The i-th element of an array of the type, as bits (signalling NaNs stay what they are) and as a number. */
static inline void store_bits(act_type type, void *array, size_t i, uint64_t bits) {
  uint32_t bits32 = (uint32_t)bits;
  uint16_t bits16 = (uint16_t)bits;
  if (type == ACT_F64)
    memcpy((char *)array + 8 * i, &bits, 8);
  else if (type == ACT_F32)
    memcpy((char *)array + 4 * i, &bits32, 4);
  else
    memcpy((char *)array + 2 * i, &bits16, 2);
}

static inline void store(act_type type, void *array, size_t i, double x) {
  float single = (float)x;
  if (type == ACT_F64)
    memcpy((char *)array + 8 * i, &x, 8);
  else if (type == ACT_F32)
    memcpy((char *)array + 4 * i, &single, 4);
  else
    store_bits(type, array, i, encode16(x, &number_types[type]));
}

static inline double load(act_type type, const void *array, size_t i) {
  double x;
  float single;
  uint16_t bits16;
  if (type == ACT_F64) return memcpy(&x, (const char *)array + 8 * i, 8), x;
  if (type == ACT_F32) return memcpy(&single, (const char *)array + 4 * i, 4), single;
  memcpy(&bits16, (const char *)array + 2 * i, 2);
  return decode16(bits16, &number_types[type]);
}

static inline void load_all(act_type type, const void *array, size_t n, double *x) {
  if (type == ACT_F32)
    for (size_t i = 0; i < n; i++) x[i] = load(ACT_F32, array, i);
  else
    for (size_t i = 0; i < n; i++) x[i] = load(type, array, i);
}

static inline double rounded(act_type type, double x) {
  if (type == ACT_F64) return x;
  if (type == ACT_F32) return (float)x;
  return decode16(encode16(x, &number_types[type]), &number_types[type]);
}

/* The exponent of the ULP of numbers with the exponent e: that of their binade, of the subnormals below. */
static inline int ulp_exponent(act_type type, int e) {
  const number_type *t = &number_types[type];
  return (e < t->least ? t->least : e > t->greatest ? t->greatest : e) - t->precision + 1;
}

#endif
