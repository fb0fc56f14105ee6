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

/* x rounded to the type: to a multiple of its ULP by adding, and taking away again, so large a number that doubles beside
 * it are that far apart. */
static inline double rounded(act_type type, double x) {
  const number_type *t = &number_types[type];
  if (type == ACT_F64) return x;
  if (type == ACT_F32) return (float)x;
  int e = (int)(bits_of_double(x) >> 52 & 0x7ff) - 1023;
  e = e < t->least ? t->least : e > t->greatest + 1 ? t->greatest + 1 : e;
  double large = double_of_bits((uint64_t)(1023 + 53 + e - t->precision) << 52), size = fabs(x) + large - large;
  return copysign(size < double_of_bits((uint64_t)(1024 + t->greatest) << 52) ? size : size + INFINITY, x);
}

/* The 16-bit pattern nearest to x, ties to even. */
static inline uint16_t encode16(double x, const number_type *t) {
  uint16_t sign = signbit(x) ? 0x8000 : 0, infinity = (uint16_t)((t->greatest - t->least + 2) << (t->precision - 1));
  if (isnan(x)) return sign | infinity | (uint16_t)(1 << (t->precision - 2));
  double size = fabs(rounded((act_type)(t - number_types), x));
  if (isinf(size)) return sign | infinity;
  int e = (int)(bits_of_double(size) >> 52) - 1023;
  if (e < t->least) e = t->least;
  double n = size * double_of_bits((uint64_t)(1023 + t->precision - 1 - e) << 52); /* the significand, a whole number */
  return sign | (uint16_t)(((e - t->least) << (t->precision - 1)) + (int)n);
}

/* The pattern as that of a double with too small an exponent, put right by a product, which is exact. */
static inline double decode16(uint16_t b, const number_type *t) {
  double size = double_of_bits((uint64_t)(b & 0x7fff) << (53 - t->precision)) *
                double_of_bits((uint64_t)(1023 + 1022 + t->least) << 52);
  if (size >= double_of_bits((uint64_t)(1024 + t->greatest) << 52))
    size = b & ((1 << (t->precision - 1)) - 1) ? NAN : INFINITY;
  return b & 0x8000 ? -size : size;
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

/* 2^e, a normal number */
static inline double two_to(int e) { return double_of_bits((uint64_t)(1023 + e) << 52); }

/* The exponent of the ULP of numbers with the exponent e: that of their binade, of the subnormals below. */
static inline int ulp_exponent(act_type type, int e) {
  const number_type *t = &number_types[type];
  return (e < t->least ? t->least : e > t->greatest ? t->greatest : e) - t->precision + 1;
}

#endif
