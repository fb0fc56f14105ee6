/* Loads a saved network and runs it: lines of inputs on standard input, separated by commas or spaces, become classes.
 * cc predict.c $(pkg-config --cflags --libs activations); ./a.out network.safetensors < digits.csv */
#include <activations.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  act_network *network;
  const char *why = "";
  act_network_info info;
  info.size = sizeof info;
  if (argc < 2) return 2;
  act_status status = act_network_load(argv[1], &network, &why);
  if (status != ACT_OK || act_network_describe(network, &info) != ACT_OK || info.type != ACT_F32) {
    fprintf(stderr, "predict: %s: %s %s\n", argv[1], act_status_string(status), why);
    return 1;
  }
  float *x = malloc(info.inputs * sizeof *x), *y = malloc(info.outputs * sizeof *y);
  char line[65536];
  while (x != NULL && y != NULL && fgets(line, sizeof line, stdin) != NULL) {
    char *at = line;
    for (size_t i = 0; i < info.inputs; i++) x[i] = strtof(at, &at), at += *at == ',';
    if (act_network_predict_f32(network, 1, x, y) != ACT_OK) return 1;
    size_t best = 0;
    for (size_t i = 1; i < info.outputs; i++)
      if (y[i] > y[best]) best = i;
    printf("%zu\n", best);
  }
  free(x), free(y);
  act_network_free(network);
  return 0;
}
