/* Not installed. Vectors of one register, for tiles of matrices: there the registers are filled by the tile's many sums. */
#ifndef ACT_MATRIX_H
#define ACT_MATRIX_H
#include "lanes.h"

#if defined(__AVX512F__)
enum { REGISTER = 64 };
#elif defined(__AVX2__)
enum { REGISTER = 32 };
#else
enum { REGISTER = 16 };
#endif
typedef float  r32 VECTOR(REGISTER / 4);
typedef double r64 VECTOR(REGISTER / 8);
typedef int       r32_mask VECTOR(REGISTER / 4);
typedef long      r64_mask VECTOR(REGISTER / 8);

#if defined(__FMA__) || defined(__aarch64__) || defined(__riscv_flen)
LANE r32 fma_r32(r32 a, r32 b, r32 c) { return __builtin_elementwise_fma(a, b, c); }
LANE r64 fma_r64(r64 a, r64 b, r64 c) { return __builtin_elementwise_fma(a, b, c); }
#else /* the lanes are of one register there */
LANE r32 fma_r32(r32 a, r32 b, r32 c) { return fma32(a, b, c); }
LANE r64 fma_r64(r64 a, r64 b, r64 c) { return fma64(a, b, c); }
#endif
/* The same pointer. The compiler must not know that it is a step from another one: it would add the steps up, one after the
 * other. */
LANE const void *opaque_pointer(const void *p) { __asm__("" : "+r"(p)); return p; }
LANE r32 add_r32(r32 a, r32 b) { return a + b; }
LANE r64 add_r64(r64 a, r64 b) { return a + b; }
/* One NaN for all, as in lanes.h. */
LANE r32 quiet_r32(r32 a) { return (r32_mask)(a == a) ? a : (r32)__builtin_nanf(""); }
LANE r64 quiet_r64(r64 a) { return (r64_mask)(a == a) ? a : (r64)__builtin_nan(""); }

/* The first n elements, 0 for the others; and storing them. */
#define SOME static inline __attribute__((always_inline, unused))
#if defined(__AVX512F__)
SOME r32 load_some_r32(const float *p, long n) {
  r32 zero = 0; return __builtin_ia32_loadups512_mask(p, zero, (unsigned short)((1u << n) - 1));
}
SOME r64 load_some_r64(const double *p, long n) {
  r64 zero = 0; return __builtin_ia32_loadupd512_mask(p, zero, (unsigned char)((1u << n) - 1));
}
SOME void store_some_r32(float *p, r32 a, long n) { __builtin_ia32_storeups512_mask(p, a, (unsigned short)((1u << n) - 1)); }
SOME void store_some_r64(double *p, r64 a, long n) { __builtin_ia32_storeupd512_mask(p, a, (unsigned char)((1u << n) - 1)); }
#elif defined(__AVX2__)
LANE r32_mask first_r32(long n) { r32_mask i = { 0, 1, 2, 3, 4, 5, 6, 7 }; return i < (int)n; }
LANE r64_mask first_r64(long n) { r64_mask i = { 0, 1, 2, 3 }; return i < n; }
SOME r32 load_some_r32(const float *p, long n) { return __builtin_ia32_maskloadps256((const r32 *)p, first_r32(n)); }
SOME r64 load_some_r64(const double *p, long n) { return __builtin_ia32_maskloadpd256((const r64 *)p, first_r64(n)); }
SOME void store_some_r32(float *p, r32 a, long n) { __builtin_ia32_maskstoreps256((r32 *)p, first_r32(n), a); }
SOME void store_some_r64(double *p, r64 a, long n) { __builtin_ia32_maskstorepd256((r64 *)p, first_r64(n), a); }
#else
SOME r32 load_some_r32(const float *p, long n) { r32 a = 0; __builtin_memcpy(&a, p, (unsigned long)n * sizeof *p); return a; }
SOME r64 load_some_r64(const double *p, long n) { r64 a = 0; __builtin_memcpy(&a, p, (unsigned long)n * sizeof *p); return a; }
SOME void store_some_r32(float *p, r32 a, long n) { __builtin_memcpy(p, &a, (unsigned long)n * sizeof *p); }
SOME void store_some_r64(double *p, r64 a, long n) { __builtin_memcpy(p, &a, (unsigned long)n * sizeof *p); }
#endif

/* `count` columns of at most so many rows (8 of floats, 4 of doubles) become rows of as many elements as that, `step` apart:
 * where it is less, the rest of each is written over by the next one, and the last one's is beyond the end. */
enum { TRANSPOSED_R32 = 8, TRANSPOSED_R64 = 4 };
SOME void transpose_r32(const float *from, long row, long rows, long count, float *to, long step) {
  typedef float v8 VECTOR(8);
  const float *p[8];
  for (long r = 0; r < 8; r++) p[r] = from + (r < rows ? r : rows - 1) * row;
  long i = 0;
  for (; i + 8 <= count; i += 8) {
    v8 a[8], b[8];
    for (int r = 0; r < 8; r++) __builtin_memcpy(&a[r], p[r] + i, sizeof a[r]);
    for (int r = 0; r < 8; r += 2) {
      b[r] = __builtin_shufflevector(a[r], a[r + 1], 0, 8, 1, 9, 4, 12, 5, 13);
      b[r + 1] = __builtin_shufflevector(a[r], a[r + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int r = 0; r < 8; r += 4) {
      a[r] = __builtin_shufflevector(b[r], b[r + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[r + 1] = __builtin_shufflevector(b[r], b[r + 2], 2, 3, 10, 11, 6, 7, 14, 15);
      a[r + 2] = __builtin_shufflevector(b[r + 1], b[r + 3], 0, 1, 8, 9, 4, 5, 12, 13);
      a[r + 3] = __builtin_shufflevector(b[r + 1], b[r + 3], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int r = 0; r < 4; r++) {
      b[r] = __builtin_shufflevector(a[r], a[r + 4], 0, 1, 2, 3, 8, 9, 10, 11);
      b[r + 4] = __builtin_shufflevector(a[r], a[r + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
    for (int r = 0; r < 8; r++) __builtin_memcpy(to + (i + r) * step, &b[r], sizeof b[r]);
  }
  for (; i < count; i++)
    for (int r = 0; r < 8; r++) to[i * step + r] = p[r][i];
}
SOME void transpose_r64(const double *from, long row, long rows, long count, double *to, long step) {
  typedef double v4 VECTOR(4);
  const double *p[4];
  for (long r = 0; r < 4; r++) p[r] = from + (r < rows ? r : rows - 1) * row;
  long i = 0;
  for (; i + 4 <= count; i += 4) {
    v4 a[4], b[4];
    for (int r = 0; r < 4; r++) __builtin_memcpy(&a[r], p[r] + i, sizeof a[r]);
    for (int r = 0; r < 4; r += 2) {
      b[r] = __builtin_shufflevector(a[r], a[r + 1], 0, 4, 2, 6);
      b[r + 1] = __builtin_shufflevector(a[r], a[r + 1], 1, 5, 3, 7);
    }
    for (int r = 0; r < 2; r++) {
      a[r] = __builtin_shufflevector(b[r], b[r + 2], 0, 1, 4, 5);
      a[r + 2] = __builtin_shufflevector(b[r], b[r + 2], 2, 3, 6, 7);
    }
    for (int r = 0; r < 4; r++) __builtin_memcpy(to + (i + r) * step, &a[r], sizeof a[r]);
  }
  for (; i < count; i++)
    for (int r = 0; r < 4; r++) to[i * step + r] = p[r][i];
}
#endif
