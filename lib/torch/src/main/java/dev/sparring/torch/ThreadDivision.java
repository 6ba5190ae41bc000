package dev.sparring.torch;

import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.Workload;
import java.util.Map;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * How the threads of an engine are divided. libtorch's kernels and oneDNN's convolutions compute
 * with OpenMP's threads, OpenBLAS's matrix products with threads of its own; both together would
 * fight for the cores. Where nothing convolves, matrix products take most of the time, and
 * everything else is so small that threads cost more than they save.
 *
 * @param products threads of a matrix product
 * @param others threads of all other operations
 */
record ThreadDivision(int products, int others) {
  /**
   * The floating-point operations of a product for which one more thread pays: some twenty
   * microseconds of one core. Measured on two cores of an AMD EPYC of family 26: products of 8
   * million are faster with two threads.
   */
  private static final double WORTH_A_THREAD = 4e6;

  /** For work of any kind. */
  static ThreadDivision general() {
    return new ThreadDivision(1, NativeProcess.threads());
  }

  static ThreadDivision of(Workload workload) {
    if (workload.convolves()) {
      return general();
    }
    double worth = Math.min(workload.largestProduct() / WORTH_A_THREAD, NativeProcess.threads());
    return new ThreadDivision(Math.max(1, (int) worth), 1);
  }

  /**
   * Sets the threads of this process; of libtorch's, those that the calling thread computes with.
   */
  void apply() {
    if (torch.get_num_threads() != others) {
      torch.set_num_threads(others);
    }
    if (openblas.blas_get_num_threads() != products) {
      JavaCppClasses.withoutSearch(() -> openblas.blas_set_num_threads(products));
    }
  }

  Map<String, String> facts() {
    return Map.of(
        "threads of matrix products",
        String.valueOf(products),
        "threads of other operations",
        String.valueOf(others));
  }
}
