package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import java.util.List;

/** Equal initial weights have equal gradients, and stay equal. */
final class ConstantWeights implements Lint {
  @Override
  public List<Warning> look(GamePlan plan) {
    return Rows.networks(plan)
        .flatMap(NetworkPlan::weighted)
        .filter(l -> l.weight().orElseThrow().initializer().everywhere().isPresent())
        // A layer with one output has no units that could be equal.
        .filter(l -> l.output().dim(0) > 1)
        .map(
            l ->
                Warning.warning(
                    l.place(),
                    "all its weights start with one value: its outputs are equal, and stay equal",
                    "Goodfellow, Bengio and Courville, Deep Learning, 2016, section 8.4",
                    "draw them: init: orthogonal, he, xavier or normal"))
        .toList();
  }
}
