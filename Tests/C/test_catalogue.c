/* The catalogue must be complete, unambiguous, and true of the functions it describes. */
#include "cases.h"
#include "check.h"

static int is_text(const char *text) { return text != NULL && *text != 0; }

static int is_in_domain(const act_parameter_info *info, double value) {
  return isfinite(value) && value >= info->minimum && value <= info->maximum;
}

static void test_fields(const act_info *info) {
  CHECK(is_text(info->name), "no name");
  CHECK(is_text(info->formula) && is_text(info->derivative_formula), "%s: no formula", info->name);
  CHECK(is_text(info->formula_latex) && is_text(info->derivative_latex), "%s: no LaTeX", info->name);
  CHECK(is_text(info->source), "%s: no source", info->name);
  CHECK(is_text(info->smoothness) && info->smoothness[0] == 'C', "%s: no smoothness", info->name);
  CHECK(info->range_minimum < info->range_maximum, "%s: range", info->name);
  const int flags[] = {info->monotonic, info->zero_centred, info->saturates_left, info->saturates_right};
  for (int i = 0; i < 4; i++) CHECK(flags[i] == 0 || flags[i] == 1, "%s: flag %d is %d", info->name, i, flags[i]);
  const act_errors errors[] = {info->value_errors, info->derivative_errors};
  for (int i = 0; i < 2; i++) {
    CHECK(errors[i].exact_f64 >= 0 && errors[i].exact_f64 < 1, "%s: %g ULP", info->name, errors[i].exact_f64);
    CHECK(errors[i].fast_f64 >= 0 && errors[i].fast_f64 <= 4, "%s: %g ULP", info->name, errors[i].fast_f64);
    CHECK(errors[i].fast_f32 >= 0 && errors[i].fast_f32 <= 4, "%s: %g ULP", info->name, errors[i].fast_f32);
  }
  CHECK(info->parameter_count <= ACT_PARAMETERS_MAX, "%s: %zu parameters", info->name, info->parameter_count);
  for (size_t p = 0; p < info->parameter_count; p++) {
    const act_parameter_info *parameter = &info->parameters[p];
    CHECK(is_text(parameter->name), "%s: parameter %zu has no name", info->name, p);
    CHECK(is_text(parameter->allowed) && strncmp(parameter->allowed, "finite", 6) == 0, "%s.%s: allowed", info->name,
          parameter->name);
    CHECK(isfinite(parameter->minimum) && isfinite(parameter->maximum) && parameter->minimum <= parameter->maximum,
          "%s.%s: domain", info->name, parameter->name);
    CHECK(isnan(parameter->default_value) || is_in_domain(parameter, parameter->default_value), "%s.%s: default %g",
          info->name, parameter->name, parameter->default_value);
  }
  CHECK(info->parameters_ordered == 0 || (info->parameters_ordered == 1 && info->parameter_count == 2), "%s: order",
        info->name);
  CHECK(info->alias_count == 0 || info->aliases != NULL, "%s: no aliases", info->name);
  for (size_t a = 0; a < info->alias_count; a++) CHECK(is_text(info->aliases[a].name), "%s: alias %zu", info->name, a);
}

/* The name must give this function with these defaults, each to be set by this parameter name. */
static void test_name(const act_info *info, const char *name, const char *const parameter_names[],
                      const double defaults[]) {
  act_function f;
  memset(&f, 0xA5, sizeof f);
  CHECK(act_function_named(name, &f) == ACT_OK, "%s is unknown", name);
  CHECK(f.info == info && f.accuracy == ACT_EXACT, "%s is another function", name);
  for (size_t p = 0; p < info->parameter_count; p++) {
    const act_parameter_info *parameter = &info->parameters[p];
    CHECK(isnan(defaults[p]) ? isnan(f.parameters[p]) : f.parameters[p] == defaults[p], "%s.%s: %g instead of %g", name,
          parameter_names[p], f.parameters[p], defaults[p]);
    float x = 1, y;
    if (isnan(f.parameters[p]))
      CHECK(act_forward_f32(&f, 1, &x, &y) == ACT_ERROR_PARAMETER, "%s computes without %s", name, parameter_names[p]);
    const double values[] = {parameter->minimum, parameter->maximum,
                             fmin(fmax(0.625, parameter->minimum), parameter->maximum)};
    for (int i = 0; i < 3; i++) {
      CHECK(act_function_set(&f, parameter_names[p], values[i]) == ACT_OK, "%s.%s = %g", name, parameter_names[p],
            values[i]);
      CHECK(f.parameters[p] == values[i], "%s.%s = %g is %g", name, parameter_names[p], values[i], f.parameters[p]);
    }
  }
}

static void test_names(const act_info *info) {
  const char *names[ACT_PARAMETERS_MAX];
  double defaults[ACT_PARAMETERS_MAX];
  for (size_t p = 0; p < info->parameter_count; p++) {
    names[p] = info->parameters[p].name;
    defaults[p] = info->parameters[p].default_value;
  }
  test_name(info, info->name, names, defaults);
  for (size_t a = 0; a < info->alias_count; a++)
    test_name(info, info->aliases[a].name, info->aliases[a].parameter_name, info->aliases[a].default_value);
}

/* All names and aliases in one list, each once. */
static void test_unique(void) {
  size_t count = 0, room = 0;
  for (size_t i = 0; i < act_catalogue_count(); i++) room += 1 + act_catalogue_at(i)->alias_count;
  const char **names = allocate(room * sizeof *names);
  for (size_t i = 0; i < act_catalogue_count(); i++) {
    const act_info *info = act_catalogue_at(i);
    names[count++] = info->name;
    for (size_t a = 0; a < info->alias_count; a++) names[count++] = info->aliases[a].name;
  }
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < i; j++) CHECK(strcmp(names[i], names[j]) != 0, "%s is there twice", names[i]);
  free(names);
}

/* 2¹⁶ + 1 numbers from -∞ to ∞ in rising order, dense around 0. */
static void rising(float *x) {
  for (int i = -32768; i <= 32768; i++) {
    uint32_t bits = (uint32_t)abs(i) * (0x7f800000u / 32768);
    memcpy(x, &bits, sizeof *x);
    if (i < 0) *x = -*x;
    x++;
  }
}

/* What it says of range, monotonicity, centre and saturation, against the function's float32 values. */
static void test_properties(size_t index) {
  enum { COUNT = 65537 };
  act_function f = function_at(index);
  const act_info *info = f.info;
  for (size_t p = 0; p < info->parameter_count; p++)
    if (isnan(info->parameters[p].default_value)) return; /* the properties are those of the defaults */
  float *x = allocate(COUNT * sizeof *x), *y = allocate(COUNT * sizeof *y);
  rising(x);
  CHECK(act_forward_f32(&f, COUNT, x, y) == ACT_OK, "%s", info->name);
  float least = INFINITY, greatest = -INFINITY;
  int falls = 0;
  for (int i = 0; i < COUNT; i++) {
    if (y[i] < least) least = y[i];
    if (y[i] > greatest) greatest = y[i];
    if (i > 0 && y[i] < y[i - 1]) falls++;
  }
  CHECK(least >= (float)info->range_minimum && greatest <= (float)info->range_maximum, "%s: from %g to %g", info->name,
        least, greatest);
  float lowest = (float)info->range_minimum, highest = (float)info->range_maximum;
  CHECK(isinf(lowest) ? isinf(least) : least - lowest <= 0.01f, "%s: the least is %g", info->name, least);
  CHECK(isinf(highest) ? isinf(greatest) : highest - greatest <= 0.01f, "%s: the greatest is %g", info->name, greatest);
  CHECK(info->monotonic == (falls == 0), "%s falls %d times", info->name, falls);
  CHECK(info->zero_centred == (y[COUNT / 2] == 0 && least < 0 && greatest > 0), "%s: f(0) = %g", info->name,
        y[COUNT / 2]);

  /* A derivative that tends to 0 is small from some x on, up to the greatest number. */
  CHECK(act_derivative_f32(&f, COUNT, x, y) == ACT_OK, "%s", info->name);
  int steep_left = 0, steep_right = 0;
  for (int i = 1; i < COUNT - 1; i++) {
    if (x[i] < -1e4f) steep_left += fabsf(y[i]) > 1e-3f;
    if (x[i] > 1e4f) steep_right += fabsf(y[i]) > 1e-3f;
  }
  CHECK(info->saturates_left == (steep_left == 0), "%s: steep at %d far left", info->name, steep_left);
  CHECK(info->saturates_right == (steep_right == 0), "%s: steep at %d far right", info->name, steep_right);
  free(x), free(y);
}

/* A line of Tests/names.txt: the i-th function has these names, with these parameters and defaults, and no others. */
static void test_promised(size_t i, char *line) {
  const act_info *info = act_catalogue_at(i);
  act_function f;
  const char *name = NULL;
  size_t aliases = 0, parameters = 0;
  CHECK(info != NULL, "there are %zu functions only", i);
  for (char *word = strtok(line, " \n"); info != NULL && word != NULL; word = strtok(NULL, " \n")) {
    char *standard = strchr(word, '=');
    if (standard == NULL) { /* a name */
      if (name == NULL)
        CHECK(strcmp(info->name, word) == 0, "function %zu is %s instead of %s", i, info->name, word);
      else
        aliases++;
      name = word, parameters = 0;
      CHECK(act_function_named(name, &f) == ACT_OK && f.info == info, "%s is not %s", name, info->name);
      continue;
    }
    *standard++ = 0;
    const double value = *standard == 0 ? NAN : strtod(standard, NULL);
    CHECK(parameters < info->parameter_count, "%s has no parameter %zu", name, parameters);
    if (parameters == info->parameter_count) return;
    const double is = f.parameters[parameters++];
    CHECK(isnan(value) ? isnan(is) : is == value, "%s.%s is %g by default", name, word, is);
    CHECK(act_function_set(&f, word, 1) == ACT_OK && f.parameters[parameters - 1] == 1, "%s.%s", name, word);
    CHECK(aliases != 0 || strcmp(info->parameters[parameters - 1].name, word) == 0, "%s.%s", name, word);
  }
  if (info == NULL) return;
  CHECK(info->alias_count == aliases, "%s has %zu aliases", info->name, info->alias_count);
  CHECK(parameters == info->parameter_count || (aliases != 0 && parameters == 0), "%s: %zu parameters", info->name,
        info->parameter_count);
}

/* The names that programs are written against come first, in this order. */
static void test_names_file(const char *path) {
  FILE *file = fopen(path, "r");
  CHECK(file != NULL, "cannot read %s", path);
  if (file == NULL) return;
  char line[256];
  size_t functions = 0;
  while (fgets(line, sizeof line, file) != NULL)
    if (line[0] != '#') test_promised(functions++, line);
  CHECK(functions >= 36, "%s has %zu functions", path, functions);
  fclose(file);
}

int main(void) {
  test_names_file("Tests/names.txt");
  for (size_t i = 0; i < act_catalogue_count(); i++) {
    const act_info *info = act_catalogue_at(i);
    CHECK(info != NULL, "function %zu", i);
    CHECK(info == act_catalogue_at(i), "function %zu moves", i);
    test_fields(info);
    test_names(info);
    test_properties(i);
  }
  test_unique();
  char version[32];
  snprintf(version, sizeof version, "%d.%d.%d", ACT_VERSION_MAJOR, ACT_VERSION_MINOR, ACT_VERSION_PATCH);
  CHECK(strcmp(act_version(), version) == 0, "version %s, the header's is %s", act_version(), version);
  return report();
}
