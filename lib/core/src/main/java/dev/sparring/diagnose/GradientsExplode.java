package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A weight's gradient is a thousand times its median so far, of at least three looks, or has a norm
 * above 1e5 from the start. Said once, and again only after it has been below in between.
 */
final class GradientsExplode implements Detector {
  private static final double TIMES = 1000;
  private static final double HUGE = 1e5;
  private static final int LOOKS = 3;

  private final String column;
  private final String place;
  private final List<Double> norms = new ArrayList<>();
  private boolean exploding;

  GradientsExplode(String path, String place) {
    column = Figure.GRAD_NORM.column(path);
    this.place = place;
  }

  @Override
  public List<String> hear(Step step) {
    Double norm = step.figures().get(column);
    if (norm == null) {
      return List.of();
    }
    double median = norms.size() < LOOKS ? Double.NaN : median();
    // A median of 0 was a network that did not learn; anything is a thousand times that.
    boolean grown = median > 0 && norm > TIMES * median;
    boolean was = exploding;
    exploding = grown || norm > HUGE;
    norms.add(norm);
    if (was || !exploding) {
      return List.of();
    }
    String than = grown ? String.format(Locale.ROOT, ", %.2g times its median", norm / median) : "";
    return List.of(
        String.format(
            Locale.ROOT,
            "gradients explode at %s: their norm is %.2g%s; try a normalization of D's weights such"
                + " as sn, a lower learning rate, or clipNorm",
            place,
            norm,
            than));
  }

  private double median() {
    List<Double> sorted = norms.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
