/* A 2-8-1 network learns exclusive or: tanh and sigmoid, forward and backward, by libactivations.
 * cc train_xor.c $(pkg-config --cflags --libs activations) */
#include <activations.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAMPLES = 4, INPUTS = 3, HIDDEN = 8, STEPS = 2000 };
static const float rate = 0.5f;

static const float x[SAMPLES][INPUTS] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}; /* the last one: a bias of 1 */
static const float target[SAMPLES] = {0, 1, 1, 0};
static float w[INPUTS][HIDDEN], v[HIDDEN];

static void check(act_status status) {
  if (status == ACT_OK) return;
  fprintf(stderr, "train_xor: %s\n", act_status_string(status));
  exit(1);
}

int main(void) {
  act_function tanh_function, sigmoid;
  check(act_function_named("tanh", &tanh_function));
  check(act_function_named("sigmoid", &sigmoid));
  srand(1);
  for (int h = 0; h < HIDDEN; h++) {
    for (int i = 0; i < INPUTS; i++) w[i][h] = 2.0f * (float)rand() / (float)RAND_MAX - 1;
    v[h] = 2.0f * (float)rand() / (float)RAND_MAX - 1;
  }
  float y[SAMPLES];
  for (int step = 0; step <= STEPS; step++) {
    float z[SAMPLES][HIDDEN] = {{0}}, a[SAMPLES][HIDDEN], s[SAMPLES] = {0};
    for (int n = 0; n < SAMPLES; n++)
      for (int i = 0; i < INPUTS; i++)
        for (int h = 0; h < HIDDEN; h++) z[n][h] += x[n][i] * w[i][h];
    check(act_forward_f32(&tanh_function, SAMPLES * HIDDEN, z[0], a[0]));
    for (int n = 0; n < SAMPLES; n++)
      for (int h = 0; h < HIDDEN; h++) s[n] += a[n][h] * v[h];
    check(act_forward_f32(&sigmoid, SAMPLES, s, y));

    float dy[SAMPLES], ds[SAMPLES], da[SAMPLES][HIDDEN], dz[SAMPLES][HIDDEN], loss = 0;
    for (int n = 0; n < SAMPLES; n++) {
      dy[n] = 2 * (y[n] - target[n]); /* the loss is the squared error */
      loss += (y[n] - target[n]) * (y[n] - target[n]);
    }
    if (step % 500 == 0) printf("step %4d   loss %.5f\n", step, loss);
    check(act_backward_f32(&sigmoid, SAMPLES, s, dy, ds)); /* ds = dy · sigmoid'(s) */
    for (int n = 0; n < SAMPLES; n++)
      for (int h = 0; h < HIDDEN; h++) da[n][h] = ds[n] * v[h];
    check(act_backward_f32(&tanh_function, SAMPLES * HIDDEN, z[0], da[0], dz[0]));
    for (int n = 0; n < SAMPLES; n++)
      for (int h = 0; h < HIDDEN; h++) {
        v[h] -= rate * ds[n] * a[n][h];
        for (int i = 0; i < INPUTS; i++) w[i][h] -= rate * dz[n][h] * x[n][i];
      }
  }
  for (int n = 0; n < SAMPLES; n++) printf("%g xor %g = %.3f\n", x[n][0], x[n][1], y[n]);
  return 0;
}
