/* Strided, reversed, repeated and misaligned elements, and a parameter for each: the bits of contiguous arrays. */
#include "cases.h"
#include "check.h"

enum { N = 211, WIDEST = 61, ROOM = N * WIDEST + 64 };

static unsigned char x_buffer[ROOM], dy_buffer[ROOM], y_buffer[ROOM];

/* Where element 0 lies when n elements of that stride fill the buffer from its start. */
static unsigned char *first(unsigned char *buffer, ptrdiff_t stride) {
  return buffer + (stride < 0 ? (N - 1) * -stride : 0);
}

static void test_stride(const test_case *c, const double *x, const double *dy, ptrdiff_t x_stride, ptrdiff_t dy_stride,
                        ptrdiff_t y_stride) {
  size_t size = about_type(c->type).size;
  double contiguous_x[N], contiguous_dy[N], wanted[N];
  memset(x_buffer, 0x11, ROOM);
  memset(dy_buffer, 0x22, ROOM);
  memset(y_buffer, 0xA5, ROOM);
  unsigned char *x0 = first(x_buffer, x_stride), *dy0 = first(dy_buffer, dy_stride), *y0 = first(y_buffer, y_stride);
  for (ptrdiff_t i = 0; i < N; i++) {
    memcpy(x0 + i * x_stride, (const char *)x + i * (ptrdiff_t)size, size);
    memcpy(dy0 + i * dy_stride, (const char *)dy + i * (ptrdiff_t)size, size);
  }
  for (ptrdiff_t i = 0; i < N; i++) { /* read back: with stride 0 the last one stored is there N times */
    memcpy((char *)contiguous_x + i * (ptrdiff_t)size, x0 + i * x_stride, size);
    memcpy((char *)contiguous_dy + i * (ptrdiff_t)size, dy0 + i * dy_stride, size);
  }
  CHECK(compute(&c->function, c->form, c->type, N, contiguous_x, contiguous_dy, wanted) == ACT_OK, "%s", c->name);

  const act_arrays arrays = {.size = sizeof arrays,
                             .form = c->form,
                             .type = c->type,
                             .n = N,
                             .x = x0,
                             .x_stride = x_stride,
                             .dy = c->form == ACT_BACKWARD ? dy0 : NULL,
                             .dy_stride = dy_stride,
                             .y = y0,
                             .y_stride = y_stride};
  act_status status = act_apply(&c->function, &arrays);
  CHECK(status == ACT_OK, "%s, strides %td %td %td: %s", c->name, x_stride, dy_stride, y_stride,
        act_status_string(status));
  int wrong = 0, strayed = 0;
  for (ptrdiff_t i = y_stride == 0 ? N - 1 : 0; i < N; i++) { /* with stride 0 the last one stays */
    wrong += memcmp(y0 + i * y_stride, (char *)wanted + i * (ptrdiff_t)size, size) != 0;
    memset(y0 + i * y_stride, 0xA5, size);
  }
  for (size_t i = 0; i < ROOM; i++) strayed += y_buffer[i] != 0xA5;
  CHECK(wrong == 0, "%s, strides %td %td %td: %d other bits", c->name, x_stride, dy_stride, y_stride, wrong);
  CHECK(strayed == 0, "%s, strides %td %td %td: %d bytes between the elements", c->name, x_stride, dy_stride, y_stride,
        strayed);
}

/* Output over the input or over dy, element by element. */
static void test_in_place(const test_case *c, const double *x, const double *dy, ptrdiff_t stride, int over_dy) {
  size_t size = about_type(c->type).size;
  double wanted[N];
  CHECK(compute(&c->function, c->form, c->type, N, x, dy, wanted) == ACT_OK, "%s", c->name);
  unsigned char *x0 = first(x_buffer, stride), *dy0 = first(dy_buffer, stride), *y0 = over_dy ? dy0 : x0;
  for (ptrdiff_t i = 0; i < N; i++) {
    memcpy(x0 + i * stride, (const char *)x + i * (ptrdiff_t)size, size);
    memcpy(dy0 + i * stride, (const char *)dy + i * (ptrdiff_t)size, size);
  }
  const act_arrays arrays = {.size = sizeof arrays,
                             .form = c->form,
                             .type = c->type,
                             .n = N,
                             .x = x0,
                             .x_stride = stride,
                             .dy = dy0,
                             .dy_stride = stride,
                             .y = y0,
                             .y_stride = stride};
  CHECK(act_apply(&c->function, &arrays) == ACT_OK, "%s in place, stride %td", c->name, stride);
  int wrong = 0;
  for (ptrdiff_t i = 0; i < N; i++) wrong += memcmp(y0 + i * stride, (char *)wanted + i * (ptrdiff_t)size, size) != 0;
  CHECK(wrong == 0, "%s in place, stride %td: %d other bits", c->name, stride, wrong);
}

/* A parameter for each element must give what the function with that parameter gives. */
static void test_parameters(const test_case *c, const double *x, const double *dy) {
  size_t size = about_type(c->type).size;
  const act_info *info = c->function.info;
  for (size_t p = 0; p < info->parameter_count; p++) {
    double values[N * 3], wanted[N], y[N];
    for (size_t i = 0; i < N * 3; i++) { /* most from -2 to 2, some tiny, huge or default: none may matter to the others */
      double scale = i % 7 == 2 ? 0x1p-100 : i % 7 == 5 ? 0x1p700 : 1;
      values[i] = (double)(int64_t)mix(i) * 0x1p-62 * scale;
      if (i % 7 == 4 && !isnan(info->parameters[p].default_value)) values[i] = info->parameters[p].default_value;
      values[i] = fmin(fmax(values[i], info->parameters[p].minimum), info->parameters[p].maximum);
      if (info->parameters_ordered)
        values[i] = p == 0 ? fmin(values[i], c->function.parameters[1]) : fmax(values[i], c->function.parameters[0]);
    }
    static const ptrdiff_t strides[] = {8, 24, -8, 0};
    for (size_t s = 0; s < sizeof strides / sizeof *strides; s++) {
      const double *start = strides[s] < 0 ? values + N - 1 : values;
      for (ptrdiff_t i = 0; i < N; i++) {
        act_function f = c->function;
        double in, factor, out;
        f.parameters[p] = start[i * (strides[s] / 8)];
        memcpy(&in, (const char *)x + i * (ptrdiff_t)size, size);
        memcpy(&factor, (const char *)dy + i * (ptrdiff_t)size, size);
        CHECK(compute(&f, c->form, c->type, 1, &in, &factor, &out) == ACT_OK, "%s", c->name);
        memcpy((char *)wanted + i * (ptrdiff_t)size, &out, size);
      }
      act_arrays arrays = {.size = sizeof arrays,
                           .form = c->form,
                           .type = c->type,
                           .n = N,
                           .x = x,
                           .x_stride = (ptrdiff_t)size,
                           .dy = dy,
                           .dy_stride = (ptrdiff_t)size,
                           .y = y,
                           .y_stride = (ptrdiff_t)size};
      arrays.parameters[p] = start;
      arrays.parameter_strides[p] = strides[s];
      act_function unset = c->function; /* an array stands in for a parameter that was never set */
      unset.parameters[p] = NAN;
      memset(y, 0, sizeof y);
      CHECK(act_apply(&c->function, &arrays) == ACT_OK, "%s.%s, stride %td", c->name, info->parameters[p].name,
            strides[s]);
      CHECK(memcmp(y, wanted, N * size) == 0, "%s.%s, stride %td: other bits", c->name, info->parameters[p].name,
            strides[s]);
      CHECK(act_apply(&unset, &arrays) == ACT_OK, "%s.%s by array only", c->name, info->parameters[p].name);
      CHECK(memcmp(y, wanted, N * size) == 0, "%s.%s by array only: other bits", c->name, info->parameters[p].name);
    }
  }
}

int main(void) {
  static double x[N], dy[N];
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    ptrdiff_t size = (ptrdiff_t)about_type(c.type).size;
    const ptrdiff_t strides[] = {size, 0, -size, 2 * size, -3 * size, 3 * size + 1, -(2 * size + 3), size + 1, WIDEST};
    const size_t count = sizeof strides / sizeof *strides;
    fill_inputs(c.type, i * 2 * N, N, x);
    fill_inputs(c.type, i * 2 * N + N, N, dy);
    for (size_t s = 0; s < count * count; s++)
      test_stride(&c, x, dy, strides[s % count], strides[(s + s / count) % count], strides[s / count]);
    for (size_t s = 2; s < count; s++) {
      test_in_place(&c, x, dy, strides[s], 0);
      if (c.form == ACT_BACKWARD) test_in_place(&c, x, dy, strides[s], 1);
    }
    test_parameters(&c, x, dy);
  }
  return report();
}
