package dev.sparring.image;

import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws points in the plane: real ones grey, generated ones blue over them, in a picture of 600 x
 * 600 pixels with the same scale along both axes.
 *
 * <p>The range is that of the real points plus a margin, so that all pictures of a run have the
 * same scale. Generated points outside are drawn red on the edge; points that are not finite are
 * counted at the top in magenta.
 */
public final class Scatter {
  private static final int SIZE = 600;
  private static final int LEFT = 56;
  private static final int RIGHT = 14;
  private static final int TOP = 24;
  private static final int PLOT = SIZE - LEFT - RIGHT;
  private static final int TEXT = 2;
  private static final int TICK = 4;
  private static final double MARGIN = 0.25;

  private static final int WHITE = 0xFFFFFF;
  private static final int FRAME = 0x808080;
  private static final int REAL = 0xA0A0A0;
  private static final int GENERATED = 0x1F5FBF;
  private static final int OUTSIDE = 0xD03020;

  private final float[] real;
  private final double centreX;
  private final double centreY;
  private final double reach;

  /**
   * Creates pictures with these real points.
   *
   * @param real (n, 2) row-major; a few thousand are enough
   */
  public Scatter(float[] real) {
    checkPairs(real);
    this.real = real.clone();
    double[] x = range(real, 0);
    double[] y = range(real, 1);
    centreX = (x[0] + x[1]) / 2;
    centreY = (y[0] + y[1]) / 2;
    double half = Math.max(x[1] - x[0], y[1] - y[0]) / 2 * (1 + MARGIN);
    // With no real point, or a single one, there is no extent.
    reach = half > 0 ? half : Math.max(1, Math.max(Math.abs(centreX), Math.abs(centreY)));
  }

  /**
   * Draws the real points and these over them.
   *
   * @param generated (n, 2) row-major
   */
  public BufferedImage draw(float[] generated) {
    checkPairs(generated);
    Canvas canvas = new Canvas(SIZE, SIZE, WHITE);
    for (int i = 0; i < real.length; i += 2) {
      double x = column(real[i]);
      double y = row(real[i + 1]);
      if (Double.isFinite(x) && Double.isFinite(y)) {
        canvas.disc(x, y, 2, REAL, 0.5);
      }
    }
    axes(canvas);
    int outside = 0;
    int notFinite = 0;
    for (int i = 0; i < generated.length; i += 2) {
      double x = column(generated[i]);
      double y = row(generated[i + 1]);
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        notFinite++;
        continue;
      }
      double nearX = Math.max(LEFT, Math.min(LEFT + PLOT, x));
      double nearY = Math.max(TOP, Math.min(TOP + PLOT, y));
      boolean inside = nearX == x && nearY == y;
      outside += inside ? 0 : 1;
      canvas.disc(nearX, nearY, inside ? 2 : 3, inside ? GENERATED : OUTSIDE, 0.7);
    }
    if (outside > 0) {
      canvas.text(LEFT, 7, outside + " outside", TEXT, OUTSIDE);
    }
    if (notFinite > 0) {
      canvas.text(LEFT + PLOT / 2, 7, notFinite + " not finite", TEXT, Canvas.NOT_FINITE);
    }
    return canvas.picture;
  }

  private void axes(Canvas canvas) {
    int bottom = TOP + PLOT;
    canvas.rectangle(LEFT - 1, TOP - 1, 1, PLOT + 2, FRAME);
    canvas.rectangle(LEFT + PLOT, TOP - 1, 1, PLOT + 2, FRAME);
    canvas.rectangle(LEFT - 1, TOP - 1, PLOT + 2, 1, FRAME);
    canvas.rectangle(LEFT - 1, bottom, PLOT + 2, 1, FRAME);
    BigDecimal step = tickStep(reach / 3.2);
    int half = Canvas.textHeight(TEXT) / 2;
    for (BigDecimal t : ticks(centreX, step)) {
      int x = (int) column(t.floatValue());
      String label = t.toPlainString();
      canvas.rectangle(x, bottom + 1, 1, TICK, FRAME);
      canvas.text(x - Canvas.textWidth(label, TEXT) / 2, bottom + 2 * TICK, label, TEXT, FRAME);
    }
    for (BigDecimal t : ticks(centreY, step)) {
      int y = (int) row(t.floatValue());
      String label = t.toPlainString();
      canvas.rectangle(LEFT - 1 - TICK, y, TICK, 1, FRAME);
      canvas.text(LEFT - 2 * TICK - Canvas.textWidth(label, TEXT), y - half, label, TEXT, FRAME);
    }
  }

  private double column(double x) {
    return LEFT + ((x - centreX) / reach + 1) / 2 * PLOT;
  }

  private double row(double y) {
    return TOP + (1 - (y - centreY) / reach) / 2 * PLOT;
  }

  private List<BigDecimal> ticks(double centre, BigDecimal step) {
    List<BigDecimal> ticks = new ArrayList<>();
    long first = (long) Math.ceil((centre - reach) / step.doubleValue());
    long last = (long) Math.floor((centre + reach) / step.doubleValue());
    for (long k = first; k <= last; k++) {
      ticks.add(step.multiply(BigDecimal.valueOf(k)));
    }
    return ticks;
  }

  /** The next of 1, 2 or 5 times a power of ten. */
  private static BigDecimal tickStep(double least) {
    BigDecimal unit = new BigDecimal(least, new MathContext(1));
    unit = BigDecimal.ONE.movePointRight(unit.precision() - unit.scale() - 1);
    for (int factor : new int[] {1, 2, 5}) {
      BigDecimal step = unit.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() >= least) {
        return step;
      }
    }
    return unit.multiply(BigDecimal.TEN);
  }

  private static double[] range(float[] points, int axis) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = axis; i < points.length; i += 2) {
      if (Float.isFinite(points[i])) {
        low = Math.min(low, points[i]);
        high = Math.max(high, points[i]);
      }
    }
    return low <= high ? new double[] {low, high} : new double[] {0, 0};
  }

  private static void checkPairs(float[] points) {
    if (points.length % 2 != 0) {
      throw new IllegalArgumentException(
          "points are (n, 2), so an even number of values, got " + points.length);
    }
  }
}
