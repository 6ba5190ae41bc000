package dev.sparring.lint;

import dev.sparring.layer.LeakyRelu;
import dev.sparring.plan.GamePlan;
import java.util.List;

/** A leaky ReLU whose slope is near 1 is nearly linear. */
final class SlopeIsSmall implements Lint {
  /** Keras's own default is 0.3; DCGAN has 0.2, SNGAN 0.1. */
  private static final double MOST = 0.4;

  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan)
        .flatMap(network -> network.everyLayer().stream())
        .filter(l -> l.layer() instanceof LeakyRelu leaky && leaky.slope() > MOST)
        .map(
            l ->
                Warning.warning(
                    l.place(),
                    l.layer().summary() + " is nearly linear",
                    "arXiv:1511.06434 has 0.2, arXiv:1802.05957 0.1",
                    "slope: 0.2"))
        .toList();
  }
}
