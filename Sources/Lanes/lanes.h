/* Not installed. The vector operations that Swift lacks or compiles badly, each one instruction where the processor has
 * it. Nothing here knows an activation function. */
#ifndef ACT_LANES_H
#define ACT_LANES_H
#include <stdint.h>
#pragma clang diagnostic ignored "-Wpsabi" /* how vectors are passed does not matter: everything is inlined */
#define LANE static inline __attribute__((always_inline, const, unused))

/* How many doubles a vector has; of floats it has twice as many. No result depends on it. Two registers at a time let two
 * chains of arithmetic overlap. */
#if defined(__AVX512F__)
enum { WIDTH = 16 };
#elif defined(__AVX2__)
enum { WIDTH = 8 };
#elif defined(__aarch64__)
enum { WIDTH = 4 };
#else
enum { WIDTH = 2 };
#endif
#define VECTOR(n) __attribute__((ext_vector_type(n)))
typedef double    f64 VECTOR(WIDTH);
typedef long long i64 VECTOR(WIDTH);
typedef unsigned long long u64 VECTOR(WIDTH);
typedef float     f32 VECTOR(2 * WIDTH);
typedef int       i32 VECTOR(2 * WIDTH);

/* Makes the function that it is called in align its stack for vectors: the compiler may see too late that it is short of
 * registers, and then puts vectors where they lie across two cache lines. */
static inline __attribute__((always_inline, unused)) void align_stack(void) {
  f64 vector;
  __asm__ volatile("" : : "r"(&vector));
}

#if defined(__FMA__) || defined(__aarch64__) || defined(__riscv_flen)
LANE f64 fma64(f64 a, f64 b, f64 c) { return __builtin_elementwise_fma(a, b, c); }
LANE f32 fma32(f32 a, f32 b, f32 c) { return __builtin_elementwise_fma(a, b, c); }
#else /* once, not at every use */
/* a·b and its error (Dekker), the sum with c and its error (Knuth), the errors added with rounding to odd, so that
 * the last addition rounds as if it were the only one (Boldo, Melquiond). Near the ends of the range libm's fma. */
static __attribute__((noinline, const, unused)) f64 fma64(f64 a, f64 b, f64 c) {
  f64 p = a * b, most = 0x1p900, least = 0x1p-900;
  f64 size = __builtin_elementwise_abs(p);
  f64 factors = __builtin_elementwise_max(__builtin_elementwise_abs(a), __builtin_elementwise_abs(b));
  factors = __builtin_elementwise_max(factors, __builtin_elementwise_abs(c));
  if (!__builtin_reduce_and((i64)(size > least) & (i64)(size < most) & (i64)(factors < most)))
    return __builtin_elementwise_fma(a, b, c);
  f64 t = a * 0x1.000002p27, u = b * 0x1.000002p27;
  f64 ah = t - (t - a), bh = u - (u - b), al = a - ah, bl = b - bh;
  f64 e = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
  f64 s = p + c, d = s - p, f = (p - (s - d)) + (c - d);
  f64 h = e + f, g = h - e, l = (e - (h - g)) + (f - g);
  i64 step = (((i64)h ^ (i64)l) >> 63) | 1, even = ((i64)h & 1) - 1, inexact = (i64)(l != 0);
  return s + (f64)((i64)h + (step & even & inexact));
}
/* The product is exact in doubles; the sum rounded to odd there, then to float. */
static __attribute__((noinline, const, unused)) f32 fma32(f32 a, f32 b, f32 c) {
  typedef double d32 VECTOR(2 * WIDTH); typedef long long l32 VECTOR(2 * WIDTH);
  d32 p = __builtin_convertvector(a, d32) * __builtin_convertvector(b, d32), q = __builtin_convertvector(c, d32);
  d32 s = p + q, d = s - p, e = (p - (s - d)) + (q - d);
  l32 step = (((l32)s ^ (l32)e) >> 63) | 1, even = ((l32)s & 1) - 1, inexact = (l32)(e < 0) | (l32)(e > 0);
  return __builtin_convertvector((d32)((l32)s + (step & even & inexact)), f32);
}
#endif

/* ------------------------------------------------------------------------------------------------ of doubles --- */
LANE f64 add64(f64 a, f64 b) { return a + b; }
LANE f64 sub64(f64 a, f64 b) { return a - b; }
LANE f64 mul64(f64 a, f64 b) { return a * b; }
LANE f64 div64(f64 a, f64 b) { return a / b; }
LANE f64 neg64(f64 a) { return -a; }
LANE f64 abs64(f64 a) { return __builtin_elementwise_abs(a); }
LANE f64 sqrt64(f64 a) { return __builtin_elementwise_sqrt(a); }
LANE f64 copysign64(f64 a, f64 s) { return __builtin_elementwise_copysign(a, s); }
/* a, negated where s is negative. */
LANE f64 flip64(f64 a, f64 s) { return (f64)((i64)a ^ ((i64)s & (1LL << 63))); }
LANE i64 less64(f64 a, f64 b) { return (i64)(a < b); }
LANE i64 atmostmask64(f64 a, f64 b) { return (i64)(a <= b); }
LANE i64 same64(f64 a, f64 b) { return (i64)(a == b); }
LANE f64 select64(i64 m, f64 a, f64 b) { return m ? a : b; }
LANE i64 or64(i64 a, i64 b) { return a | b; }
LANE i64 and64(i64 a, i64 b) { return a & b; }
LANE i64 not64(i64 a) { return ~a; }
/* Whether any is NaN: one comparison of two registers with each other. */
LANE _Bool anynan64(f64 a) {
#if defined(__AVX2__) || defined(__aarch64__)
  typedef double half VECTOR(WIDTH / 2); typedef long long bits VECTOR(WIDTH / 2);
  half x[2];
  __builtin_memcpy(x, &a, sizeof a);
  return __builtin_reduce_or((bits)(x[0] != x[0]) | (bits)(x[1] != x[1])) != 0;
#else
  return __builtin_reduce_or((i64)(a != a)) != 0;
#endif
}
LANE _Bool any64(i64 mask) { return __builtin_reduce_or(mask) != 0; }
LANE _Bool all64(i64 mask) { return __builtin_reduce_and(mask) != 0; }
LANE f64 atmost64(f64 a, f64 limit) { return limit < a ? limit : a; } /* NaN stays NaN */
LANE f64 atleast64(f64 a, f64 limit) { return limit > a ? limit : a; }
LANE f64 orelse64(f64 a, f64 limit) { return a > limit ? a : limit; } /* NaN becomes the limit */
LANE f64 round64(f64 a) { f64 m = 0x1.8p52; return a + m - m; } /* |a| < 2^51 */
LANE f64 power64(f64 k) { f64 m = 0x1.8p52; k += m; return (f64)(((i64)k + 1023) << 52); } /* 2^k */
/* 2^k from k + 1.5·2^52 + 1023; k from -1023, which gives 0, to 1024, which gives infinity. */
LANE f64 power_of_biased64(f64 t) { return (f64)((i64)t << 52); }
/* Of eight doubles, in a register or two, that at the last three bits of t. */
LANE f64 lookup64(const double *table, f64 t) {
  f64 x;
#if defined(__AVX512F__)
  typedef double zmm VECTOR(8); typedef long long index VECTOR(8);
  zmm all, part[2]; index i[2];
  __builtin_memcpy(&all, table, sizeof all); __builtin_memcpy(i, &t, sizeof t);
  for (int n = 0; n < 2; n++) part[n] = __builtin_ia32_permvardf512(all, i[n]);
  __builtin_memcpy(&x, part, sizeof x);
#elif defined(__AVX2__)
  typedef double ymm VECTOR(4); typedef int index VECTOR(8); typedef long long wide VECTOR(4);
  index first, second; ymm part[2]; wide i[2];
  __builtin_memcpy(&first, table, sizeof first); __builtin_memcpy(&second, table + 4, sizeof second);
  __builtin_memcpy(i, &t, sizeof t);
  for (int n = 0; n < 2; n++) { /* by halves: only such a permutation takes its index from a register */
    index halves = (index)i[n];
    halves = __builtin_shufflevector(halves, halves, 0, 0, 2, 2, 4, 4, 6, 6) * 2 + (index){0, 1, 0, 1, 0, 1, 0, 1};
    part[n] = __builtin_ia32_blendvpd256((ymm)__builtin_ia32_permvarsi256(first, halves),
                                         (ymm)__builtin_ia32_permvarsi256(second, halves), (ymm)(i[n] << 61));
  }
  __builtin_memcpy(&x, part, sizeof x);
#else
  i64 i = (i64)t & 7;
  for (int n = 0; n < WIDTH; n++) x[n] = table[i[n]];
#endif
  return x;
}
/* From m + 1.5·2^49 + 1023, m a multiple of 1/8, from -1022 to 1023: the double next to 2^m; and what the true value is
 * more, over it. */
LANE f64 fine_power64(f64 t) {
  static const unsigned long long table[8] = { /* 2^(i/8), less 1023 and i in the exponent */
    0, 0xffff72b83c7d517b, 0xffff06fe0a31b715, 0xfffebfdad5362a27,
    0xfffea09e667f3bcd, 0xfffeace5422aa0db, 0xfffee89f995ad3ad, 0xffff5818dcfba487,
  };
  return (f64)((i64)lookup64((const double *)table, t) + ((i64)t << 49));
}
/* The same of doubles of which half is enough: the upper one is what the table has, the lower one that again or 0. */
LANE f64 lookup_half64(const unsigned *table, f64 t) {
#if defined(__AVX2__) && !defined(__AVX512F__)
  typedef int index VECTOR(8);
  index all, i[2]; f64 x;
  __builtin_memcpy(&all, table, sizeof all); __builtin_memcpy(i, &t, sizeof t);
  for (int n = 0; n < 2; n++)
    i[n] = __builtin_ia32_permvarsi256(all, __builtin_shufflevector(i[n], i[n], 0, 0, 2, 2, 4, 4, 6, 6));
  __builtin_memcpy(&x, i, sizeof x);
  return x;
#else
  unsigned long long both[8];
  double all[8];
  for (int n = 0; n < 8; n++) both[n] = (unsigned long long)table[n] << 32 | table[n];
  __builtin_memcpy(all, both, sizeof all);
  return lookup64(all, t);
#endif
}
LANE f64 fine_power_rest64(f64 t) {
  static const unsigned table[8] = {
    0, 0xbc801b15, 0x3c834d75, 0x3c7690ce, 0xbc93b3ef, 0x3c8db72f, 0x3c8c1a77, 0x3c74a385,
  };
  return lookup_half64(table, t);
}
/* From round(7e) + 1.5*2^52: a number c near 1/(1 + e), the lower half of which is 0, and -ln c. */
LANE f64 log_factor64(f64 t) {
  static const unsigned table[8] = {
    0x3ff00000, 0x3fec068b, 0x3fe8eb70, 0x3fe66725, 0x3fe4609f, 0x3fe2b0cf, 0x3fe13dbb, 0x3fe000e3,
  };
  return (f64)((i64)lookup_half64(table, t) & ~0xffffffffLL);
}
LANE f64 log64(f64 t) {
  static const double table[8] = {
    0, 0x1.0f9a8dbb0f0f5p-3, 0x1.00147bf3ab27ap-2, 0x1.6d1a29ba4c37cp-2, 0x1.ce23bb0207c6p-2, 0x1.134efe442993dp-1,
    0x1.3ca3e1f3289e7p-1, 0x1.62c7d0b8e52f7p-1,
  };
  return lookup64(table, t);
}
#if defined(__AVX512F__)
typedef double act_zmm64 VECTOR(8);
typedef float  act_zmm32 VECTOR(16);
/* a·2^k, rounded once. */
LANE f64 scaleby64(f64 a, f64 k) {
  act_zmm64 x[2], y[2];
  __builtin_memcpy(x, &a, sizeof a); __builtin_memcpy(y, &k, sizeof k);
  for (int i = 0; i < 2; i++) x[i] = __builtin_ia32_scalefpd512_mask(x[i], y[i], x[i], -1, 4);
  __builtin_memcpy(&a, x, sizeof a);
  return a;
}
LANE f32 scaleby32(f32 a, f32 k) {
  act_zmm32 x[2], y[2];
  __builtin_memcpy(x, &a, sizeof a); __builtin_memcpy(y, &k, sizeof k);
  for (int i = 0; i < 2; i++) x[i] = __builtin_ia32_scalefps512_mask(x[i], y[i], x[i], -1, 4);
  __builtin_memcpy(&a, x, sizeof a);
  return a;
}
#endif
/* a·2^k, rounded once, from k + 1.5·2^52 + 2046, for a around 1 and k from -1100 to 1025: two factors, of which the
 * first is exact. */
LANE f64 scale64(f64 a, f64 t) {
#if defined(__AVX512F__)
  return scaleby64(a, t - (0x1.8p52 + 2046));
#else
  u64 i = (u64)t, half = i >> 1;
  return a * (f64)(half << 52) * (f64)((i - half) << 52);
#endif
}
/* The same for k from -1100 to 0, from k + 1.5·2^52 + 1023 + 100. */
LANE f64 shrink64(f64 a, f64 t) {
#if defined(__AVX512F__)
  return scaleby64(a, t - (0x1.8p52 + 1023 + 100));
#else
  return a * power_of_biased64(t) * 0x1p-100;
#endif
}
/* The exponent of a, also if it is subnormal; of 0 less than any other, of infinity and NaN 0. */
LANE f64 exponent64(f64 a) {
  f64 size = abs64(a), none = -1e5, least = 0x1p-900, infinity = __builtin_inf();
  i64 tiny = (i64)(size < least);
  f64 up = tiny ? size * 0x1p200 : size;
  f64 k = __builtin_convertvector(((i64)up >> 52) - 1023 - (tiny & 200), f64);
  k = (i64)(size < infinity) ? k : (f64)(i64)0;
  return (i64)(a == 0) ? none : k;
}
/* a, negated where k is odd, from k + 1.5·2^52. */
LANE f64 flip_odd64(f64 a, f64 t) { return (f64)((i64)a ^ ((i64)t << 63)); }
/* Where k is odd, and a, negated where k is 2 or 3 mod 4: the same k. */
LANE i64 odd_mask64(f64 t) { return (i64)t << 63 >> 63; }
LANE f64 flip_second64(f64 a, f64 t) { return (f64)((i64)a ^ (((i64)t & 2) << 62)); }
/* One NaN for all: which bits an operation gives it differs from processor to processor. */
LANE f64 quiet64(f64 a) { return (i64)(a == a) ? a : (f64)__builtin_nan(""); }
/* high + low, rounded to odd: rounding that once more to a shorter type is as good as rounding the sum once. */
LANE f64 odd64(f64 high, f64 low) {
  i64 step = (((i64)high ^ (i64)low) >> 63) | 1;
  i64 even = ((i64)high & 1) - 1;
  i64 inexact = (i64)((i64)(low < 0) | (i64)(low > 0));
  return (f64)((i64)high + (step & even & inexact));
}
/* Well inside the range of doubles, so that no error term has underflowed. */
LANE i64 usual64(f64 a) { a = abs64(a); f64 least = 0x1p-960, most = 0x1p1020; return (i64)(a > least) & (i64)(a < most); }
/* Whether all are. In integers, of which only the signs are asked: comparisons would wait for the unit that multiplies. */
LANE _Bool all_usual64(f64 a) {
  i64 size = (i64)abs64(a), under = size - (i64)(f64)(0x1.0000000000001p-960), over = (i64)(f64)(0x1.fffffffffffffp1019) - size;
  return __builtin_reduce_or((under | over) & (1LL << 63)) == 0;
}
/* Zero, infinite or NaN. */
LANE i64 special64(f64 a) { return (i64)(a - a != 0) | (i64)(a == 0); }
/* Finite and not zero, as a sum of two doubles. */
LANE i64 normal64(f64 high, f64 low) { return (i64)(low - low == 0) & (i64)(high - high == 0) & (i64)(high != 0); }
/* Whether two vectors are equal in every lane; NaN equals nothing. */
LANE _Bool agree64(f64 a, f64 b) { return __builtin_reduce_or((i64)(a != b)) == 0; }

/* 64 bits of 2/pi (Sources/Constants/coefficients.py); the first word, and what lies beyond the last one, is 0. */
static inline uint64_t act_two_over_pi(long word) {
  static const uint64_t words[] = {
    0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
    0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d, 0xa9e391615ee61b08, 0x6599855f14a06840, 0x8dffd8804d732731,
    0x06061556ca73a8c9, 0x60e27bc08c6b47c4, 0x19c367cddce8092a, 0x8359c4768b961ca6, 0xddaf44d15719053e, 0xa5ff07053f7e33e8,
    0x32c2de4f98327dbb, 0xc33d26ef6b1e5ef8, 0x9f3a1f35caf27f1d, 0x87f121907c7c246a, 0xfa6ed5772d30433b, 0x15c614b59d19c3c2,
    0xc4ad414d2c5d000c, 0x467d862d71e39ac6, 0x9b0062337cd2b497,
  };
  return word >= 0 && word < (long)(sizeof words / sizeof *words) ? words[word] : 0;
}

/* (t + 6)·e^(t²/2)·Φ(−t) for 0 ≤ t ≤ 80, by powers of (t − 6)/(t + 6), the highest first: to 2^-105, in two parts. */
enum { ACT_TAIL_TERMS = 47 };
static inline double act_tail_term(long term, long part) {
  // clang-format off
  static const double terms[ACT_TAIL_TERMS][2] = {
    {0x1.382bc40c1fd81p-65, 0x1.da5452ea78f3p-120}, {-0x1.cd37a87d16934p-60, -0x1.381130fdf4c53p-120},
    {-0x1.e89e88f1cdf96p-58, 0x1.6f49fc693a935p-112}, {0x1.7eed7c8aeb186p-57, -0x1.fe238759343d7p-111},
    {0x1.74153c4d9372fp-54, -0x1.1d2660f327f6fp-108}, {0x1.514f7ae3cba7bp-57, -0x1.f2cabf9e5f042p-114},
    {-0x1.2c7c0720dc869p-51, -0x1.3075c8dddae13p-105}, {-0x1.32b63ab77db37p-51, 0x1.d996e59545953p-106},
    {0x1.52413a65aa0d1p-49, -0x1.7350a5a8a529ep-103}, {0x1.55c80cbd5b44ep-48, -0x1.6992384489106p-103},
    {-0x1.1ca3893f49f9bp-47, 0x1.0dff9bc802cf5p-104}, {-0x1.0ee8d796f25d1p-45, -0x1.8e6a35a709f06p-101},
    {0x1.2e89c3ec89d89p-46, 0x1.5f3bc25f40699p-101}, {0x1.737f10e8dd204p-43, -0x1.2c77d3c309fa1p-97},
    {0x1.9db865d2ff009p-46, 0x1.a15f97f36f585p-104}, {-0x1.debc3dc65b5b1p-41, 0x1.7cec9ed23acep-95},
    {-0x1.46509604e4d99p-41, -0x1.f7794249dff39p-95}, {0x1.31ab06d25029cp-38, -0x1.0706002d691aep-94},
    {0x1.58706c87e1066p-38, 0x1.ab4c9d98b7167p-93}, {-0x1.948ab0b1e7c72p-36, -0x1.1d3287bb19597p-91},
    {-0x1.23b8ac705d771p-35, 0x1.645c9e2d8024ap-89}, {0x1.20ab128dff09fp-33, 0x1.100b883e668e8p-89},
    {0x1.bb9e979051725p-33, -0x1.5e8f836a8c594p-87}, {-0x1.c78a464adf4d3p-31, 0x1.e270bdeb75094p-85},
    {-0x1.2c7798174722fp-30, -0x1.55fe52c66c324p-84}, {0x1.8c51ad92464f9p-28, 0x1.17fe858b5a764p-85},
    {0x1.2ebaca6ae9557p-28, 0x1.9a6c4a0c2933ep-83}, {-0x1.6e1ecfd10ef91p-25, -0x1.b3ea792191154p-80},
    {0x1.42f4de59b050ap-28, 0x1.50a5dca2c8d44p-84}, {0x1.4b4ba87b93efp-22, -0x1.8af0d9f51bba9p-77},
    {-0x1.cb1e634abe78ap-22, 0x1.6c2627fa36b35p-77}, {-0x1.e2a4d0d3985fap-20, -0x1.d850d6ce9609ap-76},
    {0x1.c80a6b67ab168p-18, 0x1.86bdb9d2c441fp-72}, {0x1.207ed63707782p-20, -0x1.95e679d2234b5p-75},
    {-0x1.0f96b05c1ad93p-14, 0x1.deac1f583812fp-68}, {0x1.7c574623950fbp-13, 0x1.b2141d60efa8dp-68},
    {0x1.13bbbde618431p-15, -0x1.42038b4035e56p-73}, {-0x1.1764cdbfcee05p-9, -0x1.89277f7f86268p-63},
    {0x1.48a83bd40d87fp-7, -0x1.781a424102998p-62}, {-0x1.fba9d52f43d92p-6, 0x1.bd6685e0ed30bp-60},
    {0x1.33e77775fcb2ep-4, 0x1.25e9c84435692p-58}, {-0x1.38b069dbb65d6p-3, -0x1.1c3441b4e19b2p-57},
    {0x1.1267d7383db0bp-2, 0x1.77faf2045dd0fp-57}, {-0x1.a7d6577269bbcp-2, 0x1.fd36467d20e9dp-57},
    {0x1.234fe3fd925bdp-1, 0x1.6ce8856749279p-57}, {-0x1.66eaa7d09640fp-1, 0x1.e299f68aac185p-56},
    {0x1.8e010d2b8a0eap-1, -0x1.d02d58ff91edep-55},
  };
  // clang-format on
  return terms[term][part];
}

/* ------------------------------------------------------------------------------------------------- of floats --- */
LANE f32 add32(f32 a, f32 b) { return a + b; }
LANE f32 sub32(f32 a, f32 b) { return a - b; }
LANE f32 mul32(f32 a, f32 b) { return a * b; }
LANE f32 div32(f32 a, f32 b) { return a / b; }
LANE f32 neg32(f32 a) { return -a; }
LANE f32 abs32(f32 a) { return __builtin_elementwise_abs(a); }
LANE f32 sqrt32(f32 a) { return __builtin_elementwise_sqrt(a); }
LANE f32 copysign32(f32 a, f32 s) { return __builtin_elementwise_copysign(a, s); }
LANE f32 flip32(f32 a, f32 s) { return (f32)((i32)a ^ ((i32)s & (int)(1u << 31))); }
LANE i32 less32(f32 a, f32 b) { return (i32)(a < b); }
LANE i32 atmostmask32(f32 a, f32 b) { return (i32)(a <= b); }
LANE f32 select32(i32 m, f32 a, f32 b) { return m ? a : b; }
LANE i32 and32(i32 a, i32 b) { return a & b; }
LANE i32 or32(i32 a, i32 b) { return a | b; }
LANE i32 not32(i32 a) { return ~a; }
LANE _Bool anynan32(f32 a) {
#if defined(__AVX2__) || defined(__aarch64__)
  typedef float half VECTOR(WIDTH); typedef int bits VECTOR(WIDTH);
  half x[2];
  __builtin_memcpy(x, &a, sizeof a);
  return __builtin_reduce_or((bits)(x[0] != x[0]) | (bits)(x[1] != x[1])) != 0;
#else
  return __builtin_reduce_or((i32)(a != a)) != 0;
#endif
}
LANE _Bool any32(i32 mask) { return __builtin_reduce_or(mask) != 0; }
LANE f32 atmost32(f32 a, f32 limit) { return limit < a ? limit : a; }
LANE f32 atleast32(f32 a, f32 limit) { return limit > a ? limit : a; }
LANE f32 orelse32(f32 a, f32 limit) { return a > limit ? a : limit; }
/* 2^k from k + 1.5·2^23 + 127; k from -127, which gives 0, to 128, which gives infinity. */
LANE f32 power_of_biased32(f32 t) { return (f32)((i32)t << 23); }
/* a·2^k, rounded once, from k + 1.5·2^23 + 254, for a around 1 and k from -180 to 129. */
LANE f32 scale32(f32 a, f32 t) {
#if defined(__AVX512F__)
  return scaleby32(a, t - (0x1.8p23f + 254));
#else
  i32 i = (i32)t, half = i >> 1;
  return a * (f32)(half << 23) * (f32)((i - half) << 23);
#endif
}
/* The same for k from -180 to 0, from k + 1.5·2^23 + 127 + 64. */
LANE f32 shrink32(f32 a, f32 t) {
#if defined(__AVX512F__)
  return scaleby32(a, t - (0x1.8p23f + 127 + 64));
#else
  return a * power_of_biased32(t) * 0x1p-64f;
#endif
}
/* a, negated where k is odd, from k + 1.5·2^23. */
LANE f32 flip_odd32(f32 a, f32 t) { return (f32)((i32)a ^ (i32)t << 31); }
LANE i32 odd_mask32(f32 t) { return (i32)t << 31 >> 31; } /* of the same k */
LANE f32 quiet32(f32 a) { return (i32)(a == a) ? a : (f32)__builtin_nanf(""); }
/* 16 steps larger or smaller, in magnitude; NaN where that is less than 0 or more than infinite. The same where a factor is
 * 0. */
LANE i32 steps32(f32 factor) { return (i32)(factor != 0) & 16; }
LANE f32 stepped_up32(f32 a, f32 factor) { return (f32)((i32)a + steps32(factor)); }
LANE f32 stepped_down32(f32 a, f32 factor) { return (f32)((i32)a - steps32(factor)); }
/* Whether two vectors are equal in every lane; NaN equals nothing. */
LANE _Bool agree32(f32 a, f32 b) { return __builtin_reduce_or((i32)(a != b)) == 0; }
/* Whether somewhere two roundings of a number differ, or it is tiny though x is not 0, or NaN or infinite. In integers, of
 * which only whether all are 0 is asked: that is less work than comparisons. */
LANE _Bool doubtful32(f32 x, f32 above, f32 below) {
  i32 size = (i32)abs32(above), tiny = size - ((127 - 70) << 23), zero = -(i32)abs32(x);
  return __builtin_reduce_or((i32)(above - below) | (tiny & zero & (int)(1u << 31))) != 0;
}
/* A bit for each lane, the first the lowest. */
LANE unsigned bits32(i32 mask) {
  typedef _Bool flags VECTOR(2 * WIDTH);
  flags f = __builtin_convertvector(mask, flags);
  unsigned bits = 0;
  __builtin_memcpy(&bits, &f, sizeof f);
  return bits;
}
/* The same as above lane by lane; and less work, wherever it is tiny, x or not. An infinite number that is not exact has a low
 * part that is not finite, and so no two roundings that are equal. */
LANE unsigned doubts32(f32 x, f32 above, f32 below) {
  return bits32((i32)(above != below) | ((i32)(abs32(above) < 0x1p-70f) & (i32)(x != 0)));
}
LANE unsigned doubts_or_zeros32(f32 above, f32 below) {
  return bits32((i32)(above != below) | (i32)(abs32(above) < 0x1p-100f));
}

/* ------------------------------------------------------------------------------------------- tables of floats --- */
/* Where a table of so many floats is looked up in registers; elsewhere 0. */
#if defined(__AVX512F__)
enum { LOOKUP = 32 };
#elif defined(__AVX2__)
enum { LOOKUP = 16 };
#else
enum { LOOKUP = 0 };
#endif
#if defined(__AVX2__)
/* The entries at t's last bits. */
LANE f32 lookup32(const float *table, f32 t) {
#if defined(__AVX512F__)
  typedef int index VECTOR(16);
  act_zmm32 first, second, x[2]; index i[2];
  __builtin_memcpy(&first, table, sizeof first); __builtin_memcpy(&second, table + 16, sizeof second);
  __builtin_memcpy(i, &t, sizeof t);
  for (int n = 0; n < 2; n++) x[n] = __builtin_ia32_vpermi2varps512(first, i[n], second);
#else
  typedef int index VECTOR(8); typedef float ymm VECTOR(8);
  ymm first, second, x[2]; index i[2];
  __builtin_memcpy(&first, table, sizeof first); __builtin_memcpy(&second, table + 8, sizeof second);
  __builtin_memcpy(i, &t, sizeof t);
  for (int n = 0; n < 2; n++) {
    ymm a = __builtin_ia32_permvarsf256(first, i[n]), b = __builtin_ia32_permvarsf256(second, i[n]);
    x[n] = i[n] << 28 < 0 ? b : a;
  }
#endif
  __builtin_memcpy(&t, x, sizeof t);
  return t;
}
/* From m and m + 1.5*2^23/LOOKUP, m a multiple of 1/LOOKUP: the float next to 2^m, 0 for small m; and what the true value is
 * more, over it. */
LANE f32 fine_power32(f32 m, f32 t) {
#if defined(__AVX512F__)
  static const float table[] = {
    0x1p0f, 0x1.059b0ep0f, 0x1.0b5586p0f, 0x1.11301ep0f, 0x1.172b84p0f, 0x1.1d4874p0f, 0x1.2387a6p0f, 0x1.29e9ep0f,
    0x1.306fep0f, 0x1.371a74p0f, 0x1.3dea64p0f, 0x1.44e086p0f, 0x1.4bfdaep0f, 0x1.5342b6p0f, 0x1.5ab07ep0f, 0x1.6247ecp0f,
    0x1.6a09e6p0f, 0x1.71f75ep0f, 0x1.7a1148p0f, 0x1.82589ap0f, 0x1.8ace54p0f, 0x1.93737cp0f, 0x1.9c4918p0f, 0x1.a5503cp0f,
    0x1.ae89fap0f, 0x1.b7f77p0f, 0x1.c199bep0f, 0x1.cb720ep0f, 0x1.d5818ep0f, 0x1.dfc974p0f, 0x1.ea4afap0f, 0x1.f50766p0f,
  };
  return scaleby32(lookup32(table, t), m);
#else
  static const unsigned table[] = { /* 2^(i/LOOKUP), less what i adds to the exponent */
    0x3f800000, 0x3f7daac3, 0x3f7b95c2, 0x3f79c3d3, 0x3f7837f0, 0x3f76f532, 0x3f75fed7, 0x3f75583f,
    0x3f7504f3, 0x3f7508a4, 0x3f75672a, 0x3f76248c, 0x3f7744fd, 0x3f78ccdf, 0x3f7ac0c7, 0x3f7d257d,
  };
  i32 power = (i32)lookup32((const float *)table, t) + ((i32)t << 19);
  return (f32)(power & (i32)(m >= -126));
#endif
}
LANE f32 fine_power_rest32(f32 t) {
  static const float table[LOOKUP] = {
#if defined(__AVX512F__)
  0, -0x1.947414p-25f, 0x1.8d96d4p-25f, -0x1.dda2fcp-25f, -0x1.9c0c22p-27f,
  -0x1.a2fbb2p-25f, 0x1.964904p-25f, -0x1.2b0dbcp-25f, 0x1.125002p-25f, -0x1.cde8cep-26f,
  0x1.370be4p-25f, 0x1.336de2p-30f, -0x1.0a355p-25f, -0x1.c541b4p-26f, -0x1.00d8acp-27f,
  -0x1.6cb284p-25f, 0x1.26055cp-26f, 0x1.8b2bb8p-26f, -0x1.05cb44p-25f, -0x1.1c2142p-26f,
  0x1.67a1cap-28f, -0x1.348e56p-25f, 0x1.a3b5e4p-28f, -0x1.0b7ec8p-25f, -0x1.f9c304p-27f,
  -0x1.e4c886p-26f, -0x1.6961b4p-28f, -0x1.b5151ep-28f, -0x1.a5217cp-28f, -0x1.ab7132p-26f,
  0x1.61428ep-28f, -0x1.2ad5f8p-27f,
#else
  0, 0x1.8d96d4p-25f, -0x1.9c0c22p-27f, 0x1.964904p-25f, 0x1.125002p-25f,
  0x1.370be4p-25f, -0x1.0a355p-25f, -0x1.00d8acp-27f, 0x1.26055cp-26f, -0x1.05cb44p-25f,
  0x1.67a1cap-28f, 0x1.a3b5e4p-28f, -0x1.f9c304p-27f, -0x1.6961b4p-28f, -0x1.a5217cp-28f,
  0x1.61428ep-28f,
#endif
  };
  return lookup32(table, t);
}
/* From round(e·(LOOKUP - 1)) + 1.5*2^23: a number c of 11 bits near 1/(1 + e), and -ln c. */
LANE f32 log_factor32(f32 t) {
  static const float table[LOOKUP] = {
#if defined(__AVX512F__)
    0x1p0f, 0x1.fp-1f, 0x1.e1p-1f, 0x1.d3p-1f, 0x1.c58p-1f, 0x1.b9p-1f, 0x1.adp-1f, 0x1.a1cp-1f,
    0x1.97p-1f, 0x1.8dp-1f, 0x1.834p-1f, 0x1.7ap-1f, 0x1.714p-1f, 0x1.68cp-1f, 0x1.60cp-1f, 0x1.594p-1f,
    0x1.51cp-1f, 0x1.4acp-1f, 0x1.44p-1f, 0x1.3d8p-1f, 0x1.374p-1f, 0x1.314p-1f, 0x1.2b8p-1f, 0x1.26p-1f,
    0x1.20cp-1f, 0x1.1b8p-1f, 0x1.168p-1f, 0x1.11cp-1f, 0x1.0d4p-1f, 0x1.08cp-1f, 0x1.044p-1f, 0x1p-1f,
#else
    0x1p0f, 0x1.ep-1f, 0x1.c4p-1f, 0x1.aacp-1f, 0x1.944p-1f, 0x1.8p-1f, 0x1.6dcp-1f, 0x1.5d4p-1f,
    0x1.4ep-1f, 0x1.4p-1f, 0x1.334p-1f, 0x1.278p-1f, 0x1.1c8p-1f, 0x1.128p-1f, 0x1.09p-1f, 0x1p-1f,
#endif
  };
  return lookup32(table, t);
}
LANE f32 log_high32(f32 t) {
  static const float table[LOOKUP] = {
#if defined(__AVX512F__)
    0, 0x1.0415d8p-5f, 0x1.ffa692p-5f, 0x1.78d022p-4f, 0x1.f0f70cp-4f,
    0x1.31b994p-3f, 0x1.6a399ep-3f, 0x1.a0a5eap-3f, 0x1.d60a18p-3f, 0x1.047e6p-2f,
    0x1.1df4ccp-2f, 0x1.36b678p-2f, 0x1.4eb1f4p-2f, 0x1.668af4p-2f, 0x1.7d81bp-2f,
    0x1.93836p-2f, 0x1.aa00cap-2f, 0x1.bf72ecp-2f, 0x1.d49024p-2f, 0x1.e950acp-2f,
    0x1.fdac74p-2f, 0x1.08cd96p-1f, 0x1.128a24p-1f, 0x1.1c0784p-1f, 0x1.25413ep-1f,
    0x1.2ea64cp-1f, 0x1.37c29ap-1f, 0x1.409168p-1f, 0x1.490deap-1f, 0x1.51af0cp-1f,
    0x1.5a760ep-1f, 0x1.62e43p-1f,
#else
    0, 0x1.08598cp-4f, 0x1.fe8914p-4f, 0x1.74fe9ep-3f, 0x1.e3ec9ap-3f,
    0x1.269622p-2f, 0x1.587294p-2f, 0x1.87b7aep-2f, 0x1.b56fap-2f, 0x1.e148a2p-2f,
    0x1.05759ap-1f, 0x1.196c7cp-1f, 0x1.2cd8c6p-1f, 0x1.3f2accp-1f, 0x1.513356p-1f,
    0x1.62e43p-1f,
#endif
  };
  return lookup32(table, t);
}
LANE f32 log_low32(f32 t) {
  static const float table[LOOKUP] = {
#if defined(__AVX512F__)
    0, 0x1.3ce888p-30f, -0x1.ca8dap-30f, 0x1.8f60b4p-30f, 0x1.bb325cp-29f,
    0x1.a749fp-28f, -0x1.510b2p-29f, 0x1.b8d488p-30f, -0x1.bf2baep-33f, 0x1.9bd076p-27f,
    0x1.f3c90cp-28f, -0x1.283ddep-27f, -0x1.29f1dp-27f, -0x1.92b642p-27f, 0x1.bf5b54p-29f,
    -0x1.6c526ep-27f, 0x1.c45562p-27f, -0x1.05bf96p-27f, 0x1.b7be9ap-28f, 0x1.74db7p-28f,
    0x1.1d0e3p-27f, 0x1.0fcf62p-26f, 0x1.e3b36p-26f, 0x1.35ccp-26f, -0x1.5ac6a2p-26f,
    0x1.fcbb2ap-28f, -0x1.87932cp-30f, -0x1.30c44cp-26f, 0x1.e347f8p-26f, 0x1.dd28b4p-27f,
    -0x1.39688ep-26f, -0x1.05c61p-29f,
#else
    0, -0x1.4c38cp-29f, -0x1.890aa6p-30f, -0x1.71ad5cp-28f, 0x1.40614cp-30f,
    -0x1.d9648ep-27f, 0x1.260f5cp-28f, 0x1.e11704p-28f, 0x1.118a42p-28f, -0x1.76364cp-28f,
    0x1.88ffc6p-26f, -0x1.da7062p-28f, 0x1.6f8e2ep-26f, -0x1.b02528p-26f, 0x1.99ff16p-27f,
    -0x1.05c61p-29f,
#endif
  };
  return lookup32(table, t);
}
#else
LANE f32 fine_power32(f32 m, f32 t) { return t * m; } /* not for use */
LANE f32 fine_power_rest32(f32 t) { return t; }
LANE f32 log_factor32(f32 t) { return t; }
LANE f32 log_high32(f32 t) { return t; }
LANE f32 log_low32(f32 t) { return t; }
#endif

/* ------------------------------------------------------------------------ WIDTH elements of an array of any type --- */
typedef unsigned short half_u16 VECTOR(WIDTH);
typedef unsigned       half_u32 VECTOR(WIDTH);
typedef float          half_f32 VECTOR(WIDTH);
LANE f64 from_f32(half_f32 a)   { return __builtin_convertvector(a, f64); }
LANE half_f32 to_f32(f64 a)     { return __builtin_convertvector(a, half_f32); }
typedef int half_i32 VECTOR(WIDTH);
/* Whether two vectors are not the same as floats. */
LANE _Bool differ_as_f32(f64 a, f64 b) { return __builtin_reduce_or((half_i32)to_f32(a) ^ (half_i32)to_f32(b)) != 0; }
/* Whether any is closer to the middle between two floats than `reach`, a power of two, in units of 2^-52 of its binade, as is
 * one that by 2^-53·reach of itself less or more might be two floats; or tiny, where the middles lie elsewhere; or NaN. */
LANE _Bool nearly_tied_as_f32(f64 a, int reach) {
  typedef long long half_i64 VECTOR(WIDTH / 2);
  half_i64 x[2];
  __builtin_memcpy(x, &a, sizeof a);
  half_i32 low = (half_i32)((x[0] & 0xffffffff) | x[1] << 32); /* the lower words, in any order */
  half_i32 past = (low - (0x10000000 - reach)) & (0x1fffffff & ~(2 * reach - 1));
  half_f32 size = __builtin_elementwise_abs(to_f32(a));
  return __builtin_reduce_or((half_i32)(past == 0) | ~(half_i32)(size > 0x1p-126f)) != 0;
}
LANE half_f32 to_f32_toward_zero(f64 a) {
  half_f32 nearest = to_f32(a);
  return (half_f32)((half_i32)nearest + __builtin_convertvector((i64)(abs64(from_f32(nearest)) > abs64(a)), half_i32));
}
/* The greatest float that is not above a; a is not NaN. */
LANE half_f32 to_f32_below(f64 a) {
  half_i32 nearest = (half_i32)to_f32(a), above = __builtin_convertvector((i64)(from_f32((half_f32)nearest) > a), half_i32);
  return (half_f32)(nearest - ((nearest >> 31 | 1) & above));
}
LANE f64 from_bf16(half_u16 a)  { return from_f32((half_f32)(__builtin_convertvector(a, half_u32) << 16)); }
/* Of doubles that the type holds, or infinity or the one NaN. */
LANE half_u16 to_bf16(f64 a)    { return __builtin_convertvector((half_u32)to_f32(a) >> 16, half_u16); }
/* The exponent moves from bias 15 to bias 127 by a multiplication, which also normalises subnormal numbers. */
LANE f64 from_f16(half_u16 a) {
  half_u32 u = __builtin_convertvector(a, half_u32), m = (u & 0x7fff) << 13;
  half_f32 big = (half_f32)m * 0x1p112f; /* exact, and infinity and NaN become at least 2^16 */
  half_u32 special = (half_u32)(big >= 0x1p16f);
  half_u32 bits = (half_u32)big | (special & 0x7f800000);
  return from_f32((half_f32)(bits | ((u & 0x8000) << 16)));
}
LANE half_u16 to_f16(f64 a) {
  half_u32 u = (half_u32)to_f32(a), m = u & 0x7fffffff;
  half_u32 bits = (half_u32)((half_f32)m * 0x1p-112f) >> 13; /* exact: the type holds it */
  half_u32 infinite = (half_u32)((half_f32)m >= 0x1p16f), nan = (half_u32)(m > 0x7f800000);
  bits = (bits & ~infinite) | (infinite & 0x7c00);
  bits = (bits & ~nan) | (nan & 0x7e00);
  return __builtin_convertvector(bits | ((u >> 16) & 0x8000), half_u16);
}
/* a rounded to a type of so many bits of significand and such a least exponent, ties to even; beyond `most`, the largest
 * number plus half a unit in its last place, infinity. */
LANE f64 round_to(f64 a, int bits, int least, double most) {
  f64 top = (f64)((i64)a & (0x7ffLL << 52)); /* 2^exponent of a */
  f64 floor = __builtin_bit_cast(double, (1023LL + least) << 52), ceiling = 0x1p900;
  top = top > floor ? top : floor;
  top = top < ceiling ? top : ceiling; /* so that infinity stays infinity */
  f64 magic = top * __builtin_bit_cast(double, ((1023LL + 53 - bits) << 52) | (1LL << 51));
  f64 r = (a + magic) - magic, end = most;
  r = (i64)(abs64(a) >= end) ? (f64)__builtin_inf() : r;
  return (f64)(((i64)r & ~(1LL << 63)) | ((i64)a & (1LL << 63)));
}

/* A vector of floats as two of doubles, and back. */
LANE f64 low_half(f32 a)  { half_f32 h; __builtin_memcpy(&h, &a, sizeof h); return from_f32(h); }
LANE f64 high_half(f32 a) { half_f32 h; __builtin_memcpy(&h, (char *)&a + sizeof h, sizeof h); return from_f32(h); }
LANE f64 sum_of_halves(f32 a) { half_f32 h[2]; __builtin_memcpy(h, &a, sizeof a); return from_f32(h[0] + h[1]); }
LANE f32 join_halves(half_f32 a, half_f32 b) {
  half_f32 h[2] = { a, b };
  f32 r; __builtin_memcpy(&r, h, sizeof r); return r;
}
LANE f32 join(f64 a, f64 b) { return join_halves(to_f32(a), to_f32(b)); }
LANE f32 join_below(f64 a, f64 b) { return join_halves(to_f32_below(a), to_f32_below(b)); }
LANE f32 join_toward_zero(f64 a, f64 b) { return join_halves(to_f32_toward_zero(a), to_f32_toward_zero(b)); }

/* ------------------------------------------------------------------------------------- of all lanes of a vector --- */
/* The greatest, of numbers that are not NaN: what the compiler has for that takes each lane alone. */
LANE float greatest32(f32 a) {
  typedef float four VECTOR(4);
  four m[WIDTH / 2];
  __builtin_memcpy(m, &a, sizeof a);
  for (int n = WIDTH / 4; n > 0; n /= 2)
    for (int i = 0; i < n; i++) m[i] = m[i] > m[i + n] ? m[i] : m[i + n];
  four b = m[0].zwxy, c = m[0] > b ? m[0] : b, d = c.yxwz;
  return (c > d ? c : d).x;
}
LANE double greatest64(f64 a) {
  typedef double two VECTOR(2);
  two m[WIDTH / 2];
  __builtin_memcpy(m, &a, sizeof a);
  for (int n = WIDTH / 4; n > 0; n /= 2)
    for (int i = 0; i < n; i++) m[i] = m[i] > m[i + n] ? m[i] : m[i + n];
  return m[0].x > m[0].y ? m[0].x : m[0].y;
}
/* Sixteen numbers, added by halves. */
static inline __attribute__((always_inline, pure, unused)) double sum_of_sixteen(const double *p) {
  typedef double two VECTOR(2);
  two m[8];
  __builtin_memcpy(m, p, sizeof m);
  for (int n = 4; n > 0; n /= 2)
    for (int i = 0; i < n; i++) m[i] += m[i + n];
  return m[0].x + m[0].y;
}
#endif
