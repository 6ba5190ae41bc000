package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shifts each image along both axes by a random number of whole pixels and fills with zeros, as in
 * the code of DiffAugment (Zhao et al., arXiv:2006.10738): by -s to s, all equally likely, with s =
 * round(ratio * side).
 *
 * @param ratio largest shift as a share of the side, from 0 to 1
 */
@Word("translation")
public record Translation(double ratio) implements Augmentation {
  /** Checks the ratio. */
  public Translation {
    Require.share("ratio", ratio);
  }

  /** That code's ratio, 0.125. */
  @Defaults
  public static Translation translation() {
    return new Translation(0.125);
  }

  /** With this ratio. */
  public static Translation translation(double ratio) {
    return new Translation(ratio);
  }

  @Override
  public void check(Shape sample) {
    Images.need(sample);
  }

  @Override
  public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
    Tensor moved = x;
    // All images' heights first, then all widths.
    for (int axis : new int[] {2, 3}) {
      int most = Images.pixels(ratio, x.shape().dim(axis));
      int[] by =
          IntStream.range(0, x.shape().dim(0))
              .map(i -> random.below(2 * most + 1) - most)
              .toArray();
      moved = moved(moved, axis, by, engine);
    }
    return moved;
  }

  /** Sums one shifted copy for each distance that occurs; in each copy all other images are 0. */
  private static Tensor moved(Tensor x, int axis, int[] by, Engine engine) {
    Tensor sum = null;
    for (int distance : IntStream.of(by).distinct().sorted().toArray()) {
      float[] chosen = new float[by.length];
      for (int i = 0; i < by.length; i++) {
        chosen[i] = by[i] == distance ? 1 : 0;
      }
      Tensor mask = engine.upload(chosen, Shape.of(by.length, 1, 1, 1));
      Tensor part = moved(x, axis, distance, engine).times(mask);
      sum = sum == null ? part : sum.plus(part);
    }
    return sum == null ? x : sum;
  }

  /** All images shifted by a distance towards higher indices. */
  private static Tensor moved(Tensor x, int axis, int distance, Engine engine) {
    if (distance == 0) {
      return x;
    }
    int side = x.shape().dim(axis);
    int kept = side - Math.abs(distance);
    if (kept == 0) {
      return x.times(0);
    }
    int[] dims = x.shape().dims().stream().mapToInt(Integer::intValue).toArray();
    dims[axis] = Math.abs(distance);
    Tensor empty = engine.full(0, Shape.of(dims));
    return distance > 0
        ? empty.concat(List.of(x.slice(axis, 0, kept)), axis)
        : x.slice(axis, -distance, kept).concat(List.of(empty), axis);
  }
}
