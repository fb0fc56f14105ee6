/* Not installed. What the library needs of the processor and the operating system beyond Swift. */
#ifndef ACT_PLATFORM_H
#define ACT_PLATFORM_H
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* 1: what every processor of this architecture has; on x86-64 also 3: x86-64-v3 and 4: x86-64-v4. */
#if defined(__x86_64__)
#include <cpuid.h>
static inline int act_processor_level(void) {
  unsigned a, b, c, d, low, high;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 1;
  const unsigned need = (1u << 12) | (1u << 22) | (1u << 27) | (1u << 28) | (1u << 29); /* FMA MOVBE OSXSAVE AVX F16C */
  if ((c & need) != need) return 1;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  (void)high;
  if ((low & 6) != 6) return 1; /* the system saves the registers */
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 1;
  const unsigned v3 = (1u << 3) | (1u << 5) | (1u << 8);                                /* BMI1 AVX2 BMI2 */
  const unsigned v4 = (1u << 16) | (1u << 17) | (1u << 28) | (1u << 30) | (1u << 31);   /* AVX-512 F DQ CD BW VL */
  unsigned features = b;
  if ((features & v3) != v3) return 1;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || !(c & (1u << 5))) return 1;           /* LZCNT */
  return (low & 0xe6) == 0xe6 && (features & v4) == v4 ? 4 : 3;
}
#else
static inline int act_processor_level(void) { return 1; }
#endif

/* Results must not depend on the rounding or flush-to-zero mode that a caller has set, nor leave flags behind. */
#if defined(__x86_64__)
typedef unsigned act_modes;
static inline act_modes act_modes_enter(void) {
  unsigned was = __builtin_ia32_stmxcsr();
  if ((was & ~0x3fu) != 0x1f80) __builtin_ia32_ldmxcsr(0x1f80);
  return was;
}
static inline void act_modes_leave(act_modes was) { __builtin_ia32_ldmxcsr(was); }
#elif defined(__aarch64__)
typedef struct { unsigned long control, status; } act_modes;
static inline act_modes act_modes_enter(void) {
  act_modes was;
  __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(was.control), "=r"(was.status));
  if (was.control) __asm__ volatile("msr fpcr, %0" : : "r"(0UL));
  return was;
}
static inline void act_modes_leave(act_modes was) {
  if (was.control) __asm__ volatile("msr fpcr, %0" : : "r"(was.control));
  __asm__ volatile("msr fpsr, %0" : : "r"(was.status));
}
#elif defined(__riscv)
typedef unsigned long act_modes;
static inline act_modes act_modes_enter(void) {
  act_modes was;
  __asm__ volatile("csrrw %0, fcsr, zero" : "=r"(was));
  return was;
}
static inline void act_modes_leave(act_modes was) { __asm__ volatile("csrw fcsr, %0" : : "r"(was)); }
#else
typedef int act_modes;
static inline act_modes act_modes_enter(void) { return 0; }
static inline void act_modes_leave(act_modes was) { (void)was; }
#endif

/* What a thread does that waits awake. */
static inline void act_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* How many processors this process may use. */
#if defined(__linux__)
int sched_getaffinity(pid_t, size_t, void *); /* <sched.h> declares it for GNU programs only */
#endif
static inline int act_processor_count(void) {
#if defined(__linux__)
  unsigned long set[128] = { 0 };
  int count = 0;
  if (sched_getaffinity(0, sizeof set, set) >= 0)
    for (size_t i = 0; i < sizeof set / sizeof *set; i++) count += __builtin_popcountl(set[i]);
  if (count > 0) return count;
#endif
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? (int)n : 1;
}

/* Whole files. 0: done; 1: not enough memory; 2: see errno. A file is written beside the path, forced to the disk and then
 * renamed, so that what was there stays whole until the new one is. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
static inline int act_write_all(int file, const char *bytes, long size) {
  while (size > 0) {
    long n = write(file, bytes, size < 1 << 30 ? (size_t)size : 1 << 30);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return 2;
    bytes += n, size -= n;
  }
  return fsync(file) == 0 || errno == EINVAL ? 0 : 2;
}
static inline int act_write_file(const char *path, const void *bytes, long size) {
  size_t room = strlen(path) + 64;
  char *beside = (char *)malloc(room);
  if (beside == NULL) return 1;
  int file = -1, result = 2;
  for (int i = 0; i < 100 && file < 0 && (i == 0 || errno == EEXIST); i++) {
    snprintf(beside, room, "%s.%ld-%d.part", path, (long)getpid(), i);
    file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  }
  if (file >= 0) {
    struct stat was;
    if (stat(path, &was) == 0) (void)!fchmod(file, was.st_mode & 07777);
    result = act_write_all(file, (const char *)bytes, size);
    if (close(file) != 0) result = 2;
    if (result == 0 && rename(beside, path) != 0) result = 2;
    int reason = errno;
    if (result != 0) unlink(beside);
    errno = reason;
  }
  free(beside);
  return result;
}
/* The caller frees the bytes. */
static inline int act_read_file(const char *path, void **bytes, long *size) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 2;
  char *p = NULL;
  long room = 0, count = 0, result = 0;
  for (;;) {
    if (count == room) {
      struct stat about;
      long most = fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? (long)about.st_size + 1 : 0;
      room = most > room ? most : 2 * room + 65536;
      char *more = (char *)realloc(p, (size_t)room);
      if (more == NULL) { result = 1; break; }
      p = more;
    }
    long n = read(file, p + count, (size_t)(room - count));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) { result = 2; break; }
    if (n == 0) break;
    count += n;
  }
  int reason = errno;
  close(file);
  errno = reason;
  if (result != 0) { free(p); p = NULL; }
  *bytes = p;
  *size = count;
  return (int)result;
}
#endif
