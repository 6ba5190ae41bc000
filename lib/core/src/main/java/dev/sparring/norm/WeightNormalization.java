package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Weight normalization (Salimans and Kingma, arXiv:1602.07868, equation 2): the weights of each
 * output are g v / |v|, with a direction v and a length g that are both learnt.
 *
 * <p>v is the layer's weight, and the norm is over all that leads to one output. The lengths are a
 * parameter of their own, {@code weight_g}, which starts at the norms of the drawn weights, so that
 * the network starts as without, as {@code torch.nn.utils.weight_norm} does. What gradients train
 * differs from then on.
 *
 * <p>Deviations: the paper starts lengths and biases from the statistics of a first batch (section
 * 3), which is not done here. PyTorch calls v {@code weight_v}, and for transposed convolutions
 * takes norms by the inputs unless told {@code dim=1}; here they are by the outputs for every
 * layer.
 */
@Word("weightNorm")
public record WeightNormalization() implements WeightNorm {
  /** The name of the lengths, behind the layer's path. */
  public static final String LENGTHS = "weight_g";

  /** Weight normalization. */
  @Defaults
  public static WeightNormalization weightNorm() {
    return new WeightNormalization();
  }

  /** The shape of the lengths: 1 in every dimension but that of the outputs, as in PyTorch. */
  public static Shape lengths(Shape weight, int outputAxis) {
    int[] dims = new int[weight.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == outputAxis ? weight.dim(i) : 1;
    }
    return Shape.of(dims);
  }

  /** The norm of the weights of each output. */
  public static Tensor norms(Tensor weight, int outputAxis) {
    int[] others = new int[weight.shape().rank() - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = i < outputAxis ? i : i + 1;
    }
    return weight.square().sum(others).sqrt();
  }

  /**
   * The weight that the layer uses.
   *
   * @param direction v, of any length but zero
   * @param lengths g, of the shape of {@link #lengths}
   */
  public static Tensor normalize(Tensor direction, Tensor lengths, int outputAxis) {
    return direction.times(lengths.div(norms(direction, outputAxis)));
  }
}
