package dev.sparring.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Operations on (N, C, H, W), with libtorch's many arguments filled in. */
final class Images {
  private static final long[] NONE = {0, 0};
  private static final long[] UNIT = {1, 1};

  private Images() {}

  /**
   * Puts images and kernels into channels-last memory, in which libtorch convolves fastest; other
   * ranks are left as they are. Indices, and so all results, are the same. Other orders of memory
   * are computed wrongly on some machines, see {@link SingleChannels}.
   */
  static Tensor channelsLast(Tensor t) {
    return t.dim() == 4 ? t.contiguous(torch.MemoryFormat.ChannelsLast) : t;
  }

  static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    boolean fill = SingleChannels.need(weight, groups);
    Tensor maps =
        torch.conv2d(
            fill ? SingleChannels.filled(x) : channelsLast(x),
            fill ? SingleChannels.filled(weight) : channelsLast(weight),
            optional(bias),
            both(stride),
            both(padding),
            UNIT,
            groups);
    // Those of images of one channel are in the other order, and the activation's backward pass
    // is slow where its two inputs differ in that.
    return channelsLast(maps);
  }

  static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
    boolean fill = SingleChannels.need(weight, 1);
    Tensor images =
        torch.conv_transpose2d(
            channelsLast(x),
            fill ? SingleChannels.filled(weight) : channelsLast(weight),
            optional(fill ? null : bias),
            both(stride),
            both(padding),
            both(outputPadding),
            1,
            UNIT);
    if (!fill) {
      return images;
    }
    Tensor gray = SingleChannels.first(images);
    return bias == null ? gray : gray.add(bias);
  }

  static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor scale,
      @Nullable Tensor shift,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training,
      double momentum,
      double eps) {
    return torch.batch_norm(
        x,
        optional(scale),
        optional(shift),
        optional(runningMean),
        optional(runningVariance),
        training,
        momentum,
        eps,
        true);
  }

  static Tensor avgPool2d(Tensor x, int kernel, int stride) {
    return torch.avg_pool2d(x, both(kernel), both(stride), NONE, false, true, new LongOptional());
  }

  static Tensor maxPool2d(Tensor x, int kernel, int stride) {
    return torch.max_pool2d(x, both(kernel), both(stride), NONE, UNIT, false);
  }

  static Tensor upsampleNearest2d(Tensor x, int factor) {
    if (Integer.bitCount(factor) != 1) {
      // libtorch multiplies positions by the rounded reciprocal, which is off by a pixel for some
      // factors, such as 41, but never for powers of two.
      long n = x.size(0);
      long c = x.size(1);
      long h = x.size(2);
      long w = x.size(3);
      return channelsLast(
          x.reshape(n, c, h, 1, w, 1)
              .expand(n, c, h, factor, w, factor)
              .reshape(n, c, h * factor, w * factor));
    }
    long[] size = {x.size(2) * factor, x.size(3) * factor};
    return torch.upsample_nearest2d(x, size, new DoubleOptional(), new DoubleOptional());
  }

  static TensorOptional optional(@Nullable Tensor t) {
    return t == null ? new TensorOptional() : new TensorOptional(t);
  }

  private static long[] both(int n) {
    return new long[] {n, n};
  }
}
