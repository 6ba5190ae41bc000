package dev.sparring.diagnose;

import dev.sparring.loss.Hinge;
import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.train.Gauge;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gradients, weights and scores of both players ({@link Figure}), after steps 1, 2, 5, 10 and 20,
 * where it is often decided which of them wins, and at the interval of the recipe's {@code
 * output.diagnosticsEvery}.
 *
 * <p>Networks are examined in training mode with the batch, the noise and the dropout that the
 * first batch of their next update will have, so the training's {@code GameInputs} are asked for
 * one step more than the training takes. Both networks are examined as they are now, including the
 * one that the loop updates second. Its dropout is predicted from the number of passes in the
 * other's first update; it differs if a later update has more or fewer passes, as with a term that
 * is computed in some updates only ({@code every}).
 *
 * <p>If there is a backward direction, both directions are examined ({@link Figure#column}), and
 * both generators with their common loss. Discriminators see freshly generated samples, without a
 * pool.
 *
 * <p>One measurement costs as much processor time as 1.3 steps of {@code digits} and of SNGAN's
 * network for 32 x 32 images, so that at the default interval of 100 steps a run takes 1.3 %
 * longer.
 */
public final class Diagnostics implements Gauge {
  private static final List<Figure> OF_DIRECTION =
      List.of(
          Figure.D_REAL,
          Figure.D_FAKE,
          Figure.D_ACCURACY,
          Figure.SLOPE_REAL,
          Figure.SLOPE_FAKE,
          Figure.DIVERSITY,
          Figure.ENERGY_DISTANCE);

  /** Where the balance of the two players is decided. */
  private static final Set<Long> EARLY = Set.of(1L, 2L, 5L, 10L, 20L);

  private final int every;
  private final List<String> columns;
  private final Before before = new Before();

  private Diagnostics(Training training, int every) {
    this.every = every;
    columns = columns(training.plan());
  }

  /**
   * The columns of diagnostics in runs of a planned recipe; empty if the recipe has no diagnostics.
   */
  public static List<String> figures(GamePlan plan) {
    return plan.recipe().output().diagnosticsEvery() == 0 ? List.of() : columns(plan);
  }

  private static List<String> columns(GamePlan plan) {
    List<Figure> ofDirection = new ArrayList<>(OF_DIRECTION);
    if (plan.recipe().loss() instanceof Hinge) {
      ofDirection.add(Figure.HINGE_ACTIVE_REAL);
      ofDirection.add(Figure.HINGE_ACTIVE_FAKE);
    }
    List<String> columns = new ArrayList<>();
    for (DirectionPlan direction : plan.directions()) {
      ofDirection.forEach(f -> columns.add(f.column(direction.isBackward())));
      if (SlopeBound.isThere(plan.recipe(), direction.discriminator())) {
        columns.add(Figure.SLOPE_BOUND.column(direction.isBackward()));
      }
    }
    for (NetworkPlan network : plan.networks()) {
      columns.add(Figure.GRAD_NORM.column(network.name()));
      columns.addAll(Activations.columns(network));
      Weights.of(network).forEach(w -> columns.addAll(WeightFigures.columns(w)));
    }
    return columns;
  }

  /**
   * Diagnostics of a training at a given interval; {@link #attach} is the usual way.
   *
   * @param every steps between measurements, at least 1
   */
  public static Diagnostics of(Training training, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("steps between looks must be >= 1, got " + every);
    }
    return new Diagnostics(training, every);
  }

  /**
   * Adds diagnostics to a training if its recipe has any. Detectors are always added, because some
   * need only the losses.
   *
   * @return the training
   */
  public static Training attach(Training training) {
    int every = training.recipe().output().diagnosticsEvery();
    if (every > 0) {
      training.measure(of(training, every));
    }
    Detectors.of(training.plan()).forEach(training::watch);
    return training;
  }

  @Override
  public List<String> figures() {
    return columns;
  }

  @Override
  public boolean isDue(long step) {
    return EARLY.contains(step) || step % every == 0;
  }

  @Override
  public void before(Training training, long step) {
    before.copy(training);
  }

  @Override
  public Map<String, Double> read(Training training, long step) {
    Map<String, Double> found = TrainingFigures.of(training);
    before
        .ratios(training)
        .forEach((path, ratio) -> found.put(Figure.UPDATE_RATIO.column(path), ratio));
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String column : columns) {
      Double value = found.get(column);
      // NaN is left out.
      if (value != null && Double.isFinite(value)) {
        figures.put(column, value);
      }
    }
    return figures;
  }
}
