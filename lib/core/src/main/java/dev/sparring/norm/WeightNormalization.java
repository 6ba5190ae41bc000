package dev.sparring.norm;

import dev.sparring.init.Ones;
import dev.sparring.init.WeightSpec;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Weight normalization (Salimans and Kingma, arXiv:1602.07868, equation 2): the weights of each
 * output are g v / |v|, with a direction v and a length g that are both learnt.
 *
 * <p>v is the layer's weight, and the norm is over all weights of one output. The lengths g are a
 * parameter of their own, {@code weight_g}, which starts at the norms of the drawn weights, as in
 * {@code torch.nn.utils.weight_norm}. The network therefore starts exactly as without weight
 * normalization, and only its training differs.
 *
 * <p>Deviations: the paper starts lengths and biases from the statistics of a first batch (section
 * 3), which is not done here. PyTorch calls v {@code weight_v}, and for transposed convolutions
 * takes norms for each input unless {@code dim=1} is given; here they are for each output in every
 * layer.
 */
@Word("weightNorm")
public record WeightNormalization() implements WeightNorm {
  /** The lengths: 1 in every dimension but that of the outputs, as in PyTorch. */
  private static final String LENGTHS = "weight_g";

  /** Weight normalization. */
  @Defaults
  public static WeightNormalization weightNorm() {
    return new WeightNormalization();
  }

  @Override
  public Tensor normalize(Tensor direction, NormContext context) {
    Tensor lengths = context.parameter(LENGTHS);
    return direction.times(lengths.div(norms(direction, context.spec().outputAxis())));
  }

  /** Although its length is kept in a parameter, a direction is needed. */
  @Override
  public boolean dividesByLength() {
    return true;
  }

  @Override
  public List<NormTensor> parameters(WeightSpec weight) {
    int[] dims = new int[weight.shape().rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == weight.outputAxis() ? weight.shape().dim(i) : 1;
    }
    return List.of(new NormTensor(LENGTHS, Shape.of(dims), Ones.ones()));
  }

  /**
   * Lengths start at the norms of the drawn weight, so that the network starts as without weight
   * normalization.
   */
  @Override
  public void begin(Tensor weight, NormContext context) {
    context.parameter(LENGTHS).assign(norms(weight, context.spec().outputAxis()));
  }

  /** The norm of the weights of each output. */
  private static Tensor norms(Tensor weight, int outputAxis) {
    int[] others = new int[weight.shape().rank() - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = i < outputAxis ? i : i + 1;
    }
    return weight.square().sum(others).sqrt();
  }
}
