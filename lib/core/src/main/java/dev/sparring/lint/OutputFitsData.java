package dev.sparring.lint;

import dev.sparring.data.Mixture;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.R1;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The generator's output range covers the data: [-1, 1] for images, the range of the points for
 * points. A generator that learns under R1 needs no such end.
 */
final class OutputFitsData implements Lint {
  /** Standard deviations around a mode that count as belonging to it, as in PacGAN's metric. */
  private static final double DEVIATIONS = 3;

  @Override
  public List<Warning> look(GamePlan plan) {
    Recipe recipe = plan.recipe();
    Optional<PlannedLayer> last = Rows.last(plan.generator());
    if (last.isEmpty()) {
      return List.of();
    }
    Layer layer = last.get().layer();
    String place = last.get().place();
    String word = Layer.word(layer);
    if (recipe.data() instanceof Mixture mixture) {
      double most = reach(mixture);
      boolean isBounded = layer instanceof Tanh || layer instanceof Sigmoid;
      boolean isShort = most > 1 || layer instanceof Sigmoid;
      return isBounded && isShort
          ? List.of(
              Warning.warning(
                  place,
                  "the generator ends in " + word + ", and the points go to " + most,
                  "the range of " + word + " is within [-1, 1]",
                  "end in a dense layer"))
          : List.of();
    }
    boolean isImage = plan.sample().rank() == 3;
    // StyleGAN2 and R3GAN, which have R1, leave it to that penalty.
    boolean isPenalized = recipe.terms().stream().anyMatch(R1.class::isInstance);
    return isImage && !isPenalized && !(layer instanceof Tanh)
        ? List.of(
            Warning.warning(
                place,
                "images are in [-1, 1], and the generator ends in " + word,
                "Radford, Metz and Chintala, arXiv:1511.06434, section 3: tanh in the last layer of"
                    + " the generator",
                "end in tanh"))
        : List.of();
  }

  private static double reach(Mixture mixture) {
    double most =
        Arrays.stream(mixture.centres())
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .max()
            .orElse(0);
    return most + DEVIATIONS * mixture.deviation();
  }
}
