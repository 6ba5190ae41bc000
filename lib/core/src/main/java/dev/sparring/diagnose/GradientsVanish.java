package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A weight's gradient has become so small that Adam does not see it any more: the root mean square
 * of its elements is below Adam's usual epsilon, 1e-8, at two looks in a row. Said once for each
 * weight, and again only after its gradient has been above in between.
 */
final class GradientsVanish implements Detector {
  /** The default epsilon of Adam (Kingma and Ba, arXiv:1412.6980, algorithm 1). */
  private static final double UNSEEN = 1e-8;

  private static final int LOOKS = 2;

  private final String network;
  private final List<Weights.Weight> weights;
  private final int[] looks;

  GradientsVanish(String network, List<Weights.Weight> weights) {
    this.network = network;
    this.weights = weights;
    looks = new int[weights.size()];
  }

  @Override
  public List<String> hear(Step step) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < looks.length; i++) {
      Weights.Weight weight = weights.get(i);
      Double norm = step.figures().get(Figure.GRAD_NORM.column(weight.path()));
      if (norm == null) {
        continue;
      }
      double rms = norm / Math.sqrt(weight.elements());
      looks[i] = rms < UNSEEN ? looks[i] + 1 : 0;
      if (looks[i] == LOOKS) {
        texts.add(text(weight.place(), rms));
      }
    }
    boolean all = texts.size() == looks.length && looks.length > 1;
    return all ? List.of(text("every layer of the " + network, 0)) : texts;
  }

  private static String text(String place, double rms) {
    String size =
        rms == 0 ? "" : String.format(Locale.ROOT, ", with a root mean square of %.2g", rms);
    return String.format(
        Locale.ROOT,
        "gradients vanish at %s%s: below %.0e Adam hardly moves a weight; look at the scale of the"
            + " initial weights, and at whether D has won",
        place,
        size,
        UNSEEN);
  }
}
