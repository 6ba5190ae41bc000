package dev.sparring.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Convolutions whose kernels have a single channel, such as the first one of gray images, and the
 * transposed one that makes gray images. On some machines the oneDNN 3.7.1 of libtorch computes
 * them wrongly in single precision, unless the number of kernels is a multiple of 16: it does not
 * clear the places with which it fills up blocks of channels, so that the gradient by the images
 * (of the transposed one the images themselves) has what was in memory, at times NaN. A second
 * channel of zeros, which changes no sum, leads around it.
 *
 * <p>Seen on a virtual machine with an AMD EPYC of family 26, with AVX2 and AVX-512 alike, by
 * comparison with double precision, which oneDNN does not compute. Images or kernels in other
 * orders of memory than channels-last had the same fault with any number of channels.
 */
final class SingleChannels {
  private static final int BLOCK = 16;

  private SingleChannels() {}

  /**
   * Whether a convolution has to be led around oneDNN's.
   *
   * @param weight (kernels, 1, height, width); others need nothing
   */
  static boolean need(Tensor weight, int groups) {
    if (weight.size(1) != 1
        || weight.is_cuda()
        || weight.scalar_type().intern() == torch.ScalarType.Double) {
      return false;
    }
    long perGroup = weight.size(0) / groups;
    // What has one kernel for each of several channels is computed by other code.
    return groups == 1 ? perGroup % BLOCK != 0 : perGroup != 1;
  }

  /** Images or kernels with a channel of zeros after each channel. */
  static Tensor filled(Tensor t) {
    long[] both = {t.size(0), 2 * t.size(1), t.size(2), t.size(3)};
    Tensor channels = t.unsqueeze(2);
    Tensor pairs = torch.cat(new TensorVector(channels, torch.zeros_like(channels)), 2);
    return Images.channelsLast(pairs.reshape(both));
  }

  /** What a transposed convolution with {@link #filled} kernels made of the first ones. */
  static Tensor first(Tensor images) {
    return images.narrow(1, 0, 1).contiguous();
  }
}
