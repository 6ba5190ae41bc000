package dev.sparring.lint;

import dev.sparring.init.Initializer;
import dev.sparring.init.Xavier;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Layer;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Xavier without a gain before a relative of ReLU, which loses about half of the variance: with k
 * such layers signals shrink by 2^(k/2). A note, since Adam makes up for it in shallow networks.
 * Not said where a norm takes the scale away, nor of the default of the recipe's conventions.
 */
final class XavierBeforeRelu implements Lint {
  /** Relatives of ReLU have a gain of sqrt(2) or a little less, tanh 5/3. */
  private static final double LEAST = 1.3;

  private static final double MOST = 1.5;

  @Override
  public List<Warning> look(GamePlan plan) {
    Initializer usual = plan.recipe().conventions().init();
    return Rows.networks(plan).flatMap(network -> check(network, usual).stream()).toList();
  }

  private static List<Warning> check(NetworkPlan network, Initializer usual) {
    List<PlannedLayer> found = new ArrayList<>();
    double kept = 1;
    String word = "";
    for (List<PlannedLayer> row : Rows.of(network)) {
      for (int i = 0; i < row.size(); i++) {
        Optional<Activation> behind = Rows.activationBehind(row, i);
        if (isSilent(row.get(i), usual) && behind.filter(XavierBeforeRelu::isRelu).isPresent()) {
          found.add(row.get(i));
          kept /= behind.get().gain();
          word = Layer.word(behind.get());
        }
      }
    }
    if (found.isEmpty()) {
      return List.of();
    }
    return List.of(
        Warning.note(
            Rows.places(found),
            String.format(
                Locale.ROOT,
                "xavier with gain 1 before %s, which keeps about half of the variance: together"
                    + " they shrink signals to %.2g times",
                word,
                kept),
            "He, Zhang, Ren and Sun, arXiv:1502.01852, section 2.2, which compares the two",
            "he, or a gain of the activation's, "
                + String.format(Locale.ROOT, "%.3g", Math.sqrt(2))
                + " for relu"));
  }

  private static boolean isRelu(Activation activation) {
    return activation.gain() >= LEAST && activation.gain() <= MOST;
  }

  private static boolean isSilent(PlannedLayer layer, Initializer usual) {
    return !layer.norm().isScaleInvariant()
        && layer.weight().isPresent()
        && layer.weight().get().initializer() instanceof Xavier x
        && !x.equals(usual)
        && Objects.equals(x.gain(), 1.0);
  }
}
