package dev.sparring.lint;

import dev.sparring.layer.ConvTranspose;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution whose kernel is no multiple of its stride: some pixels are sums of more
 * taps than their neighbours, which shows as a checkerboard. A note, because DCGAN's code (kernel
 * 5) and CycleGAN's (kernel 3) have it; a warning where pixels between the kernels get nothing.
 */
final class KernelFitsStride implements Lint {
  private static final String SOURCE =
      "Odena, Dumoulin and Olah, Deconvolution and Checkerboard Artifacts, distill.pub, 2016";

  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan).flatMap(network -> check(network.everyLayer()).stream()).toList();
  }

  private static List<Warning> check(List<PlannedLayer> layers) {
    List<Warning> found = new ArrayList<>();
    List<PlannedLayer> uneven = new ArrayList<>();
    for (PlannedLayer layer : layers) {
      if (layer.layer() instanceof ConvTranspose c && c.kernel() < c.stride()) {
        found.add(
            Warning.warning(
                layer.place(),
                "kernel "
                    + c.kernel()
                    + " leaves gaps at stride "
                    + c.stride()
                    + ": pixels between the kernels hold the bias only",
                SOURCE,
                "kernel: " + 2L * c.stride()));
      } else if (layer.layer() instanceof ConvTranspose c && c.kernel() % c.stride() != 0) {
        uneven.add(layer);
      }
    }
    if (!uneven.isEmpty()) {
      found.add(
          Warning.note(
              Rows.places(uneven),
              "the kernel is no multiple of the stride, so that kernels overlap unevenly: samples"
                  + " tend to show a checkerboard",
              SOURCE,
              "a kernel that is a multiple of the stride, e.g. 4 at stride 2, or upsample and conv"));
    }
    return found;
  }
}
