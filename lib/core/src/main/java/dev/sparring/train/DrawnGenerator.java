package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.network.Standing;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * The generator that samples are drawn from: the trained one, or its average if the recipe has one.
 *
 * @param trained the generator in training
 * @param standing gathers running statistics, if the recipe's samples have such
 */
record DrawnGenerator(
    Recipe recipe, Network trained, @Nullable Average average, @Nullable Standing standing) {
  static DrawnGenerator of(Recipe recipe, Network trained) {
    Average average =
        recipe.ema() == null ? null : Average.of(recipe.ema(), recipe.train(), trained);
    Standing standing =
        GeneratorStatistics.areStanding(recipe)
            ? Standing.of(average == null ? trained : average.network(), recipe)
            : null;
    return new DrawnGenerator(recipe, trained, average, standing);
  }

  /** Goes on with the numbers of another step. */
  void follow(Recipe now) {
    if (average != null && now.ema() != null) {
      average.follow(now.ema());
    }
  }

  /** Takes the step's weights into the average. */
  void follow(long step) {
    if (average != null) {
      average.follow(step);
    }
  }

  Network with(GeneratorStatistics statistics) {
    Network weights = average == null ? trained : average.network();
    if (statistics.isKept()) {
      return weights;
    }
    Network own = weights.withBuffers(trained.buffers());
    if (statistics == GeneratorStatistics.OWN) {
      return own;
    }
    return (standing == null ? Standing.of(own, recipe) : standing).gathered();
  }
}
