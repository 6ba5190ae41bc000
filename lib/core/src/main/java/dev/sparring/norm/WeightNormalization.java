package dev.sparring.norm;

import dev.sparring.init.DataDependent;
import dev.sparring.init.Ones;
import dev.sparring.init.WeightSpec;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Weight normalization (Salimans and Kingma, arXiv:1602.07868, equation 2): the weights of each
 * output are g v / |v|, with a direction v and a length g that are both learnt.
 *
 * <p>v is the layer's weight, and the norm is over all weights of one output. The lengths g are a
 * parameter of their own, {@code weight_g}. By default they start at the norms of the drawn
 * weights, as in {@code torch.nn.utils.weight_norm}: the network starts exactly as without weight
 * normalization, and only its training differs.
 *
 * <p>With {@code dataDependent} they start as in section 3 of the paper: with m and s^2 the mean
 * and the variance of an output v . x / |v| over a first batch, g = 1 / sqrt(s^2 + 1e-10), and the
 * bias begins at -m g, so that each output begins with mean 0 and variance 1. The batch is noise or
 * sources for a generator; for a discriminator half of it is real and half generated samples. The
 * statistics are rounded to eight binary digits, so that every engine starts with equal weights.
 *
 * <p>Deviations: PyTorch calls v {@code weight_v}, and for transposed convolutions takes norms for
 * each input unless {@code dim=1} is given; here they are for each output in every layer.
 *
 * @param dataDependent whether lengths and biases start from the statistics of a first batch
 */
@Word("weightNorm")
public record WeightNormalization(boolean dataDependent) implements WeightNorm {
  /** The lengths: 1 in every dimension but that of the outputs, as in PyTorch. */
  private static final String LENGTHS = "weight_g";

  /** Weight normalization. */
  @Defaults
  public static WeightNormalization weightNorm() {
    return new WeightNormalization(false);
  }

  /** The same with or without a start from the statistics of a first batch. */
  public WeightNormalization dataDependent(boolean dataDependent) {
    return new WeightNormalization(dataDependent);
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
   * normalization; at 1 if a first batch is to say more.
   */
  @Override
  public void begin(Tensor weight, NormContext context) {
    Tensor lengths = norms(weight, context.spec().outputAxis());
    context
        .parameter(LENGTHS)
        .assign(dataDependent ? context.engine().full(1, lengths.shape()) : lengths);
  }

  @Override
  public Optional<DataDependent> fromFirstBatch() {
    return dataDependent ? Optional.of(new Start()) : Optional.empty();
  }

  /** From the outputs with lengths of 1. */
  private record Start() implements DataDependent {
    private static final double EPSILON = 1e-10;

    @Override
    public int attempts() {
      return 1;
    }

    @Override
    public Optional<Correction> correct(Outputs outputs) {
      List<Double> factors = new ArrayList<>();
      List<Double> shifts = new ArrayList<>();
      for (int c = 0; c < outputs.stds().size(); c++) {
        double std = outputs.stds().get(c);
        double factor = 1 / Math.sqrt(std * std + EPSILON);
        factors.add(factor);
        shifts.add(-outputs.means().get(c) * factor);
      }
      return Optional.of(new Correction(LENGTHS, factors, factors, shifts));
    }
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
