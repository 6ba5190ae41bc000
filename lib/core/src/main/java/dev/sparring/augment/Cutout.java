package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Sets a rectangle of each image to zero, as in the code of DiffAugment (Zhao et al.,
 * arXiv:2006.10738): its sides are round(ratio * side) pixels long, its centre is anywhere in the
 * image, so that part of it may lie outside.
 *
 * @param ratio length of the rectangle's sides as a share of the image's, from 0 to 1
 */
@Word("cutout")
public record Cutout(double ratio) implements Augmentation {
  /** Checks the ratio. */
  public Cutout {
    Require.share("ratio", ratio);
  }

  /** That code's ratio, 0.5. */
  @Defaults
  public static Cutout cutout() {
    return new Cutout(0.5);
  }

  /** With this ratio. */
  public static Cutout cutout(double ratio) {
    return new Cutout(ratio);
  }

  @Override
  public void check(Shape sample) {
    Images.need(sample);
  }

  @Override
  public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
    int n = x.shape().dim(0);
    int height = x.shape().dim(2);
    int width = x.shape().dim(3);
    float[] mask = new float[n * height * width];
    for (int i = 0; i < n; i++) {
      Span rows = Span.draw(ratio, height, random);
      Span columns = Span.draw(ratio, width, random);
      for (int r = 0; r < height; r++) {
        for (int c = 0; c < width; c++) {
          mask[(i * height + r) * width + c] = rows.holds(r) && columns.holds(c) ? 0 : 1;
        }
      }
    }
    return x.times(engine.upload(mask, Shape.of(n, 1, height, width)));
  }

  /** Indices from one up to before another. */
  private record Span(int from, int to) {
    static Span draw(double ratio, int side, RandomStream random) {
      int length = Images.pixels(ratio, side);
      // The centre of an even length is between pixels, which gives one more position.
      int from = random.below(side + 1 - length % 2) - length / 2;
      return new Span(from, from + length);
    }

    boolean holds(int index) {
      return from <= index && index < to;
    }
  }
}
