package dev.sparring.lint;

import dev.sparring.init.Initializer;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Layer;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Conventions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A gain in a recipe should fit the activation right after the weight within a factor of 1.4, that
 * is, variances within a factor of two in each layer. Not checked with spectral normalization,
 * which removes the scale, for the default gain 1 of Xavier and the orthogonal kinds, and for
 * PyTorch's default initializer, which is far below He's before a ReLU but used by most of its
 * GANs.
 */
final class GainFitsActivation implements Lint {
  private static final double FACTOR = 1.4;

  @Override
  public List<Warning> look(GamePlan plan) {
    List<Warning> found = new ArrayList<>();
    Rows.networks(plan)
        .flatMap(network -> Rows.of(network).stream())
        .forEach(
            row -> {
              for (int i = 0; i < row.size(); i++) {
                check(row, i).ifPresent(found::add);
              }
            });
    return found;
  }

  private static Optional<Warning> check(List<PlannedLayer> row, int index) {
    PlannedLayer layer = row.get(index);
    OptionalDouble gain =
        layer.weight().map(w -> gain(w.initializer())).orElse(OptionalDouble.empty());
    Optional<Activation> behind = Rows.activationBehind(row, index);
    if (gain.isEmpty() || behind.isEmpty() || layer.norm().isScaleInvariant()) {
      return Optional.empty();
    }
    double found = gain.getAsDouble();
    double wanted = behind.get().gain();
    if (found <= wanted * FACTOR && found >= wanted / FACTOR) {
      return Optional.empty();
    }
    return Optional.of(
        Warning.warning(
            layer.place(),
            String.format(
                Locale.ROOT,
                "its initializer has gain %.2f, before %s whose gain is %.2f",
                found,
                Layer.word(behind.get()),
                wanted),
            "He, Zhang, Ren and Sun, arXiv:1502.01852, equation 14; gains as PyTorch's"
                + " calculate_gain",
            "he, which takes the gain of what follows, or a gain near that"));
  }

  private static OptionalDouble gain(Initializer initializer) {
    return initializer.equals(Conventions.PYTORCH.init())
        ? OptionalDouble.empty()
        : Gains.set(initializer);
  }
}
