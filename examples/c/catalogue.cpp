// A table of every activation function and its derivative, through a small C++ wrapper around libactivations.
// c++ -std=c++17 catalogue.cpp $(pkg-config --cflags --libs activations)
#include <activations.h>

#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

class Activation {
 public:
  explicit Activation(const std::string &name) { check(act_function_named(name.c_str(), &function_)); }

  Activation &set(const std::string &parameter, double value) {
    check(act_function_set(&function_, parameter.c_str(), value));
    return *this;
  }
  std::vector<double> operator()(const std::vector<double> &x) const {
    std::vector<double> y(x.size());
    check(act_forward_f64(&function_, x.size(), x.data(), y.data()));
    return y;
  }
  std::vector<double> derivative(const std::vector<double> &x) const {
    std::vector<double> y(x.size());
    check(act_derivative_f64(&function_, x.size(), x.data(), y.data()));
    return y;
  }
  const act_info &info() const { return *function_.info; }

 private:
  static void check(act_status status) {
    if (status != ACT_OK) throw std::runtime_error(act_status_string(status));
  }
  act_function function_;
};

static void print_row(const char *label, const std::vector<double> &values) {
  std::printf("  %-6s", label);
  for (double value : values) std::printf(" %9.5f", value);
  std::printf("\n");
}

int main() {
  const std::vector<double> x = {-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4};
  std::printf("libactivations %s on %s\n", act_version(), act_isa());
  for (size_t i = 0; i < act_catalogue_count(); i++) {
    Activation f(act_catalogue_at(i)->name);
    for (size_t p = 0; p < f.info().parameter_count; p++)  // where there is no default, 0.5 serves
      if (std::isnan(f.info().parameters[p].default_value)) f.set(f.info().parameters[p].name, 0.5);
    std::printf("\n%s: %s\n", f.info().name, f.info().formula);
    print_row("x", x);
    print_row("f(x)", f(x));
    print_row("f'(x)", f.derivative(x));
  }
}
