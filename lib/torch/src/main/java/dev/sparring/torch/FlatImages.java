package dev.sparring.torch;

import dev.sparring.tensor.Shape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Images as rows of numbers, for the linear map after them. Rows in the order of channels-last
 * memory need no copy, and their gradients none either; where the map has few outputs, it is
 * cheaper to sort the columns of its weight instead. Operations of other kinds get rows in the
 * order (C, H, W).
 *
 * @param batch the number of images
 */
record FlatImages(int batch, int channels, int height, int width) {
  /**
   * Those that a reshape makes of a tensor, or null if it makes something else or costs nothing.
   */
  static @Nullable FlatImages of(Tensor t, Shape to) {
    if (to.rank() != 2 || t.isNull() || t.dim() != 4 || t.size(0) != to.dim(0)) {
      return null;
    }
    int channels = Math.toIntExact(t.size(1));
    int height = Math.toIntExact(t.size(2));
    int width = Math.toIntExact(t.size(3));
    boolean isSorted = channels == 1 || height * width == 1;
    return isSorted || !t.is_contiguous(torch.MemoryFormat.ChannelsLast)
        ? null
        : new FlatImages(to.dim(0), channels, height, width);
  }

  /** Another number of such images. */
  FlatImages batch(int images) {
    return new FlatImages(images, channels, height, width);
  }

  /** The images' rows in their order of memory: a view. */
  Tensor flattened(Tensor images) {
    return images.permute(0, 2, 3, 1).reshape(batch, (long) channels * height * width);
  }

  /** Such rows in the order (C, H, W). */
  Tensor rows(Tensor flattened) {
    return flattened
        .view(batch, height, width, channels)
        .permute(0, 3, 1, 2)
        .reshape(batch, (long) channels * height * width);
  }

  /** Whether a linear map's weight is smaller than the images. */
  boolean isCheaperFor(Shape weight) {
    return weight.dim(0) <= batch;
  }

  /** The columns of a linear map's weight in the order of such rows. */
  Tensor columns(Tensor weight) {
    long outputs = weight.size(0);
    return weight
        .reshape(outputs, channels, height, width)
        .permute(0, 2, 3, 1)
        .reshape(outputs, (long) channels * height * width);
  }
}
