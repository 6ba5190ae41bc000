package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Mirrors images left to right at random.
 *
 * @param probability probability that an image is mirrored, from 0 to 1
 */
@Word("flip")
public record Flip(double probability) implements Augmentation {
  /** Checks the probability. */
  public Flip {
    Require.share("probability", probability);
  }

  /** Mirrors each image with probability 0.5. */
  @Defaults
  public static Flip flip() {
    return new Flip(0.5);
  }

  /** With this probability. */
  public static Flip flip(double probability) {
    return new Flip(probability);
  }

  @Override
  public void check(Shape sample) {
    Images.need(sample);
  }

  @Override
  public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
    int n = x.shape().dim(0);
    float[] chosen = new float[n];
    for (int i = 0; i < n; i++) {
      chosen[i] = random.uniform() < probability ? 1 : 0;
    }
    Tensor mask = engine.upload(chosen, Shape.of(n, 1, 1, 1));
    // x + mask * (mirrored - x) would change images that are not mirrored, by rounding.
    return x.times(mask.neg().plus(1)).plus(mirrored(x).times(mask));
  }

  private static Tensor mirrored(Tensor x) {
    int width = x.shape().dim(3);
    List<Tensor> columns = new ArrayList<>();
    for (int c = width - 1; c >= 0; c--) {
      columns.add(x.slice(3, c, 1));
    }
    return columns.get(0).concat(columns.subList(1, width), 3);
  }
}
