package dev.sparring.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.init.Normal;
import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Norms of samples, pools and rearrangements: shapes, parameters, and the text of refusals. */
class LayerVocabularyTest {
  private static final Shape FEATURES = Shape.of(12);
  private static final Shape IMAGE = Shape.of(8, 4, 6);
  private static final Shape POINT = Shape.of(8, 1, 1);

  @Test
  void normsKeepTheShape() {
    for (Layer layer :
        List.<Layer>of(
            InstanceNorm.instanceNorm(),
            LayerNorm.layerNorm(),
            GroupNorm.groupNorm(4),
            PixelNorm.pixelNorm(),
            GaussianNoise.noise(0.1))) {
      assertEquals(IMAGE, layer.outputShape(IMAGE));
      assertEquals(List.of(), layer.states(IMAGE));
      assertEquals(0, layer.multiplyAdds(IMAGE));
    }
    assertEquals(FEATURES, LayerNorm.layerNorm().outputShape(FEATURES));
    assertEquals(FEATURES, GroupNorm.groupNorm(6).outputShape(FEATURES));
    assertEquals(FEATURES, PixelNorm.pixelNorm().outputShape(FEATURES));
    assertEquals(POINT, LayerNorm.layerNorm().outputShape(POINT));
    assertEquals(POINT, GroupNorm.groupNorm(4).outputShape(POINT));
    assertEquals(Shape.of(3, 1, 2), InstanceNorm.instanceNorm().outputShape(Shape.of(3, 1, 2)));
  }

  @Test
  void normsLearnAScaleAndAShiftForEachChannel() {
    assertEquals(List.of(), InstanceNorm.instanceNorm().parameters(IMAGE));
    assertEquals(List.of(), LayerNorm.layerNorm().affine(false).parameters(IMAGE));
    for (Layer layer :
        List.<Layer>of(
            InstanceNorm.instanceNorm().affine(true),
            LayerNorm.layerNorm(),
            GroupNorm.groupNorm(2))) {
      List<Parameter> learnt = layer.parameters(IMAGE);
      assertEquals(
          List.of("weight SCALE (8)", "bias SHIFT (8)"),
          learnt.stream().map(p -> p.name() + " " + p.role() + " " + p.shape()).toList());
    }
  }

  /** The paper's number of groups, PyTorch's eps. */
  @Test
  void defaults() {
    assertEquals(new GroupNorm(32, null, true, null), GroupNorm.groupNorm());
    assertEquals(new InstanceNorm(null, false, null), InstanceNorm.instanceNorm());
    assertEquals(new LayerNorm(null, true, null), LayerNorm.layerNorm());
    assertEquals(new PixelNorm(1e-8), PixelNorm.pixelNorm());
    assertEquals(new Padding(2, PaddingMode.ZERO), Padding.pad(2));
    assertEquals(new MinibatchStdDev(4), MinibatchStdDev.minibatchStdDev());
    Normal init = Normal.normal(1, 0.02);
    assertEquals(
        new GroupNorm(3, 0.5, false, init),
        GroupNorm.groupNorm().init(init).affine(false).eps(0.5).groups(3));
    assertEquals(
        new LayerNorm(0.5, false, init), LayerNorm.layerNorm().init(init).affine(false).eps(0.5));
    assertEquals(
        new InstanceNorm(0.5, true, init),
        InstanceNorm.instanceNorm().init(init).affine(true).eps(0.5));
  }

  @Test
  void aSingleNumberHasNoVariance() {
    refuses(
        "has a single number in each channel of (8, 1, 1), and so no variance to divide by;"
            + " layerNorm takes all channels",
        InstanceNorm.instanceNorm(),
        POINT);
    refuses(
        "has a single number in each channel of (12), and so no variance to divide by;"
            + " layerNorm takes all channels",
        InstanceNorm.instanceNorm(),
        FEATURES);
    refuses(
        "has a single number in each group of (8, 1, 1), and so no variance to divide by;"
            + " use fewer groups",
        GroupNorm.groupNorm(8),
        POINT);
    refuses(
        "has a single number in a sample of (1), and so no variance to divide by",
        LayerNorm.layerNorm(),
        Shape.of(1));
  }

  @Test
  void groups() {
    refuses(
        "needs a multiple of groups, 32, as channels, got (8, 4, 6)", GroupNorm.groupNorm(), IMAGE);
    refuses(
        "needs a multiple of groups, 5, as features, got (12)", GroupNorm.groupNorm(5), FEATURES);
    refuses("groups must be >= 1, got 0", () -> GroupNorm.groupNorm(0));
    refuses("eps must be > 0, got 0.0", () -> GroupNorm.groupNorm().eps(0));
    refuses("eps must be > 0, got 0.0", () -> InstanceNorm.instanceNorm().eps(0));
    refuses("eps must be > 0, got -1.0", () -> LayerNorm.layerNorm().eps(-1));
    refuses("eps must be > 0, got 0.0", () -> PixelNorm.pixelNorm().eps(0));
  }

  @Test
  void pixelShuffle() {
    assertEquals(Shape.of(2, 8, 12), PixelShuffle.pixelShuffle().outputShape(IMAGE));
    assertEquals(IMAGE, PixelShuffle.pixelShuffle(1).outputShape(IMAGE));
    assertEquals(Shape.of(1, 6, 15), PixelShuffle.pixelShuffle(3).outputShape(Shape.of(9, 2, 5)));
    refuses(
        "needs a multiple of factor^2, 9, as channels, got (8, 4, 6)",
        PixelShuffle.pixelShuffle(3),
        IMAGE);
    refuses(
        "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
        PixelShuffle.pixelShuffle(),
        FEATURES);
    refuses("factor must be >= 1, got 0", () -> PixelShuffle.pixelShuffle(0));
  }

  @Test
  void globalPools() {
    assertEquals(Shape.of(8), GlobalAvgPool.globalAvgPool().outputShape(IMAGE));
    assertEquals(Shape.of(8), GlobalSumPool.globalSumPool().outputShape(IMAGE));
    for (Layer layer :
        List.<Layer>of(GlobalAvgPool.globalAvgPool(), GlobalSumPool.globalSumPool())) {
      refuses(
          "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
          layer,
          FEATURES);
    }
  }

  @Test
  void maxout() {
    assertEquals(Shape.of(4), Maxout.maxout(3).outputShape(FEATURES));
    assertEquals(Shape.of(2, 4, 6), Maxout.maxout(4).outputShape(IMAGE));
    assertEquals("maxout 3", Maxout.maxout(3).summary());
    refuses("needs a multiple of pieces, 5, as features, got (12)", Maxout.maxout(5), FEATURES);
    refuses("pieces must be >= 2, got 1", () -> Maxout.maxout(1));
  }

  @Test
  void minibatchStdDev() {
    assertEquals(Shape.of(9, 4, 6), MinibatchStdDev.minibatchStdDev().outputShape(IMAGE));
    assertEquals(Shape.of(13), MinibatchStdDev.minibatchStdDev().outputShape(FEATURES));
    refuses("groupSize must be >= 2, got 1", () -> MinibatchStdDev.minibatchStdDev(1));
  }

  /** The smallest size that divides the batch and is at least the requested one. */
  @Test
  void everyBatchHasGroups() {
    int[] expected = {1, 2, 3, 4, 5, 6, 7, 4, 9, 5, 11, 4};
    for (int batch = 1; batch <= expected.length; batch++) {
      assertEquals(
          expected[batch - 1],
          MinibatchStdDev.minibatchStdDev().groupOf(batch),
          "batch of " + batch);
    }
    assertEquals(64, MinibatchStdDev.minibatchStdDev(33).groupOf(64));
    assertEquals(8, MinibatchStdDev.minibatchStdDev(5).groupOf(64));
  }

  @Test
  void pad() {
    assertEquals(Shape.of(8, 8, 10), Padding.pad(2).outputShape(IMAGE));
    assertEquals(Shape.of(8, 18, 20), Padding.pad(7).outputShape(IMAGE));
    assertEquals(Shape.of(8, 10, 12), Padding.pad(3).mode(PaddingMode.REFLECT).outputShape(IMAGE));
    refuses(
        "can mirror less than the height and width of (8, 4, 6); size must be < 4, got 4",
        Padding.pad(4).mode(PaddingMode.REFLECT),
        IMAGE);
    refuses(
        "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
        Padding.pad(1),
        FEATURES);
    refuses("size must be >= 1, got 0", () -> Padding.pad(0));
    assertEquals("pad 3 reflect", Padding.pad(3).mode(PaddingMode.REFLECT).summary());
    assertEquals("pad 3", Padding.pad(3).summary());
  }

  @Test
  void noise() {
    refuses("std must be >= 0, got -0.5", () -> GaussianNoise.noise(-0.5));
    assertEquals("noise 0.5", GaussianNoise.noise(0.5).summary());
  }

  private static void refuses(String message, Layer layer, Shape input) {
    refuses(message, () -> layer.outputShape(input));
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
