/* A result must not depend on its place in the array, and nothing outside the array may be touched or read. */
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "cases.h"
#include "check.h"

enum { LONGEST = 300, GUARD = 64, ROOM = (LONGEST + 2 * GUARD) * 8 };

/* What each of LONGEST inputs gives when it is computed alone. */
typedef struct reference {
  unsigned char x[LONGEST * 8], dy[LONGEST * 8], y[LONGEST * 8];
} reference;

static void compute_alone(const test_case *c, uint64_t counter, reference *r) {
  size_t size = about_type(c->type).size;
  fill_inputs(c->type, counter, LONGEST, r->x);
  fill_inputs(c->type, counter + LONGEST, LONGEST, r->dy);
  for (size_t i = 0; i < LONGEST; i++) {
    double x, dy, y = 0; /* doubles, so that any element type is aligned */
    memcpy(&x, r->x + i * size, size);
    memcpy(&dy, r->dy + i * size, size);
    CHECK(compute(&c->function, c->form, c->type, 1, &x, &dy, &y) == ACT_OK, "%s", c->name);
    memcpy(r->y + i * size, &y, size);
  }
}

static int all_are(const unsigned char *p, size_t bytes, unsigned char value) {
  for (size_t i = 0; i < bytes; i++)
    if (p[i] != value) return 0;
  return 1;
}

/* n elements, x, dy and y each so many elements behind a multiple of 64 bytes. */
static void test_place(const test_case *c, const reference *r, size_t n, size_t x_at, size_t dy_at, size_t y_at) {
  static _Alignas(64) unsigned char x[ROOM], dy[ROOM], y[ROOM];
  size_t size = about_type(c->type).size, bytes = n * size;
  unsigned char *x_start = x + GUARD * 8 + x_at * size, *dy_start = dy + GUARD * 8 + dy_at * size;
  unsigned char *y_start = y + GUARD * 8 + y_at * size;

  memcpy(x_start, r->x, bytes);
  memcpy(dy_start, r->dy, bytes);
  memset(y, 0xA5, sizeof y);
  CHECK(compute(&c->function, c->form, c->type, n, x_start, dy_start, y_start) == ACT_OK, "%s", c->name);
  CHECK(memcmp(y_start, r->y, bytes) == 0, "%s: n = %zu, offsets %zu %zu %zu: other bits than alone", c->name, n, x_at,
        dy_at, y_at);
  CHECK(all_are(y, (size_t)(y_start - y), 0xA5), "%s: n = %zu: wrote before the array", c->name, n);
  CHECK(all_are(y_start + bytes, (size_t)(y + ROOM - y_start) - bytes, 0xA5), "%s: n = %zu: wrote behind the array",
        c->name, n);
  CHECK(memcmp(x_start, r->x, bytes) == 0 && memcmp(dy_start, r->dy, bytes) == 0, "%s: n = %zu: changed an input",
        c->name, n);

  /* In place of x, and of dy. */
  unsigned char *places[] = {x_start, dy_start};
  for (int i = 0; i < (c->form == ACT_BACKWARD ? 2 : 1); i++) {
    unsigned char *buffer = i == 0 ? x : dy, *start = places[i];
    memset(buffer, 0x5A, ROOM);
    memcpy(x_start, r->x, bytes);
    memcpy(dy_start, r->dy, bytes);
    CHECK(compute(&c->function, c->form, c->type, n, x_start, dy_start, start) == ACT_OK, "%s", c->name);
    CHECK(memcmp(start, r->y, bytes) == 0, "%s: n = %zu, in place: other bits than alone", c->name, n);
    CHECK(all_are(buffer, (size_t)(start - buffer), 0x5A) &&
              all_are(start + bytes, (size_t)(buffer + ROOM - start) - bytes, 0x5A),
          "%s: n = %zu, in place: wrote outside the array", c->name, n);
  }
}

/* A page with inaccessible pages on both sides. */
static unsigned char *guarded_page(size_t page) {
  unsigned char *start = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || mprotect(start + page, page, PROT_READ | PROT_WRITE) != 0) {
    perror("guarded page");
    exit(2);
  }
  return start + page;
}

/* Reading or writing one byte outside ends the program with SIGSEGV. */
static void test_page_ends(const test_case *c, const reference *r) {
  static unsigned char *x, *dy, *y;
  size_t page = (size_t)sysconf(_SC_PAGESIZE), size = about_type(c->type).size;
  if (x == NULL) x = guarded_page(page), dy = guarded_page(page), y = guarded_page(page);
  for (size_t n = 0; n <= LONGEST; n++) {
    for (int end = 0; end < 2; end++) {
      size_t offset = end ? page - n * size : 0;
      memcpy(x + offset, r->x, n * size);
      memcpy(dy + offset, r->dy, n * size);
      CHECK(compute(&c->function, c->form, c->type, n, x + offset, dy + offset, y + offset) == ACT_OK, "%s", c->name);
      CHECK(memcmp(y + offset, r->y, n * size) == 0, "%s: n = %zu at a page's end: other bits than alone", c->name, n);
    }
  }
}

int main(void) {
  static reference r;
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    size_t places = 64 / about_type(c.type).size; /* alignments there are within a cache line */
    compute_alone(&c, i * 1000, &r);
    for (size_t n = 0; n <= LONGEST; n++) test_place(&c, &r, n, n % places, n * 3 % places, n * 5 % places);
    for (size_t x_at = 0; x_at < places; x_at++)
      for (size_t y_at = 0; y_at < places; y_at++) test_place(&c, &r, 67, x_at, (x_at + y_at) % places, y_at);
    test_page_ends(&c, &r);
  }
  return report();
}
