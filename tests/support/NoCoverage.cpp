// What instrumented code calls, for programs that are no fuzzers. The compiler's own run-time library has the others.

extern "C" {

[[gnu::weak]] void __sanitizer_cov_trace_pc();
[[gnu::weak]] void __sanitizer_cov_trace_cmpf(float, float);
[[gnu::weak]] void __sanitizer_cov_trace_cmpd(double, double);

void __sanitizer_cov_trace_pc() {}
void __sanitizer_cov_trace_cmpf(float, float) {}
void __sanitizer_cov_trace_cmpd(double, double) {}
}
