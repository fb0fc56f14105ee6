/* Trains a network on a CSV: each line the inputs and last the class; without a file, on exclusive or. Saves it.
 * cc train_digits.c $(pkg-config --cflags --libs activations); ./a.out digits.csv 64 10 network.safetensors */
#include <activations.h>
#include <stdio.h>
#include <stdlib.h>

static void check(act_status status) {
  if (status == ACT_OK) return;
  fprintf(stderr, "train_digits: %s\n", act_status_string(status));
  exit(1);
}
static int show(void *context, const act_progress *p) {
  (void)context;
  if (p->epoch % (p->epochs / 5) == 0) printf("epoch %3zu   loss %.4f   held out: %.4f\n", p->epoch, p->loss, p->validation_loss);
  return p->diverged;
}

int main(int argc, char **argv) {
  static float x[1 << 20] = {0, 0, 0, 1, 1, 0, 1, 1};
  static int64_t y[1 << 16] = {0, 1, 1, 0};
  size_t inputs = argc > 3 ? (size_t)atol(argv[2]) : 2, classes = argc > 3 ? (size_t)atol(argv[3]) : 2, n = argc > 3 ? 0 : 4;
  FILE *file = argc > 3 ? fopen(argv[1], "r") : NULL;
  while (file != NULL && n < 1 << 16 && (n + 1) * inputs <= 1 << 20) {
    size_t i = 0;
    while (i < inputs && fscanf(file, "%f,", &x[n * inputs + i]) == 1) i++;
    if (i < inputs || fscanf(file, "%lld", (long long *)&y[n]) != 1) break;
    n++;
  }
  size_t sizes[] = {inputs, 100, classes};
  act_function tanh_function;
  act_network *network;
  act_network_options options;
  act_fit_options fit;
  check(act_function_named("tanh", &tanh_function));
  check(act_network_options_init(&options, sizeof options));
  options.seed = 1;
  check(act_network_create(3, sizes, &tanh_function, &options, &network));
  check(act_fit_options_init(&fit, sizeof fit));
  fit.epochs = n > 4 ? 20 : 200, fit.validation = n > 4 ? 0.2 : 0, fit.learning_rate = n > 4 ? 0.001 : 0.02, fit.progress = show;
  check(act_network_fit_f32(network, n, x, y, &fit));
  if (argc > 4) check(act_network_save(network, argv[4], 0));
  act_network_free(network);
  return 0;
}
