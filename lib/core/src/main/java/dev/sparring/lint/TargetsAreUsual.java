package dev.sparring.lint;

import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.WeightedLoss;
import dev.sparring.plan.GamePlan;
import java.util.List;

/**
 * The target of scores of real samples is far from the usual 0.7 to 1.2: mostly the amount of label
 * smoothing, 0.1, given as the target, which is 0.9 then.
 *
 * <p>Least squares has any scale, so its target is taken relative to the other two: on the way from
 * {@code fakeTarget} (0) to {@code generatorTarget} (1). It is 2 where the generator aims at the
 * middle, as in the loss's equation 8.
 */
final class TargetsAreUsual implements Lint {
  private static final double LEAST = 0.7;
  private static final double MOST = 1.2;
  private static final double MIDDLE = 2;
  private static final double ROUNDING = 1e-9;

  @Override
  public List<Warning> look(GamePlan plan) {
    return check("loss", plan.recipe().loss());
  }

  private static List<Warning> check(String path, Loss loss) {
    if (loss instanceof WeightedLoss weighted) {
      return check(path + ".loss", weighted.loss());
    } else if (loss instanceof NonSaturating n) {
      return check(path, n.realTarget(), n.realTarget());
    } else if (loss instanceof Minimax m) {
      return check(path, m.realTarget(), m.realTarget());
    } else if (loss instanceof LeastSquares l) {
      double way = l.generatorTarget() - l.fakeTarget();
      double share = way == 0 ? Double.NaN : (l.realTarget() - l.fakeTarget()) / way;
      return Math.abs(share - MIDDLE) <= ROUNDING ? List.of() : check(path, l.realTarget(), share);
    }
    return List.of();
  }

  private static List<Warning> check(String path, double target, double share) {
    if (share >= LEAST - ROUNDING && share <= MOST + ROUNDING) {
      return List.of();
    }
    return List.of(
        Warning.warning(
            path + ".realTarget",
            target
                + " is far from what the generator aims at: it is the target itself, not the amount"
                + " by which labels are smoothed",
            "Salimans et al., arXiv:1606.03498, section 3.4: 0.9 for labels smoothed by 0.1",
            "0.9 to smooth by 0.1, or leave it out"));
  }
}
