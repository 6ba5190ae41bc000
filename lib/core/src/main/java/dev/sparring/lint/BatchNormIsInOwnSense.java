package dev.sparring.lint;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Momentum of batch normalization is the weight of the new batch, as in PyTorch. Keras and
 * TensorFlow give the weight of the old value, so that their 0.8, 0.9 or 0.99 copied here makes
 * samples in evaluation depend on the last batch or two. And {@code BatchNorm2d(n, 0.8)} of public
 * PyTorch code sets eps, PyTorch's second argument, where a momentum was meant.
 *
 * <p>A momentum of 1 can be meant in this sense only, and {@code alwaysBatch} uses none.
 */
final class BatchNormIsInOwnSense implements Lint {
  private static final double MOST_MOMENTUM = 0.5;

  /** Keras has the largest of common values, 0.001; 0.1 is as large as many variances. */
  private static final double MOST_EPS = 0.1;

  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan)
        .flatMap(network -> network.everyLayer().stream())
        .flatMap(BatchNormIsInOwnSense::check)
        .distinct()
        .toList();
  }

  private static Stream<Warning> check(PlannedLayer layer) {
    if (layer.layer() instanceof BatchNorm b) {
      return check(layer.place(), b.alwaysBatch() ? null : b.momentum(), b.eps());
    } else if (layer.layer() instanceof ConditionalBatchNorm b) {
      return check(layer.place(), b.momentum(), b.eps());
    }
    return Stream.of();
  }

  private static Stream<Warning> check(
      String place, @Nullable Double momentum, @Nullable Double eps) {
    Stream.Builder<Warning> found = Stream.builder();
    if (momentum != null && momentum > MOST_MOMENTUM && momentum < 1) {
      found.add(
          Warning.warning(
              place,
              "momentum "
                  + momentum
                  + " gives the newest batch most of the running statistics;"
                  + " Keras and TensorFlow mean the weight of the old value by it",
              "torch.nn.BatchNorm2d: momentum 0.1; keras.layers.BatchNormalization: 0.99, which is"
                  + " 0.01 here",
              "momentum: " + rounded(1 - momentum)));
    }
    if (eps != null && eps >= MOST_EPS) {
      found.add(
          Warning.warning(
              place,
              "eps " + eps + " is about as large as the variances that it is added to",
              "the second argument of PyTorch's BatchNorm2d(n, 0.8) is eps; public code that has it"
                  + " means Keras's momentum 0.8",
              "leave eps out; momentum: 0.2 if that was meant"));
    }
    return found.build();
  }

  /** Without the digits of a difference that is not exact. */
  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4g", value).replaceAll("0+$", "");
  }
}
