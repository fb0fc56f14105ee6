/* Networks: gradients against finite differences, optimisers against plain ones, weights by their seed, every way to stop,
 * and saved files, whole and damaged. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "activations.h"
#include "check.h"

enum { SAMPLES = 40, INPUTS = 5, HIDDEN = 7, OUTPUTS = 4 };
static double x64[SAMPLES * INPUTS], y64[SAMPLES * OUTPUTS];
static float x32[SAMPLES * INPUTS];
static int64_t labels[SAMPLES];

static uint64_t state = 1;
static double uniform(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)((int64_t)state >> 40) * 0x1p-23;
}
static void prepare(void) {
  for (int i = 0; i < SAMPLES * INPUTS; i++) x64[i] = uniform(), x32[i] = (float)x64[i];
  for (int i = 0; i < SAMPLES * OUTPUTS; i++) y64[i] = (uniform() + 1) / 2;
  for (int i = 0; i < SAMPLES; i++) labels[i] = (int64_t)((uniform() + 1) / 2 * OUTPUTS) % OUTPUTS;
}

static act_function named(const char *name) {
  act_function f;
  CHECK(act_function_named(name, &f) == ACT_OK, "%s", name);
  for (size_t p = 0; p < f.info->parameter_count; p++)
    if (isnan(f.parameters[p])) f.parameters[p] = 0.2;
  return f;
}
static act_network *make(const char *function, act_type type, act_loss loss, uint64_t seed) {
  size_t sizes[] = {INPUTS, HIDDEN, HIDDEN - 1, OUTPUTS};
  act_function f[2] = {named(function), named(function)};
  act_network_options options;
  CHECK(act_network_options_init(&options, sizeof options) == ACT_OK, "options");
  options.type = type, options.loss = loss, options.seed = seed;
  act_network *network = NULL;
  CHECK(act_network_create(4, sizes, f, &options, &network) == ACT_OK, "create");
  if (network == NULL) exit(2);
  return network;
}
static size_t parameters_of(const act_network *network) {
  act_network_info info = {.size = sizeof info};
  CHECK(act_network_describe(network, &info) == ACT_OK, "describe");
  return info.parameters;
}
static const void *targets(act_loss loss) { return loss == ACT_CROSS_ENTROPY ? (const void *)labels : y64; }

/* ------------------------------------------------------------------------------------------------- gradients --- */

static void check_gradients(const char *function, act_loss loss) {
  act_network *network = make(function, ACT_F64, loss, 3);
  size_t count = parameters_of(network);
  double *p = act_network_parameters(network), *g = malloc(count * sizeof *g), at, above, below, worst = 0;
  for (size_t i = 0; i < count; i++) p[i] += 0.01 * uniform();
  CHECK(act_network_gradients_f64(network, SAMPLES, x64, targets(loss), g, &at) == ACT_OK, "gradients");
  CHECK(act_network_loss_f64(network, SAMPLES, x64, targets(loss), &above) == ACT_OK && above == at, "loss");
  for (size_t i = 0; i < count; i++) {
    double was = p[i], h = 1e-6;
    p[i] = was + h;
    act_network_loss_f64(network, SAMPLES, x64, targets(loss), &above);
    p[i] = was - h;
    act_network_loss_f64(network, SAMPLES, x64, targets(loss), &below);
    p[i] = was;
    worst = fmax(worst, fabs((above - below) / (2 * h) - g[i]) / (1 + fabs(g[i])));
  }
  CHECK(worst < 2e-8, "%s, loss %d: off by %g", function, (int)loss, worst);
  free(g);
  act_network_free(network);
}
static void test_gradients(void) {
  for (int loss = ACT_CROSS_ENTROPY; loss <= ACT_HUBER; loss++) check_gradients("tanh", (act_loss)loss);
  for (size_t i = 0; i < act_catalogue_count(); i++) check_gradients(act_catalogue_at(i)->name, ACT_CROSS_ENTROPY);
}

/* The losses by their formulas, and their values where a formula as it is written overflows. */
static void test_losses(void) {
  size_t sizes[] = {OUTPUTS, OUTPUTS};
  for (int kind = ACT_CROSS_ENTROPY; kind <= ACT_HUBER; kind++)
    for (int large = 0; large < 2; large++) {
      act_network_options options;
      act_network *network;
      act_network_options_init(&options, sizeof options);
      options.type = ACT_F64, options.loss = (act_loss)kind, options.huber_delta = 0.7;
      CHECK(act_network_create(2, sizes, NULL, &options, &network) == ACT_OK, "create");
      double *w = act_network_weights(network, 0), scale = large ? 1000 : 2, loss, expected = 0;
      memset(w, 0, sizeof *w * OUTPUTS * OUTPUTS);
      for (int i = 0; i < OUTPUTS; i++) w[i * OUTPUTS + i] = scale; /* outputs are inputs times that */
      for (int i = 0; i < SAMPLES; i++) {
        double sum = 0, most = -INFINITY;
        const double *row = x64 + i * OUTPUTS;
        for (int j = 0; j < OUTPUTS; j++) most = fmax(most, scale * row[j]);
        for (int j = 0; j < OUTPUTS; j++) {
          double z = scale * row[j], y = y64[i * OUTPUTS + j], e = fabs(z - y);
          sum += exp(z - most);
          if (kind == ACT_BINARY_CROSS_ENTROPY) expected += (fmax(z, 0) - z * y + log1p(exp(-fabs(z)))) / OUTPUTS;
          if (kind == ACT_SQUARED_ERROR) expected += e * e / OUTPUTS;
          if (kind == ACT_HUBER) expected += (e <= 0.7 ? e * e / 2 : 0.7 * (e - 0.35)) / OUTPUTS;
        }
        if (kind == ACT_CROSS_ENTROPY) expected += log(sum) + most - scale * row[labels[i]];
      }
      CHECK(act_network_loss_f64(network, SAMPLES, x64, targets(options.loss), &loss) == ACT_OK, "loss");
      CHECK(fabs(loss - expected / SAMPLES) <= 1e-13 * fabs(loss), "loss %d: %.17g, not %.17g", kind, loss, expected / SAMPLES);
      act_network_free(network);
    }
}

/* A part at a time or all at once: the chains of sums go on. */
static void test_many_samples(void) {
  enum { MANY = 2500 };
  double *x = malloc(MANY * OUTPUTS * sizeof *x), *y = malloc(MANY * OUTPUTS * sizeof *y), *z = malloc(MANY * OUTPUTS * sizeof *z);
  size_t sizes[] = {OUTPUTS, OUTPUTS}, count = OUTPUTS * (OUTPUTS + 1);
  act_network_options options;
  act_network *network;
  act_network_options_init(&options, sizeof options);
  options.type = ACT_F64, options.loss = ACT_SQUARED_ERROR;
  CHECK(act_network_create(2, sizes, NULL, &options, &network) == ACT_OK, "create");
  for (int i = 0; i < MANY * OUTPUTS; i++) x[i] = uniform(), y[i] = uniform();
  double g[OUTPUTS * (OUTPUTS + 1)], dw[OUTPUTS * OUTPUTS], db[OUTPUTS];
  CHECK(act_network_gradients_f64(network, MANY, x, y, g, NULL) == ACT_OK, "gradients");
  act_function identity = named("identity");
  CHECK(act_network_predict_f64(network, MANY, x, z) == ACT_OK, "predict");
  double *dy = malloc(MANY * OUTPUTS * sizeof *dy);
  for (int i = 0; i < MANY * OUTPUTS; i++) dy[i] = 2 * (z[i] - y[i]) * (1.0 / (MANY * OUTPUTS));
  CHECK(act_dense_backward_f64(&identity, MANY, OUTPUTS, OUTPUTS, x, act_network_weights(network, 0), z, dy, NULL, dw, db) == ACT_OK,
        "backward");
  CHECK(memcmp(g, dw, sizeof dw) == 0 && memcmp(g + count - OUTPUTS, db, sizeof db) == 0, "gradients in parts");
  for (int i = 0; i < 40; i++) {
    double one[OUTPUTS];
    CHECK(act_network_predict_f64(network, 1, x + i * 60 * OUTPUTS, one) == ACT_OK, "predict");
    CHECK(memcmp(one, z + i * 60 * OUTPUTS, sizeof one) == 0, "row %d alone", i * 60);
  }
  free(x), free(y), free(z), free(dy);
  act_network_free(network);
}

/* ------------------------------------------------------------------------------------------------ optimisers --- */

/* PyTorch's documentation, line by line. */
static void plain_step(const act_fit_options *o, size_t n, int t, double *p, double *g, double *m, double *v) {
  double decay = isnan(o->weight_decay) ? (o->optimizer == ACT_ADAMW ? 0.01 : 0) : o->weight_decay, norm = 0;
  if (o->clip_value > 0)
    for (size_t i = 0; i < n; i++) g[i] = fmin(fmax(g[i], -o->clip_value), o->clip_value);
  for (size_t i = 0; i < n; i++) norm += g[i] * g[i];
  norm = sqrt(norm);
  for (size_t i = 0; i < n; i++) {
    if (o->clip_norm > 0) g[i] *= fmin(1, o->clip_norm / (norm + 1e-6));
    if (o->optimizer == ACT_ADAMW)
      p[i] -= o->learning_rate * decay * p[i];
    else
      g[i] += decay * p[i];
    if (o->optimizer == ACT_SGD) {
      m[i] = t == 1 ? g[i] : o->momentum * m[i] + g[i];
      double step = o->momentum == 0 ? g[i] : o->nesterov ? g[i] + o->momentum * m[i] : m[i];
      p[i] -= o->learning_rate * step;
    } else if (o->optimizer == ACT_RMSPROP) {
      v[i] = o->alpha * v[i] + (1 - o->alpha) * g[i] * g[i];
      m[i] = o->momentum * m[i] + g[i] / (sqrt(v[i]) + o->epsilon);
      p[i] -= o->learning_rate * m[i];
    } else {
      m[i] = o->beta1 * m[i] + (1 - o->beta1) * g[i];
      v[i] = o->beta2 * v[i] + (1 - o->beta2) * g[i] * g[i];
      double m_hat = m[i] / (1 - pow(o->beta1, t)), v_hat = v[i] / (1 - pow(o->beta2, t));
      p[i] -= o->learning_rate * m_hat / (sqrt(v_hat) + o->epsilon);
    }
  }
}
static void check_optimizer(const char *what, const act_fit_options *given) {
  enum { STEPS = 25 };
  act_network *trained = make("tanh", ACT_F64, ACT_CROSS_ENTROPY, 5), *plain = make("tanh", ACT_F64, ACT_CROSS_ENTROPY, 5);
  size_t n = parameters_of(trained);
  double *g = malloc(n * sizeof *g), *m = calloc(n, sizeof *m), *v = calloc(n, sizeof *v);
  act_fit_options o = *given;
  o.epochs = STEPS, o.batch_size = SAMPLES, o.shuffle = 0, o.learning_rate = 0.01;
  CHECK(act_network_fit_f64(trained, SAMPLES, x64, labels, &o) == ACT_OK, "%s", what);
  double *p = act_network_parameters(plain), *q = act_network_parameters(trained), worst = 0;
  for (int t = 1; t <= STEPS; t++) {
    CHECK(act_network_gradients_f64(plain, SAMPLES, x64, labels, g, NULL) == ACT_OK, "gradients");
    plain_step(&o, n, t, p, g, m, v);
  }
  for (size_t i = 0; i < n; i++) worst = fmax(worst, fabs(p[i] - q[i]));
  CHECK(worst < 1e-12, "%s: off by %g", what, worst);
  free(g), free(m), free(v);
  act_network_free(trained);
  act_network_free(plain);
}
static void test_optimizers(void) {
  act_fit_options o, d;
  CHECK(act_fit_options_init(&d, sizeof d) == ACT_OK, "options");
  o = d, o.optimizer = ACT_SGD;
  check_optimizer("sgd", &o);
  o.momentum = 0.9;
  check_optimizer("momentum", &o);
  o.nesterov = 1, o.weight_decay = 0.1;
  check_optimizer("nesterov, weight decay", &o);
  o = d;
  check_optimizer("adam", &o);
  o.weight_decay = 0.1, o.clip_norm = 0.2;
  check_optimizer("adam, weight decay, clipped norm", &o);
  o = d, o.optimizer = ACT_ADAMW;
  check_optimizer("adamw", &o);
  o.weight_decay = 0.3, o.beta1 = 0.8, o.beta2 = 0.9, o.epsilon = 0.01;
  check_optimizer("adamw, own numbers", &o);
  o = d, o.optimizer = ACT_RMSPROP;
  check_optimizer("rmsprop", &o);
  o.momentum = 0.5, o.alpha = 0.9, o.clip_value = 0.01, o.clip_norm = 0.05;
  check_optimizer("rmsprop, momentum, clipped", &o);
}

/* ------------------------------------------------------------------------------------------------ the seed --- */

static void philox(uint64_t seed, const uint32_t counter[4], uint32_t out[4]) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  memcpy(out, counter, 16);
  for (int round = 0; round < 10; round++) {
    uint64_t a = 0xd2511f53ull * out[0], b = 0xcd9e8d57ull * out[2];
    uint32_t next[4] = {(uint32_t)(b >> 32) ^ out[1] ^ key[0], (uint32_t)b, (uint32_t)(a >> 32) ^ out[3] ^ key[1], (uint32_t)a};
    memcpy(out, next, 16);
    key[0] += 0x9e3779b9u, key[1] += 0xbb67ae85u;
  }
}
/* Weights are the generator's numbers, by their place. */
static void test_weights(void) {
  uint32_t out[4];
  philox(0, (uint32_t[4]){0}, out); /* a known answer */
  CHECK(out[0] == 0x6627e8d5 && out[1] == 0xe169c58d && out[2] == 0xbc57ac4c && out[3] == 0x9b00dbd8, "philox");
  uint64_t seed = 0x123456789abcdefull;
  act_network *network = make("tanh", ACT_F64, ACT_CROSS_ENTROPY, seed), *floats = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, seed);
  const size_t sizes[] = {INPUTS, HIDDEN, HIDDEN - 1, OUTPUTS};
  for (size_t l = 0; l < 3; l++) {
    const double *w = act_network_weights(network, l), *b = act_network_biases(network, l);
    const float *single = act_network_weights(floats, l);
    double limit = sqrt(6.0 / (double)(sizes[l] + sizes[l + 1]));
    for (size_t i = 0; i < sizes[l] * sizes[l + 1]; i++) {
      philox(seed, (uint32_t[4]){(uint32_t)(i / 2), 0, (uint32_t)l, 0}, out);
      uint64_t bits = (uint64_t)out[i % 2 * 2 + 1] << 32 | out[i % 2 * 2];
      double u = (double)(int64_t)(bits >> 11) * 0x1p-52 - 1 + 0x1p-53;
      CHECK(fabs(w[i] - limit * u) <= 0x1p-52, "layer %zu, weight %zu", l, i);
      CHECK(single[i] == (float)w[i], "layer %zu, weight %zu as a float", l, i);
    }
    for (size_t i = 0; i < sizes[l + 1]; i++) CHECK(b[i] == 0, "bias");
  }
  act_network_free(network);
  act_network_free(floats);
}
/* Mean and variance of each initialiser, and which one a function gets. */
static void test_initializers(void) {
  size_t sizes[] = {200, 300, 100};
  static const double in = 200, both = 500;
  struct { act_initializer kind; const char *function; double variance; } cases[] = {
      {ACT_GLOROT_UNIFORM, "tanh", 2 / both},  {ACT_GLOROT_NORMAL, "tanh", 2 / both}, {ACT_HE_UNIFORM, "tanh", 2 / in},
      {ACT_HE_NORMAL, "tanh", 2 / in},         {ACT_LECUN_UNIFORM, "tanh", 1 / in},   {ACT_LECUN_NORMAL, "tanh", 1 / in},
      {ACT_INITIALIZER_FOR_ACTIVATION, "relu", 2 / in}, {ACT_INITIALIZER_FOR_ACTIVATION, "selu", 1 / in},
      {ACT_INITIALIZER_FOR_ACTIVATION, "gelu", 2 / in}, {ACT_INITIALIZER_FOR_ACTIVATION, "tanh", 2 / both},
      {ACT_INITIALIZER_FOR_ACTIVATION, "sigmoid", 2 / both}, {ACT_INITIALIZER_FOR_ACTIVATION, "identity", 2 / both}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    act_function f = named(cases[c].function);
    act_network_options o;
    act_network *network;
    act_network_options_init(&o, sizeof o);
    o.initializer = cases[c].kind, o.seed = c;
    CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_OK, "create");
    const float *w = act_network_weights(network, 0);
    double sum = 0, squares = 0, fourth = 0, n = 200 * 300;
    for (int i = 0; i < 200 * 300; i++) sum += w[i], squares += (double)w[i] * w[i], fourth += pow(w[i], 4);
    double variance = squares / n, kurtosis = fourth / n / (variance * variance);
    int is_normal = cases[c].kind == ACT_GLOROT_NORMAL || cases[c].kind == ACT_HE_NORMAL || cases[c].kind == ACT_LECUN_NORMAL ||
                    strcmp(cases[c].function, "selu") == 0;
    CHECK(fabs(sum / n) < 5 * sqrt(variance / n), "case %zu: mean %g", c, sum / n);
    CHECK(fabs(variance / cases[c].variance - 1) < 0.03, "case %zu: variance %g, not %g", c, variance, cases[c].variance);
    CHECK(fabs(kurtosis - (is_normal ? 3 : 1.8)) < 0.15, "case %zu: kurtosis %g", c, kurtosis);
    act_network_free(network);
  }
}

static int same_parameters(act_network *a, act_network *b, size_t element) {
  return memcmp(act_network_parameters(a), act_network_parameters(b), parameters_of(a) * element) == 0;
}
/* The same weights with every number of threads, and after two fits instead of one. */
static void test_determinism(void) {
  enum { ROWS = 300, WIDE = 300 };
  size_t sizes[] = {WIDE, 400, 10};
  float *x = malloc(ROWS * WIDE * sizeof *x);
  int64_t *y = malloc(ROWS * sizeof *y);
  for (int i = 0; i < ROWS * WIDE; i++) x[i] = (float)uniform();
  for (int i = 0; i < ROWS; i++) y[i] = i * 7 % 10;
  act_function f = named("relu");
  act_network *networks[4];
  act_network_options options;
  act_network_options_init(&options, sizeof options);
  options.seed = 9;
  for (int i = 0; i < 4; i++) {
    act_fit_options o;
    act_fit_options_init(&o, sizeof o);
    o.epochs = i == 3 ? 2 : 4, o.batch_size = 128, o.dropout = 0.25, o.clip_norm = 1;
    CHECK(act_set_threads((int[]){1, 2, 7, 1}[i]) == ACT_OK, "threads");
    CHECK(act_network_create(3, sizes, &f, &options, &networks[i]) == ACT_OK, "create");
    for (int fits = 0; fits < (i == 3 ? 2 : 1); fits++) CHECK(act_network_fit_f32(networks[i], ROWS, x, y, &o) == ACT_OK, "fit");
    CHECK(same_parameters(networks[0], networks[i], sizeof(float)), "network %d", i);
  }
  for (int i = 0; i < 4; i++) act_network_free(networks[i]);
  free(x), free(y);
}

/* ------------------------------------------------------------------------------------------------- training --- */

typedef struct log_entry { double loss, validation, rate, norm, dead, saturated; int diverged; } log_entry;
typedef struct record { int count, stop_after, polls, stop_polling_after; log_entry entries[64]; size_t last_samples; } record;

static int note(void *context, const act_progress *p) {
  record *r = context;
  CHECK(p->size == sizeof *p && p->epoch == (size_t)r->count + 1, "progress");
  if (r->count < 64)
    r->entries[r->count] = (log_entry){p->loss, p->validation_loss, p->learning_rate, p->gradient_norm,
                                       p->hidden ? p->dead[0] : 0, p->hidden ? p->saturated[0] : 0, p->diverged};
  r->count++;
  return r->stop_after > 0 && r->count >= r->stop_after;
}
static int polled(void *context, size_t epoch, size_t samples) {
  record *r = context;
  CHECK(epoch >= 1 && samples >= 1, "poll");
  r->polls++;
  return r->stop_polling_after > 0 && r->polls >= r->stop_polling_after;
}

static void test_training(void) {
  /* Exclusive or. */
  float x[] = {0, 0, 0, 1, 1, 0, 1, 1}, y[] = {0, 1, 1, 0}, z[4];
  size_t sizes[] = {2, 8, 1};
  act_function f = named("tanh");
  act_network_options options;
  act_network *network;
  act_network_options_init(&options, sizeof options);
  options.loss = ACT_BINARY_CROSS_ENTROPY, options.seed = 1;
  CHECK(act_network_create(3, sizes, &f, &options, &network) == ACT_OK, "create");
  act_fit_options o;
  act_fit_options_init(&o, sizeof o);
  o.epochs = 500, o.learning_rate = 0.05;
  CHECK(act_network_fit_f32(network, 4, x, y, &o) == ACT_OK, "fit");
  CHECK(act_network_predict_f32(network, 4, x, z) == ACT_OK, "predict");
  CHECK(z[0] < -2 && z[1] > 2 && z[2] > 2 && z[3] < -2, "xor: %g %g %g %g", z[0], z[1], z[2], z[3]);
  act_network_info info = {.size = sizeof info};
  CHECK(act_network_describe(network, &info) == ACT_OK && info.epochs == 500 && info.steps == 500, "epochs and steps");
  act_network_free(network);
}

static void test_schedules(void) {
  struct { act_schedule schedule; size_t warmup; double expected[6]; } cases[] = {
      {ACT_CONSTANT, 0, {1, 1, 1, 1, 1, 1}},
      {ACT_CONSTANT, 3, {0.25, 0.5, 0.75, 1, 1, 1}},
      {ACT_STEP, 0, {1, 1, 0.1, 0.1, 0.01, 0.01}},
      {ACT_EXPONENTIAL, 0, {1, 0.95, 0.9025, 0.857375, 0.81450625, 0.7737809375}},
      {ACT_LINEAR, 0, {1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0}},
      {ACT_COSINE, 2, {1 / 3.0, 2 / 3.0, 1, 0.85355339059327373, 0.5, 0.14644660940672624}}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    act_network *network = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, 1);
    record r = {0};
    act_fit_options o;
    act_fit_options_init(&o, sizeof o);
    o.epochs = 6, o.schedule = cases[c].schedule, o.schedule_epochs = 2, o.warmup_epochs = cases[c].warmup, o.learning_rate = 0.01;
    o.progress = note, o.context = &r;
    CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK && r.count == 6, "fit");
    for (int i = 0; i < 6; i++)
      CHECK(fabs(r.entries[i].rate - 0.01 * cases[c].expected[i]) < 1e-15, "schedule %zu, epoch %d: %g", c, i, r.entries[i].rate);
    act_network_free(network);
  }
}

static void test_stopping(void) {
  act_fit_options o;
  act_fit_options_init(&o, sizeof o);
  record r = {.stop_after = 3};
  o.epochs = 50, o.progress = note, o.context = &r;
  act_network *network = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, 1);
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK && r.count == 3, "stopped after %d epochs", r.count);
  r = (record){.stop_polling_after = 2};
  o.epochs = 100000000, o.progress = NULL, o.poll = polled;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK && r.polls == 2, "stopped by poll");
  double loss;
  CHECK(act_network_loss_f32(network, SAMPLES, x32, labels, &loss) == ACT_OK && isfinite(loss), "usable");

  /* Early: a validation set of other labels gets worse; the best epoch's parameters come back. */
  int64_t other[SAMPLES];
  for (int i = 0; i < SAMPLES; i++) other[i] = (labels[i] + 1) % OUTPUTS;
  act_network_free(network);
  network = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, 1);
  act_fit_options_init(&o, sizeof o);
  r = (record){0};
  o.epochs = 60, o.learning_rate = 0.02, o.patience = 4, o.progress = note, o.context = &r;
  o.validation_samples = SAMPLES, o.validation_x = x32, o.validation_y = other;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK && r.count < 60 && r.count > 4, "early: %d", r.count);
  double best = INFINITY;
  for (int i = 0; i < r.count; i++) best = fmin(best, r.entries[i].validation);
  CHECK(act_network_loss_f32(network, SAMPLES, x32, other, &loss) == ACT_OK && loss == best, "best: %g, not %g", loss, best);
  act_network_free(network);

  /* A share of the samples: their loss is that of the samples that were not trained with. */
  for (int shuffle = 0; shuffle < 2; shuffle++) {
    network = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, 1);
    r = (record){0};
    act_fit_options_init(&o, sizeof o);
    o.epochs = 1, o.validation = 0.25, o.progress = note, o.context = &r, o.shuffle = shuffle, o.learning_rate = 0;
    CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK, "share");
    double all;
    act_network_loss_f32(network, SAMPLES, x32, labels, &all);
    CHECK(fabs(0.75 * r.entries[0].loss + 0.25 * r.entries[0].validation - all) < 1e-6, "shares add up");
    act_network_loss_f32(network, SAMPLES / 4, x32 + SAMPLES / 4 * 3 * INPUTS, labels + SAMPLES / 4 * 3, &all);
    CHECK((fabs(all - r.entries[0].validation) < 1e-6) == !shuffle, "the last ones");
    act_network_free(network);
  }
}

/* What the report says of units and of divergence. */
static void test_report(void) {
  act_fit_options o;
  act_fit_options_init(&o, sizeof o);
  record r = {0};
  o.epochs = 1, o.learning_rate = 0, o.progress = note, o.context = &r;
  act_network *network = make("relu", ACT_F32, ACT_CROSS_ENTROPY, 1);
  float *b = act_network_biases(network, 0);
  b[0] = b[3] = -100;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK, "fit");
  CHECK(fabs(r.entries[0].dead - 2.0 / HIDDEN) < 1e-12 && r.entries[0].saturated == 0, "dead: %g", r.entries[0].dead);
  CHECK(r.entries[0].norm > 0 && r.entries[0].diverged == 0, "norm");
  act_network_free(network);
  network = make("tanh", ACT_F32, ACT_CROSS_ENTROPY, 1);
  b = act_network_biases(network, 0);
  b[1] = 8, b[2] = -9, b[3] = 10;
  r = (record){0};
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK, "fit");
  CHECK(fabs(r.entries[0].saturated - 3.0 / HIDDEN) < 1e-12 && r.entries[0].dead == 0, "saturated: %g", r.entries[0].saturated);
  act_network_free(network);
  network = make("relu", ACT_F32, ACT_SQUARED_ERROR, 1);
  float y[SAMPLES * OUTPUTS];
  for (int i = 0; i < SAMPLES * OUTPUTS; i++) y[i] = (float)y64[i];
  r = (record){0};
  o.optimizer = ACT_SGD, o.learning_rate = 1e20, o.epochs = 5;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, y, &o) == ACT_OK && r.entries[4].diverged == 1, "diverged");
  act_network_free(network);
}

/* The norm reported is the gradient's before it is clipped, element by element or as a whole; and asking for it changes no bit. */
static void test_norm(void) {
  for (int i = 0; i < 4; i++) {
    act_network *network = make("tanh", ACT_F64, ACT_CROSS_ENTROPY, 5), *unasked = make("tanh", ACT_F64, ACT_CROSS_ENTROPY, 5);
    size_t n = parameters_of(network);
    double *g = malloc(n * sizeof *g), squares = 0;
    CHECK(act_network_gradients_f64(network, SAMPLES, x64, labels, g, NULL) == ACT_OK, "gradients");
    for (size_t j = 0; j < n; j++) squares += g[j] * g[j];
    record r = {0};
    act_fit_options o;
    act_fit_options_init(&o, sizeof o);
    o.epochs = 1, o.batch_size = SAMPLES, o.shuffle = 0, o.optimizer = ACT_SGD, o.learning_rate = 0.5;
    o.clip_value = i & 1 ? 0.01 : 0, o.clip_norm = i & 2 ? 0.02 : 0;
    CHECK(act_network_fit_f64(unasked, SAMPLES, x64, labels, &o) == ACT_OK, "fit");
    o.progress = note, o.context = &r;
    CHECK(act_network_fit_f64(network, SAMPLES, x64, labels, &o) == ACT_OK, "fit");
    CHECK(fabs(r.entries[0].norm / sqrt(squares) - 1) < 1e-12, "norm: %.17g, not %.17g", r.entries[0].norm, sqrt(squares));
    CHECK(same_parameters(network, unasked, sizeof *g), "parameters");
    free(g);
    act_network_free(network);
    act_network_free(unasked);
  }
}

/* Of units dropped out, each sample's values are its own; on average they are what they were. */
static void test_dropout(void) {
  enum { ROWS = 400 };
  size_t sizes[] = {1, 64, 1};
  float *x = malloc(ROWS * sizeof *x), *y = calloc(ROWS, sizeof *y);
  for (int i = 0; i < ROWS; i++) x[i] = 1;
  act_function f = named("identity");
  act_network_options options;
  act_network *network;
  act_network_options_init(&options, sizeof options);
  options.loss = ACT_SQUARED_ERROR;
  CHECK(act_network_create(3, sizes, &f, &options, &network) == ACT_OK, "create");
  float *p = act_network_parameters(network);
  for (int i = 0; i < 64; i++) p[i] = 1, ((float *)act_network_weights(network, 1))[i] = 1 / 64.0f;
  record r = {0};
  act_fit_options o;
  act_fit_options_init(&o, sizeof o);
  o.epochs = 1, o.learning_rate = 0, o.dropout = 0.5, o.batch_size = 100, o.progress = note, o.context = &r;
  CHECK(act_network_fit_f32(network, ROWS, x, y, &o) == ACT_OK, "fit");
  /* Each output is 2·k/64 with k units of 64 kept: its square has the mean 1 + 1/64. */
  CHECK(fabs(r.entries[0].loss - (1 + 1 / 64.0)) < 0.06, "dropout: %g", r.entries[0].loss);
  act_network_free(network);
  free(x), free(y);
}

/* ------------------------------------------------------------------------------------------------ bad input --- */

static void test_bad_input(void) {
  size_t sizes[] = {INPUTS, HIDDEN, OUTPUTS}, zero[] = {INPUTS, 0, OUTPUTS}, huge[] = {(size_t)1 << 40, (size_t)1 << 40, 2};
  act_function f = named("tanh"), bad = f;
  bad.info = NULL;
  act_network *network = NULL;
  act_network_options options;
  act_network_options_init(&options, sizeof options);
  CHECK(act_network_options_init(NULL, sizeof options) == ACT_ERROR_NULL && act_fit_options_init(NULL, 8) == ACT_ERROR_NULL, "NULL");
  CHECK(act_network_options_init(&options, 3) == ACT_ERROR_OPTIONS, "size");
  CHECK(act_network_create(3, NULL, &f, NULL, &network) == ACT_ERROR_NULL, "no sizes");
  CHECK(act_network_create(3, sizes, NULL, NULL, &network) == ACT_ERROR_NULL, "no functions");
  CHECK(act_network_create(3, sizes, &f, NULL, NULL) == ACT_ERROR_NULL, "no network");
  CHECK(act_network_create(1, sizes, &f, NULL, &network) == ACT_ERROR_NETWORK, "one size");
  CHECK(act_network_create(SIZE_MAX, sizes, &f, NULL, &network) == ACT_ERROR_NETWORK, "too many sizes");
  CHECK(act_network_create(3, zero, &f, NULL, &network) == ACT_ERROR_NETWORK, "size 0");
  CHECK(act_network_create(3, huge, &f, NULL, &network) == ACT_ERROR_SIZE, "too large");
  CHECK(act_network_create(3, sizes, &bad, NULL, &network) == ACT_ERROR_FUNCTION, "function");
  act_network_options o = options;
  o.size = 1;
  CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_ERROR_OPTIONS, "size");
  o = options, o.type = ACT_F16;
  CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_ERROR_OPTIONS, "type");
  o = options, o.loss = (act_loss)9;
  CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_ERROR_OPTIONS, "loss");
  o = options, o.huber_delta = NAN;
  CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_ERROR_OPTIONS, "delta");
  o = options, o.initializer = (act_initializer)-1;
  CHECK(act_network_create(3, sizes, &f, &o, &network) == ACT_ERROR_OPTIONS, "initializer");
  CHECK(network == NULL, "was made");
  act_network_free(NULL);
  CHECK(act_network_parameters(NULL) == NULL && act_network_weights(NULL, 0) == NULL, "NULL");

  CHECK(act_network_create(3, sizes, &f, NULL, &network) == ACT_OK, "create");
  size_t n = parameters_of(network), n_in, n_out;
  act_network_info info = {.size = 3};
  CHECK(act_network_describe(network, &info) == ACT_ERROR_OPTIONS && act_network_describe(NULL, &info) == ACT_ERROR_NULL, "info");
  act_function layer;
  CHECK(act_network_layer(network, 0, &n_in, &n_out, &layer) == ACT_OK && n_in == INPUTS && n_out == HIDDEN &&
            layer.info == f.info, "layer 0");
  CHECK(act_network_layer(network, 1, NULL, NULL, &layer) == ACT_OK && strcmp(layer.info->name, "identity") == 0, "layer 1");
  CHECK(act_network_layer(network, 2, NULL, NULL, NULL) == ACT_ERROR_NETWORK, "layer 2");
  CHECK(act_network_weights(network, 2) == NULL && act_network_biases(network, SIZE_MAX) == NULL, "layer 2");
  float *before = malloc(n * sizeof *before), z[SAMPLES * OUTPUTS];
  memcpy(before, act_network_parameters(network), n * sizeof *before);
  double loss = 5;
  CHECK(act_network_predict_f64(network, SAMPLES, x64, y64) == ACT_ERROR_TYPE, "type");
  CHECK(act_network_predict_f32(network, SAMPLES, NULL, z) == ACT_ERROR_NULL, "x");
  CHECK(act_network_predict_f32(network, SAMPLES, x32, x32 + 3) == ACT_ERROR_OVERLAP, "overlap");
  CHECK(act_network_predict_f32(network, SIZE_MAX / 2, x32, z) == ACT_ERROR_SIZE, "size");
  CHECK(act_network_predict_f32(network, 0, NULL, NULL) == ACT_OK, "nothing");
  CHECK(act_network_loss_f32(network, 0, NULL, NULL, &loss) == ACT_OK && loss == 0, "nothing");
  CHECK(act_network_loss_f32(network, 4, x32, labels, NULL) == ACT_ERROR_NULL, "loss");
  CHECK(act_network_loss_f32(NULL, 4, x32, labels, &loss) == ACT_ERROR_NULL, "network");
  CHECK(act_network_gradients_f32(network, 4, x32, labels, NULL, &loss) == ACT_ERROR_NULL, "gradients");
  CHECK(act_network_gradients_f32(network, 4, x32, labels, act_network_parameters(network), NULL) == ACT_ERROR_OVERLAP, "overlap");

  act_fit_options d;
  act_fit_options_init(&d, sizeof d);
  int64_t wrong[SAMPLES];
  memcpy(wrong, labels, sizeof wrong);
  wrong[7] = OUTPUTS;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, wrong, &d) == ACT_ERROR_LABEL, "label");
  wrong[7] = -1;
  CHECK(act_network_loss_f32(network, SAMPLES, x32, wrong, &loss) == ACT_ERROR_LABEL, "label");
  float not_finite[SAMPLES * INPUTS];
  memcpy(not_finite, x32, sizeof not_finite);
  not_finite[17] = NAN;
  CHECK(act_network_fit_f32(network, SAMPLES, not_finite, labels, &d) == ACT_ERROR_DATA, "NaN");
  not_finite[17] = -INFINITY;
  CHECK(act_network_fit_f32(network, SAMPLES, not_finite, labels, &d) == ACT_ERROR_DATA, "infinity");
  CHECK(act_network_fit_f32(network, 0, x32, labels, &d) == ACT_ERROR_DATA, "no samples");
  CHECK(act_network_fit_f32(network, SAMPLES, NULL, labels, &d) == ACT_ERROR_NULL, "x");
  CHECK(act_network_fit_f32(network, SAMPLES, x32, NULL, &d) == ACT_ERROR_NULL, "y");
  CHECK(act_network_fit_f64(network, SAMPLES, x64, labels, &d) == ACT_ERROR_TYPE, "type");
#define REFUSED(member, value)                                                                                   \
  do {                                                                                                           \
    act_fit_options b = d;                                                                                       \
    b.member = value;                                                                                            \
    CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &b) == ACT_ERROR_OPTIONS, #member " = " #value);    \
  } while (0)
  REFUSED(size, 0);
  REFUSED(batch_size, 0);
  REFUSED(optimizer, (act_optimizer)7);
  REFUSED(learning_rate, -1);
  REFUSED(learning_rate, NAN);
  REFUSED(learning_rate, INFINITY);
  REFUSED(momentum, 1);
  REFUSED(beta1, 1);
  REFUSED(beta2, -0.1);
  REFUSED(alpha, 1.5);
  REFUSED(epsilon, -1);
  REFUSED(weight_decay, -1);
  REFUSED(dropout, 1);
  REFUSED(clip_norm, -1);
  REFUSED(clip_value, NAN);
  REFUSED(schedule, (act_schedule)99);
  REFUSED(schedule_epochs, 0);
  REFUSED(schedule_factor, 2);
  REFUSED(validation, 1);
  REFUSED(min_delta, -1);
  act_fit_options b = d;
  b.validation_samples = 3;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &b) == ACT_ERROR_NULL, "validation data");
  b = d, b.validation = 0.01;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &b) == ACT_ERROR_DATA, "a share of no sample");
  CHECK(memcmp(before, act_network_parameters(network), n * sizeof *before) == 0 && loss == 0, "changed");
  b = d, b.epochs = 0;
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &b) == ACT_OK, "no epochs");
  CHECK(memcmp(before, act_network_parameters(network), n * sizeof *before) == 0, "changed");
  CHECK(act_network_forget_optimizer(network) == ACT_OK && act_network_forget_optimizer(NULL) == ACT_ERROR_NULL, "forget");
  free(before);
  act_network_free(network);
}

/* --------------------------------------------------------------------------------------------------- saving --- */

static unsigned char *written(const act_network *network, int with_training, size_t *size) {
  CHECK(act_network_write(network, with_training, NULL, 0, size) == ACT_OK, "size");
  unsigned char *bytes = malloc(*size + 1);
  CHECK(act_network_write(network, with_training, bytes, *size - 1, size) == ACT_ERROR_SIZE, "too small");
  CHECK(act_network_write(network, with_training, bytes, *size, size) == ACT_OK, "write");
  return bytes;
}
static void test_saving(void) {
  char path[] = "/tmp/act_network_XXXXXX";
  int file = mkstemp(path);
  CHECK(file >= 0, "mkstemp");
  close(file);
  for (int type = ACT_F64; type <= ACT_F32; type++)
    for (int optimizer = ACT_SGD; optimizer <= ACT_RMSPROP; optimizer++) {
      act_network *network = make("leaky_relu", (act_type)type, ACT_CROSS_ENTROPY, UINT64_MAX - 5), *loaded = NULL, *read = NULL;
      act_fit_options o;
      act_fit_options_init(&o, sizeof o);
      o.epochs = 3, o.optimizer = (act_optimizer)optimizer, o.momentum = optimizer == ACT_SGD ? 0.9 : 0;
#define FIT(n) (type == ACT_F64 ? act_network_fit_f64(n, SAMPLES, x64, labels, &o) : act_network_fit_f32(n, SAMPLES, x32, labels, &o))
      CHECK(FIT(network) == ACT_OK, "fit");
      CHECK(act_network_save(network, path, 1) == ACT_OK, "save");
      const char *why = "nothing";
      CHECK(act_network_load(path, &loaded, &why) == ACT_OK, "load: %s", why);
      size_t size, element = type == ACT_F64 ? 8 : 4;
      unsigned char *bytes = written(network, 1, &size);
      CHECK(act_network_read(bytes, size, &read, NULL) == ACT_OK, "read");
      if (loaded == NULL || read == NULL) exit(2);
      act_network_info a = {.size = sizeof a}, b = a;
      CHECK(act_network_describe(network, &a) == ACT_OK && act_network_describe(loaded, &b) == ACT_OK, "describe");
      CHECK(a.seed == b.seed && a.epochs == b.epochs && a.steps == b.steps && a.loss == b.loss && a.layers == b.layers &&
                a.initializer == b.initializer && a.huber_delta == b.huber_delta && b.type == (act_type)type, "info");
      act_function f, g;
      CHECK(act_network_layer(network, 1, NULL, NULL, &f) == ACT_OK && act_network_layer(loaded, 1, NULL, NULL, &g) == ACT_OK &&
                f.info == g.info && f.parameters[0] == g.parameters[0] && f.accuracy == g.accuracy, "function");
      CHECK(same_parameters(network, loaded, element) && same_parameters(network, read, element), "parameters");
      CHECK(FIT(network) == ACT_OK && FIT(loaded) == ACT_OK && FIT(read) == ACT_OK, "fit goes on");
      CHECK(same_parameters(network, loaded, element) && same_parameters(network, read, element), "goes on with the same bits");
      free(bytes);
      act_network_free(network);
      act_network_free(loaded);
      act_network_free(read);
    }
  act_network *network = make("tanh", ACT_F32, ACT_HUBER, 1), *loaded = NULL;
  CHECK(act_network_save(network, "/nonexistent/folder/network", 0) == ACT_ERROR_FILE && errno == ENOENT, "no folder");
  CHECK(act_network_load("/nonexistent/network", &loaded, NULL) == ACT_ERROR_FILE && errno == ENOENT, "no file");
  CHECK(act_network_load("/tmp", &loaded, NULL) == ACT_ERROR_FILE && errno == EISDIR, "a folder");
  CHECK(act_network_save(NULL, path, 0) == ACT_ERROR_NULL && act_network_save(network, NULL, 0) == ACT_ERROR_NULL, "NULL");
  CHECK(act_network_load(NULL, &loaded, NULL) == ACT_ERROR_NULL && act_network_load(path, NULL, NULL) == ACT_ERROR_NULL, "NULL");
  CHECK(act_network_read(NULL, 9, &loaded, NULL) == ACT_ERROR_NULL && loaded == NULL, "NULL");
  act_network_free(network);
  unlink(path);
}

/* Whatever is done to a file, it is refused, or is a network. */
static void try_reading(const unsigned char *bytes, size_t size) {
  unsigned char *copy = malloc(size + (size == 0)); /* of its own, so that a sanitizer sees a read beyond the end */
  memcpy(copy, bytes, size);
  act_network *network = NULL;
  const char *why = NULL;
  act_status status = act_network_read(copy, size, &network, &why);
  if (status == ACT_OK) {
    float z[OUTPUTS];
    act_network_info info = {.size = sizeof info};
    CHECK(network != NULL && act_network_describe(network, &info) == ACT_OK, "a network");
    if (info.inputs == INPUTS && info.outputs == OUTPUTS) (void)act_network_predict_f32(network, 1, x32, z);
    act_network_free(network);
  } else {
    CHECK(network == NULL && (status == ACT_ERROR_FORMAT) == (why != NULL), "refused without a reason");
  }
  free(copy);
}
static void refuse(const char *what, const unsigned char *bytes, size_t size, const char *find, const char *replacement) {
  unsigned char *copy = malloc(size);
  memcpy(copy, bytes, size);
  size_t length = strlen(find);
  int found = 0;
  for (size_t i = 8; i + length <= size && !found; i++)
    if (memcmp(copy + i, find, length) == 0) memcpy(copy + i, replacement, length), found = 1;
  act_network *network = NULL;
  const char *why = NULL;
  CHECK(found && strlen(replacement) == length, "%s: cannot be tried", what);
  CHECK(act_network_read(copy, size, &network, &why) == ACT_ERROR_FORMAT && why != NULL && *why != 0, "%s: accepted", what);
  act_network_free(network);
  free(copy);
}
static void test_damaged(void) {
  act_network *network = make("leaky_relu", ACT_F32, ACT_CROSS_ENTROPY, 1);
  act_fit_options o;
  act_fit_options_init(&o, sizeof o);
  CHECK(act_network_fit_f32(network, SAMPLES, x32, labels, &o) == ACT_OK, "fit");
  size_t size, header;
  unsigned char *bytes = written(network, 1, &size);
  memcpy(&header, bytes, 8);
  for (size_t n = 0; n < size; n += n < header + 16 ? 1 : 97) {
    act_network *out = NULL;
    const char *why = NULL;
    unsigned char *copy = malloc(n + 1);
    memcpy(copy, bytes, n);
    CHECK(act_network_read(copy, n, &out, &why) == ACT_ERROR_FORMAT && why != NULL, "%zu bytes of %zu", n, size);
    free(copy);
  }
  for (size_t i = 0; i < header + 8; i++)
    for (int bit = 0; bit < 8; bit++) {
      bytes[i] ^= (unsigned char)(1 << bit);
      try_reading(bytes, size);
      bytes[i] ^= (unsigned char)(1 << bit);
    }
  for (int i = 0; i < 3000; i++) { /* several at once */
    unsigned char was[4];
    size_t at[4];
    for (int j = 0; j < 4; j++) {
      at[j] = 8 + (size_t)((uniform() + 1) / 2 * (double)header) % header, was[j] = bytes[at[j]];
      bytes[at[j]] = (unsigned char)"0123456789{}[]\",:\\-az"[(int)((uniform() + 1) * 10.4)];
    }
    try_reading(bytes, size);
    for (int j = 3; j >= 0; j--) bytes[at[j]] = was[j];
  }
  refuse("another format", bytes, size, "swiftact.network", "swiftact.notwork");
  refuse("another version", bytes, size, "\"version\":\"1\"", "\"version\":\"2\"");
  refuse("a layer of size 0", bytes, size, "\"sizes\":\"5 7 6 4\"", "\"sizes\":\"5 0 6 4\"");
  refuse("another layer size", bytes, size, "\"sizes\":\"5 7 6 4\"", "\"sizes\":\"5 8 6 4\"");
  refuse("a layer too few", bytes, size, "\"sizes\":\"5 7 6 4\"", "\"sizes\":\"5 7 644\"");
  refuse("an unknown function", bytes, size, "leaky_relu", "leaky_rolu");
  refuse("a parameter that is NaN", bytes, size, "leaky_relu 0x1", "leaky_relu 0x2");
  refuse("an unknown loss", bytes, size, "cross_entropy", "cross_entropi");
  refuse("another type", bytes, size, "F32", "F64");
  refuse("half floats", bytes, size, "F32", "F16");
  refuse("another shape", bytes, size, "[5,7]", "[7,5]");
  refuse("a tensor twice", bytes, size, "layers.1.weight", "layers.0.weight");
  refuse("a foreign tensor", bytes, size, "layers.1.weight", "layers.9.weight");
  refuse("a tensor elsewhere", bytes, size, "\"data_offsets\":[0,", "\"data_offsets\":[4,");
  free(bytes);
  act_network_free(network);
}

/* ----------------------------------------------------------------------------------- one sample at a time --- */

static void test_online(void) {
  enum { WIDE = 9, STEPS = 60 };
  size_t sizes[] = {INPUTS + 1, WIDE, HIDDEN, OUTPUTS};
  act_function f = named("tanh");
  double w[3][64], p[3][64], *weights[3] = {w[0], w[1], w[2]};
  int64_t order[STEPS];
  for (int l = 0; l < 3; l++)
    for (int i = 0; i < 64; i++) w[l][i] = p[l][i] = 0.25 * uniform();
  for (int i = 0; i < STEPS; i++) order[i] = i * 7 % SAMPLES;
  for (int i = 0; i < STEPS; i++) {
    double a[4][16], z[4][16], d[4][16], *x = x64 + order[i] * INPUTS, *y = y64 + order[i] * OUTPUTS;
    memcpy(a[0], x, INPUTS * sizeof *x);
    a[0][INPUTS] = 1;
    for (int l = 0; l < 3; l++) {
      for (size_t j = 0; j < sizes[l + 1]; j++) {
        z[l + 1][j] = 0;
        for (size_t k = 0; k < sizes[l]; k++) z[l + 1][j] = fma(a[l][k], p[l][k * sizes[l + 1] + j], z[l + 1][j]);
      }
      act_forward_f64(&f, sizes[l + 1], z[l + 1], a[l + 1]);
    }
    for (int j = 0; j < OUTPUTS; j++) d[3][j] = y[j] - a[3][j];
    act_backward_f64(&f, OUTPUTS, z[3], d[3], d[3]);
    for (int l = 2; l > 0; l--) {
      for (size_t k = 0; k < sizes[l]; k++) {
        d[l][k] = 0;
        for (size_t j = 0; j < sizes[l + 1]; j++) d[l][k] = fma(d[l + 1][j], p[l][k * sizes[l + 1] + j], d[l][k]);
      }
      act_backward_f64(&f, sizes[l], z[l], d[l], d[l]);
    }
    for (int l = 0; l < 3; l++)
      for (size_t k = 0; k < sizes[l]; k++)
        for (size_t j = 0; j < sizes[l + 1]; j++)
          p[l][k * sizes[l + 1] + j] = fma(a[l][k], 0.2 * d[l + 1][j], p[l][k * sizes[l + 1] + j]);
  }
  CHECK(act_online_fit_f64(&f, 4, sizes, weights, SAMPLES, x64, y64, 0.2, STEPS, order, NULL, NULL) == ACT_OK, "fit");
  CHECK(memcmp(w, p, sizeof w) == 0, "weights");
  double out[SAMPLES * OUTPUTS], one[OUTPUTS];
  CHECK(act_online_predict_f64(&f, 4, sizes, (const double *const *)weights, SAMPLES, x64, out) == ACT_OK, "predict");
  for (int i = 0; i < SAMPLES; i++) {
    act_online_predict_f64(&f, 4, sizes, (const double *const *)weights, 1, x64 + i * INPUTS, one);
    CHECK(memcmp(one, out + i * OUTPUTS, sizeof one) == 0, "sample %d", i);
  }
  size_t zero[] = {INPUTS + 1, 0, HIDDEN, OUTPUTS};
  double *same[3] = {w[0], w[0], w[2]}, *missing[3] = {w[0], NULL, w[2]};
  order[3] = SAMPLES;
  CHECK(act_online_fit_f64(&f, 4, sizes, weights, SAMPLES, x64, y64, 0.2, STEPS, order, NULL, NULL) == ACT_ERROR_LABEL, "order");
  CHECK(act_online_fit_f64(&f, 4, sizes, weights, SAMPLES, x64, y64, NAN, 2, order, NULL, NULL) == ACT_ERROR_OPTIONS, "rate");
  CHECK(act_online_fit_f64(&f, 4, zero, weights, SAMPLES, x64, y64, 0.2, 2, order, NULL, NULL) == ACT_ERROR_NETWORK, "size");
  CHECK(act_online_fit_f64(&f, 4, sizes, same, SAMPLES, x64, y64, 0.2, 2, order, NULL, NULL) == ACT_ERROR_OVERLAP, "overlap");
  CHECK(act_online_fit_f64(&f, 4, sizes, missing, SAMPLES, x64, y64, 0.2, 2, order, NULL, NULL) == ACT_ERROR_NULL, "NULL");
  CHECK(act_online_fit_f64(&f, 4, sizes, weights, SAMPLES, NULL, y64, 0.2, 2, order, NULL, NULL) == ACT_ERROR_NULL, "x");
  CHECK(act_online_fit_f64(&f, 4, sizes, weights, SAMPLES, x64, y64, 0.2, 0, NULL, NULL, NULL) == ACT_OK, "no steps");
  CHECK(memcmp(w, p, sizeof w) == 0, "changed");
}

int main(void) {
  prepare();
  test_gradients();
  test_losses();
  test_many_samples();
  test_optimizers();
  test_weights();
  test_initializers();
  test_determinism();
  test_training();
  test_schedules();
  test_stopping();
  test_report();
  test_norm();
  test_dropout();
  test_bad_input();
  test_saving();
  test_damaged();
  test_online();
  return report();
}
