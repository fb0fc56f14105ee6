/* Included once for each type: TYPE, NAME, FMA, ACT_TYPE. */

typedef struct NAME(layer) {
  size_t batch, n_in, n_out;
  TYPE *x, *w, *b, *z, *y, *dy, *dx, *dw, *db;
} NAME(layer);

static TYPE *NAME(numbers)(size_t n) {
  TYPE *p = malloc((n + 1) * sizeof *p);
  if (p == NULL) exit(2);
  for (size_t i = 0; i <= n; i++) p[i] = (TYPE)uniform();
  return p;
}
static NAME(layer) NAME(make)(size_t batch, size_t n_in, size_t n_out) {
  NAME(layer) l = {.batch = batch, .n_in = n_in, .n_out = n_out};
  l.x = NAME(numbers)(batch * n_in), l.w = NAME(numbers)(n_in * n_out), l.b = NAME(numbers)(n_out);
  l.z = NAME(numbers)(batch * n_out), l.y = NAME(numbers)(batch * n_out), l.dy = NAME(numbers)(batch * n_out);
  l.dx = NAME(numbers)(batch * n_in), l.dw = NAME(numbers)(n_in * n_out), l.db = NAME(numbers)(n_out);
  return l;
}
static void NAME(destroy)(NAME(layer) l) {
  free(l.x), free(l.w), free(l.b), free(l.z), free(l.y), free(l.dy), free(l.dx), free(l.dw), free(l.db);
}

/* The one chain: from 0, in order. */
static TYPE NAME(chain)(size_t k, const TYPE *a, size_t a_step, const TYPE *b, size_t b_step) {
  TYPE sum = 0;
  for (size_t i = 0; i < k; i++) sum = FMA(a[i * a_step], b[i * b_step], sum);
  return sum;
}
static int NAME(same)(const TYPE *a, const TYPE *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

static void NAME(check_layer)(const act_function *f, NAME(layer) l, int has_bias, int has_z) {
  size_t batch = l.batch, n_in = l.n_in, n_out = l.n_out, outputs = batch * n_out;
  TYPE *z = NAME(numbers)(outputs), *y = NAME(numbers)(outputs), *dz = NAME(numbers)(outputs);
  for (size_t i = 0; i < batch; i++)
    for (size_t j = 0; j < n_out; j++) {
      z[i * n_out + j] = NAME(chain)(n_in, l.x + i * n_in, 1, l.w + j, n_out);
      if (has_bias) z[i * n_out + j] += l.b[j];
    }
  CHECK(NAME(act_forward)(f, outputs, z, y) == ACT_OK && NAME(act_backward)(f, outputs, z, l.dy, dz) == ACT_OK, "f");
  act_status status = NAME(act_dense_forward)(f, batch, n_in, n_out, l.x, l.w, has_bias ? l.b : NULL, has_z ? l.z : NULL, l.y);
  CHECK(status == ACT_OK, "%zu×%zu×%zu: %s", batch, n_in, n_out, act_status_string(status));
  CHECK(NAME(same)(l.y, y, outputs), "%zu×%zu×%zu: y", batch, n_in, n_out);
  CHECK(!has_z || NAME(same)(l.z, z, outputs), "%zu×%zu×%zu: z", batch, n_in, n_out);

  status = NAME(act_dense_backward)(f, batch, n_in, n_out, l.x, l.w, z, l.dy, l.dx, l.dw, has_bias ? l.db : NULL);
  CHECK(status == ACT_OK, "%zu×%zu×%zu: %s", batch, n_in, n_out, act_status_string(status));
  int right = 1;
  for (size_t i = 0; i < batch; i++)
    for (size_t k = 0; k < n_in; k++) {
      TYPE sum = NAME(chain)(n_out, dz + i * n_out, 1, l.w + k * n_out, 1);
      right &= NAME(same)(&sum, &l.dx[i * n_in + k], 1);
    }
  CHECK(right, "%zu×%zu×%zu: dx", batch, n_in, n_out);
  right = 1;
  for (size_t k = 0; k < n_in; k++)
    for (size_t j = 0; j < n_out; j++) {
      TYPE sum = NAME(chain)(batch, l.x + k, n_in, dz + j, n_out);
      right &= NAME(same)(&sum, &l.dw[k * n_out + j], 1);
    }
  CHECK(right, "%zu×%zu×%zu: dw", batch, n_in, n_out);
  right = 1;
  for (size_t j = 0; j < n_out && has_bias; j++) {
    TYPE sum = 0;
    for (size_t i = 0; i < batch; i++) sum += dz[i * n_out + j];
    right &= NAME(same)(&sum, &l.db[j], 1);
  }
  CHECK(right, "%zu×%zu×%zu: db", batch, n_in, n_out);
  free(z), free(y), free(dz);
}

/* Around the edges of tiles of 4, 6 and 8 rows, of 2 to 48 columns, and of blocks of 12 inner values. */
static void NAME(test_shapes)(void) {
  static const size_t batches[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 65};
  static const size_t widths[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 65, 97, 100};
  act_function f;
  CHECK(act_function_named("tanh", &f) == ACT_OK, "tanh");
  for (size_t i = 0; i < sizeof batches / sizeof *batches; i++)
    for (size_t j = 0; j < sizeof widths / sizeof *widths; j++) {
      NAME(layer) l = NAME(make)(batches[i], widths[(i * 5 + j * 7) % (sizeof widths / sizeof *widths)], widths[j]);
      NAME(check_layer)(&f, l, j % 2 == 0, i % 2 == 0);
      NAME(destroy)(l);
    }
}
/* Beyond blocks of 256 inner values and 2 KB of columns, packed and not, and so much that threads take part. */
static void NAME(test_large)(void) {
  static const size_t shapes[][3] = {{130, 257, 545}, {70, 600, 100}, {3, 513, 800}, {300, 90, 130}, {47, 33, 560}, {50, 33, 560}};
  act_function f;
  CHECK(act_function_named("relu", &f) == ACT_OK, "relu");
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    NAME(layer) l = NAME(make)(shapes[i][0], shapes[i][1], shapes[i][2]);
    NAME(check_layer)(&f, l, 1, 1);
    NAME(destroy)(l);
  }
}

/* A row's results are the same alone and in a batch. */
static void NAME(test_rows)(void) {
  act_function f;
  CHECK(act_function_named("gelu", &f) == ACT_OK, "gelu");
  NAME(layer) l = NAME(make)(133, 70, 50);
  CHECK(NAME(act_dense_forward)(&f, 133, 70, 50, l.x, l.w, l.b, NULL, l.y) == ACT_OK, "batch");
  for (size_t i = 0; i < 133; i++) {
    CHECK(NAME(act_dense_forward)(&f, 1, 70, 50, l.x + i * 70, l.w, l.b, NULL, l.z) == ACT_OK, "alone");
    CHECK(NAME(same)(l.z, l.y + i * 50, 50), "row %zu", i);
  }
  NAME(destroy)(l);
}

/* Wherever the weights begin: registers of them are aligned where all rows begin alike, of a few rows or large weights. */
static void NAME(test_alignment)(void) {
  enum { IN = 131 };
  static const size_t widths[] = {16, 48, 64, 80};
  act_function f;
  CHECK(act_function_named("tanh", &f) == ACT_OK, "tanh");
  for (size_t batch = 1; batch <= 7; batch++)
    for (size_t j = 0; j < sizeof widths / sizeof *widths; j++)
      for (size_t offset = 0; offset < 17; offset++) {
        NAME(layer) l = NAME(make)(batch, IN, widths[j]);
        TYPE *own = l.w, *more = NAME(numbers)(IN * widths[j] + offset);
        l.w = more + offset;
        NAME(check_layer)(&f, l, offset % 2 == 0, 1);
        l.w = own;
        NAME(destroy)(l), free(more);
      }
}

/* Every way to lay the inputs out gives the bits of the plain one; backwards, transposed, with gaps, repeated. */
static void NAME(test_strides)(void) {
  enum { BATCH = 19, IN = 37, OUT = 21, ROOM = 4096 };
  act_function f;
  CHECK(act_function_named("tanh", &f) == ACT_OK, "tanh");
  const ptrdiff_t size = sizeof(TYPE);
  TYPE *memory[3];
  for (int i = 0; i < 3; i++) memory[i] = NAME(numbers)(ROOM);
  for (int layout = 0; layout < 5; layout++) {
    NAME(layer) l = NAME(make)(BATCH, IN, OUT);
    act_dense_arrays a = {.size = sizeof a, .type = ACT_TYPE, .batch = BATCH, .n_in = IN, .n_out = OUT};
    const size_t rows[3] = {BATCH, IN, BATCH}, columns[3] = {IN, OUT, OUT};
    ptrdiff_t strides[3][2];
    const TYPE *start[3];
    TYPE *plain[3] = {l.x, l.w, l.dy};
    for (int i = 0; i < 3; i++) {
      ptrdiff_t r = (ptrdiff_t)rows[i], c = (ptrdiff_t)columns[i];
      ptrdiff_t s[5][2] = {{c, 1}, {1, r}, {-c, 1}, {2 * c + 3, 2}, {0, 1}};
      strides[i][0] = s[layout][0] * size, strides[i][1] = s[layout][1] * size;
      start[i] = memory[i] + (layout == 2 ? (r - 1) * c : 0);
      for (ptrdiff_t p = 0; p < r; p++)
        for (ptrdiff_t q = 0; q < c; q++) plain[i][p * c + q] = start[i][p * s[layout][0] + q * s[layout][1]];
    }
    a.x = start[0], a.w = start[1], a.dy = start[2];
    memcpy(a.x_strides, strides[0], sizeof strides[0]);
    memcpy(a.w_strides, strides[1], sizeof strides[1]);
    memcpy(a.dy_strides, strides[2], sizeof strides[2]);
    a.b = l.b, a.z = l.z, a.y = l.y, a.dx = l.dx, a.dw = l.dw, a.db = l.db;
    CHECK(act_dense_forward(&f, &a) == ACT_OK && act_dense_backward(&f, &a) == ACT_OK, "layout %d", layout);
    NAME(layer) p = NAME(make)(BATCH, IN, OUT);
    CHECK(NAME(act_dense_forward)(&f, BATCH, IN, OUT, l.x, l.w, l.b, p.z, p.y) == ACT_OK, "forward");
    CHECK(NAME(act_dense_backward)(&f, BATCH, IN, OUT, l.x, l.w, p.z, l.dy, p.dx, p.dw, p.db) == ACT_OK, "backward");
    CHECK(NAME(same)(l.z, p.z, BATCH * OUT) && NAME(same)(l.y, p.y, BATCH * OUT), "layout %d: forward", layout);
    CHECK(NAME(same)(l.dx, p.dx, BATCH * IN) && NAME(same)(l.dw, p.dw, IN * OUT) && NAME(same)(l.db, p.db, OUT),
          "layout %d: backward", layout);
    a.y = NULL;
    memset(l.z, 0, BATCH * OUT * sizeof(TYPE));
    CHECK(act_dense_forward(&f, &a) == ACT_OK && NAME(same)(l.z, p.z, BATCH * OUT), "layout %d: only z", layout);
    NAME(destroy)(l);
    NAME(destroy)(p);
  }
  for (int i = 0; i < 3; i++) free(memory[i]);
}

static void NAME(test_nothing)(void) {
  act_function f;
  CHECK(act_function_named("sigmoid", &f) == ACT_OK, "sigmoid");
  TYPE b[3] = {1, -2, 0}, y[6], z[6], dw[6] = {1, 1, 1, 1, 1, 1}, db[3] = {1, 1, 1}, dx[6] = {1, 1, 1, 1, 1, 1}, expected[3];
  CHECK(NAME(act_dense_forward)(&f, 0, 2, 3, NULL, NULL, NULL, NULL, NULL) == ACT_OK, "no rows");
  CHECK(NAME(act_dense_forward)(NULL, 2, 2, 0, NULL, NULL, NULL, NULL, NULL) != ACT_OK, "no function, and no outputs");
  CHECK(NAME(act_dense_forward)(&f, 2, 2, 0, NULL, NULL, NULL, NULL, NULL) == ACT_OK, "no outputs");
  CHECK(NAME(act_dense_forward)(&f, 2, 0, 3, NULL, NULL, b, z, y) == ACT_OK, "no inputs");
  CHECK(NAME(act_forward)(&f, 3, b, expected) == ACT_OK, "sigmoid");
  CHECK(NAME(same)(z, b, 3) && NAME(same)(z + 3, b, 3) && NAME(same)(y, expected, 3) && NAME(same)(y + 3, expected, 3), "f(b)");
  CHECK(NAME(act_dense_forward)(&f, 2, 0, 3, NULL, NULL, NULL, NULL, y) == ACT_OK && y[0] == (TYPE)0.5 && y[5] == (TYPE)0.5,
        "f(0)");
  CHECK(NAME(act_dense_backward)(&f, 0, 2, 3, NULL, b, NULL, NULL, NULL, dw, db) == ACT_OK, "no rows");
  for (int i = 0; i < 6; i++) CHECK(dw[i] == 0 && db[i % 3] == 0, "sums of no rows");
  CHECK(NAME(act_dense_backward)(&f, 3, 2, 0, NULL, b, NULL, NULL, dx, NULL, NULL) == ACT_OK, "no outputs");
  for (int i = 0; i < 6; i++) CHECK(dx[i] == 0, "sums of no outputs");
}

/* A NaN is never hidden, and has one pattern. */
static void NAME(test_not_numbers)(void) {
  act_function f;
  CHECK(act_function_named("relu", &f) == ACT_OK, "relu");
  NAME(layer) l = NAME(make)(9, 20, 30);
  l.x[4 * 20 + 3] = -(TYPE)NAN, l.x[5 * 20] = (TYPE)INFINITY, l.w[0] = 0;
  CHECK(NAME(act_dense_forward)(&f, 9, 20, 30, l.x, l.w, NULL, l.z, l.y) == ACT_OK, "forward");
  TYPE nan = (TYPE)NAN;
  for (int j = 0; j < 30; j++) CHECK(NAME(same)(&l.y[4 * 30 + j], &nan, 1) && NAME(same)(&l.z[4 * 30 + j], &nan, 1), "NaN, column %d", j);
  CHECK(NAME(same)(&l.y[5 * 30], &nan, 1) && NAME(same)(&l.z[5 * 30], &nan, 1), "infinity times 0");
  CHECK(l.y[0] == l.y[0] && l.y[8 * 30] == l.y[8 * 30], "other rows");
  NAME(destroy)(l);
}
