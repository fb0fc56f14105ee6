/* digest [longest [threads]]: one line for each function, accuracy, type and form with a hash of its outputs over all
 * kinds of inputs, lengths, offsets and strides, one array of `longest` elements among them and none longer. The lines
 * must be the same on every processor, with every instruction set and number of threads. */
#include "../C/cases.h"
#include "../C/numbers.h"

enum { MARGIN = 64, SIXTEEN_BIT = 65536, STANDARD = 5003, SPARSE = 61, STRIDED = 1001 };

static uint64_t hash; /* FNV-1a */

static void add(const void *bytes, size_t count) {
  const unsigned char *p = bytes;
  for (size_t i = 0; i < count; i++) hash = (hash ^ p[i]) * 0x100000001b3u;
}

static void stop(const char *what, const test_case *c, act_status status) {
  printf("%s: %s: %s\n", c->name, what, act_status_string(status));
  exit(2);
}

/* n elements from `start` on, at some offset from an aligned address. */
static void add_array(const test_case *c, const char *x, const char *dy, char *y, size_t start, size_t n) {
  size_t size = about_type(c->type).size, offset = (start * 5 + n) % (MARGIN / size) * size;
  act_status status = compute(&c->function, c->form, c->type, n, x + start * size, dy + start * size, y + offset);
  if (status != ACT_OK) stop("array", c, status);
  add(y + offset, n * size);
}

/* Every third element of x and dy, and a parameter for each, into an array that runs backwards. */
static void add_strided(const test_case *c, const char *x, const char *dy, char *y, size_t n) {
  static double parameters[1024];
  const act_info *info = c->function.info;
  ptrdiff_t size = (ptrdiff_t)about_type(c->type).size;
  act_arrays arrays = {.size = sizeof arrays,
                       .form = c->form,
                       .type = c->type,
                       .n = n,
                       .x = x,
                       .x_stride = 3 * size,
                       .dy = dy,
                       .dy_stride = 3 * size,
                       .y = y + (ptrdiff_t)(n - 1) * size,
                       .y_stride = -size};
  for (size_t p = 0; p < info->parameter_count; p++) {
    for (size_t i = 0; i < n; i++) /* from -2 to 2 */
      parameters[i] =
          fmin(fmax((double)(int64_t)mix(i) * 0x1p-62, info->parameters[p].minimum), info->parameters[p].maximum);
    arrays.parameters[p] = parameters;
    arrays.parameter_strides[p] = sizeof *parameters;
  }
  act_status status = act_apply(&c->function, &arrays);
  if (status != ACT_OK) stop("strided", c, status);
  add(y, n * (size_t)size);
}

static char *x[TYPES], *dy[TYPES], *y; /* the inputs of a type are made once */

static void prepare(act_type type, size_t longest) {
  size_t size = about_type(type).size, count = longest > SIXTEEN_BIT ? longest : SIXTEEN_BIT;
  hash = 0xcbf29ce484222325u;
  if (y == NULL) y = allocate(count * 8 + MARGIN);
  if (x[type] != NULL) return;
  x[type] = allocate(count * size), dy[type] = allocate(count * size);
  fill_inputs(type, 0, count, x[type]);
  fill_inputs(type, count, count, dy[type]);
}

/* Rows of numbers between -16 and 16, but for the shortest: an infinity or NaN decides all of a row. */
static void print_rows(act_type type, act_accuracy accuracy, int logarithm, int backward, size_t longest) {
  static const size_t inner[] = {1, 3};
  size_t size = about_type(type).size;
  static char *tame;
  prepare(type, longest);
  size_t count = longest > SIXTEEN_BIT ? longest : SIXTEEN_BIT;
  if (tame == NULL) tame = allocate(count * 8);
  for (size_t i = 0; i < count; i++) {
    double value = (double)(int64_t)mix(i) * 0x1p-59;
    if (type == ACT_F16) value = trunc(value * 64) / 64; /* which the type holds */
    store(type, value, tame + i * size);
  }
  for (size_t n = 1; n <= 2100 && n <= longest; n = n < 40 ? n + 1 : n * 2 - 11)
    for (int k = 0; k < 2; k++) {
      const char *from = n < 8 ? x[type] + n * size : tame, *slope = backward ? dy[type] + n * size : NULL;
      if (compute_rows(logarithm, type, accuracy, 2, n, inner[k], from, slope, y) != ACT_OK) exit(2);
      add(y, 2 * n * inner[k] * size);
    }
  compute_rows(logarithm, type, accuracy, longest / 3001, 3001, 1, tame, backward ? dy[type] : NULL, y);
  add(y, longest / 3001 * 3001 * size);
  printf("%016llx %s %s %s %s\n", (unsigned long long)hash, logarithm ? "log_softmax" : "softmax",
         accuracy == ACT_EXACT ? "exact" : "fast", about_type(type).name, backward ? "backward" : "value");
}

/* Both factors of a gated unit's gradient; the other products are backward's. */
static void print_gated(const test_case *c, size_t longest) {
  size_t size = about_type(c->type).size;
  prepare(c->type, longest);
  if (compute_gated_backward(c->type, &c->function, longest, x[c->type], dy[c->type], dy[c->type], NULL, y) != ACT_OK) exit(2);
  add(y, longest * size);
  printf("%016llx %s, gated\n", (unsigned long long)hash, c->name);
}

static void print_digest(const test_case *c, const char *called, size_t longest) {
  size_t size = about_type(c->type).size;
  prepare(c->type, longest);
  size_t start = 0;
  for (size_t n = 0; n <= 4099 && n <= longest; n = n < 70 ? n + 1 : n * 2 - 11) {
    add_array(c, x[c->type], dy[c->type], y, start, n);
    start += n;
  }
  add_array(c, x[c->type], dy[c->type], y, 0, longest);
  add_strided(c, x[c->type], dy[c->type], y, longest < STRIDED ? longest : STRIDED);
  if (size == 2) { /* all inputs there are, or what a short digest takes of them */
    static uint16_t all[SIXTEEN_BIT];
    size_t step = longest < STANDARD ? SPARSE : 1, count = SIXTEEN_BIT / step;
    for (size_t i = 0; i < count; i++) all[i] = (uint16_t)(i * step);
    add_array(c, (const char *)all, dy[c->type], y, 0, count);
  }
  printf("%016llx %s%s%s\n", (unsigned long long)hash, c->name, called ? " as " : "", called ? called : "");
}

/* The weights after 200 steps, or of a network so wide that threads take part after 4; and what the network then gives. */
static void print_network(act_type type, act_optimizer optimizer, act_loss loss, const char *name, act_accuracy accuracy, int wide) {
  enum { MOST = 256, WIDE = 300, OUTPUTS = 10 };
  size_t samples = wide ? MOST : 61, inputs = wide ? WIDE : 13, size = about_type(type).size;
  size_t sizes[] = {inputs, wide ? WIDE : 24, wide ? WIDE : 17, OUTPUTS};
  static double data[MOST * WIDE], targets[MOST * OUTPUTS], out[MOST * OUTPUTS];
  static int64_t labels[MOST];
  for (size_t i = 0; i < MOST * WIDE; i++) {
    double value = (double)((int64_t)mix(i) >> 40) * 0x1p-23;
    if (type == ACT_F64) data[i] = value; else ((float *)data)[i] = (float)value;
    if (i >= MOST * OUTPUTS) continue;
    if (type == ACT_F64) targets[i] = value * value; else ((float *)targets)[i] = (float)(value * value);
    labels[i % MOST] = (int64_t)(mix(i % MOST) % OUTPUTS);
  }
  const void *y = loss == ACT_CROSS_ENTROPY ? (const void *)labels : targets;
  act_function f[2];
  act_network_options options;
  act_fit_options fit;
  act_network *network;
  act_network_info info = {.size = sizeof info};
  if (act_function_named(name, &f[0]) != ACT_OK || act_network_options_init(&options, sizeof options) != ACT_OK) exit(2);
  if (act_fit_options_init(&fit, sizeof fit) != ACT_OK) exit(2);
  f[0].accuracy = accuracy, f[1] = f[0];
  options.type = type, options.loss = loss, options.seed = 7;
  options.initializer = loss == ACT_HUBER ? ACT_HE_NORMAL : ACT_INITIALIZER_FOR_ACTIVATION;
  fit.optimizer = optimizer, fit.epochs = wide ? 2 : 50, fit.batch_size = wide ? 128 : 16, fit.learning_rate = 0.01;
  fit.momentum = 0.9, fit.dropout = loss == ACT_HUBER ? 0.2 : 0, fit.clip_norm = 1, fit.schedule = ACT_COSINE;
  if (act_network_create(4, sizes, f, &options, &network) != ACT_OK) exit(2);
  act_status status = type == ACT_F64 ? act_network_fit_f64(network, samples, data, y, &fit)
                                      : act_network_fit_f32(network, samples, (float *)data, y, &fit);
  if (status != ACT_OK || act_network_describe(network, &info) != ACT_OK || info.steps != (wide ? 4 : 200)) exit(2);
  if ((type == ACT_F64 ? act_network_predict_f64(network, samples, data, out)
                       : act_network_predict_f32(network, samples, (float *)data, (float *)out)) != ACT_OK)
    exit(2);
  hash = 0xcbf29ce484222325u;
  add(act_network_parameters(network), info.parameters * size);
  add(out, samples * OUTPUTS * size);
  printf("%016llx network, %s, optimizer %d, loss %d, %s\n", (unsigned long long)hash, name, (int)optimizer, (int)loss,
         about_type(type).name);
  act_network_free(network);
}

int main(int argc, char **argv) {
  size_t longest = argc > 1 ? strtoull(argv[1], NULL, 10) : STANDARD;
  if (argc > 2 && act_set_threads(atoi(argv[2])) != ACT_OK) return 2;
  fprintf(stderr, "%s, %d threads\n", act_isa(), act_threads());
  test_case c;
  for (size_t i = 0; case_at(i, &c); i++) {
    print_digest(&c, NULL, longest);
    if (c.form == ACT_BACKWARD) print_gated(&c, longest);
    /* Where an alias has defaults of its own, with these too. */
    for (size_t a = 0; c.function.info->parameter_count > 0 && a < c.function.info->alias_count; a++) {
      test_case called = c;
      const char *alias = c.function.info->aliases[a].name;
      act_function_named(alias, &called.function);
      called.function.accuracy = c.function.accuracy;
      for (size_t p = 0; p < c.function.info->parameter_count; p++)
        if (isnan(called.function.parameters[p])) called.function.parameters[p] = c.function.parameters[p];
      print_digest(&called, alias, longest);
    }
  }
  for (int i = 0; i < 32; i++) print_rows((act_type)(i / 8), (act_accuracy)(i / 4 % 2), i / 2 % 2, i % 2, longest);
  for (int i = 0; i < 4; i++)
    for (int type = ACT_F64; type <= ACT_F32; type++)
      print_network((act_type)type, (act_optimizer)i, (act_loss)i, i % 2 ? "gelu" : "tanh", (act_accuracy)(i / 2), 0);
  if (longest > 1000000) {
    print_network(ACT_F32, ACT_ADAM, ACT_CROSS_ENTROPY, "relu", ACT_EXACT, 1);
    print_network(ACT_F64, ACT_SGD, ACT_SQUARED_ERROR, "tanh", ACT_FAST, 1);
  }
  return 0;
}
