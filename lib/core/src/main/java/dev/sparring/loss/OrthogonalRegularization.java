package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Keeps the weight vectors of a layer's outputs orthogonal (Brock, Donahue and Simonyan,
 * arXiv:1809.11096, equation 3): weight times the sum over a network's weights W of |W W^T * (1 -
 * I)|_F^2, or, with the diagonal, of |W W^T - I|_F^2 (equation 2 there).
 *
 * <p>W is a raw weight as a matrix with a row for each output, for dense, convolutional, transposed
 * convolutional and embedding layers. Biases and normalizations are left out. Deviations: BigGAN's
 * code leaves out the class embedding and uses half of this gradient; arXiv:1609.07093, the source
 * of equation 2, has absolute values instead of squares.
 *
 * @param weight beta in the paper
 * @param network the network or networks whose weights are regularized
 * @param offDiagonalOnly whether only products of different rows count, so that the length of rows
 *     is free
 */
@Word("orthogonalRegularization")
public record OrthogonalRegularization(double weight, Side network, boolean offDiagonalOnly)
    implements DiscriminatorTerm, GeneratorTerm {
  /** The network whose weights are regularized. */
  public enum Side {
    /** The generator's. */
    GENERATOR,
    /** The discriminator's. */
    DISCRIMINATOR,
    /** Both players'. */
    BOTH
  }

  /** Checks the weight. */
  public OrthogonalRegularization {
    Require.positive("weight", weight);
  }

  /** As in BigGAN: the generator's weights, 1e-4, without the diagonal. */
  @Defaults
  public static OrthogonalRegularization orthogonalRegularization() {
    return new OrthogonalRegularization(1e-4, Side.GENERATOR, true);
  }

  /** The same with another weight. */
  public OrthogonalRegularization weight(double weight) {
    return new OrthogonalRegularization(weight, network, offDiagonalOnly);
  }

  /** The same for another network. */
  public OrthogonalRegularization network(Side network) {
    return new OrthogonalRegularization(weight, network, offDiagonalOnly);
  }

  /** The same with or without the diagonal. */
  public OrthogonalRegularization offDiagonalOnly(boolean offDiagonalOnly) {
    return new OrthogonalRegularization(weight, network, offDiagonalOnly);
  }

  @Override
  public Tensor value(DiscriminatorTerm.Update update) {
    return network == Side.GENERATOR
        ? Term.none(update.engine())
        : value(update.engine(), update.weights());
  }

  @Override
  public Tensor value(GeneratorTerm.Update update) {
    return network == Side.DISCRIMINATOR
        ? Term.none(update.engine())
        : value(update.engine(), update.weights());
  }

  private Tensor value(Engine engine, List<Tensor> matrices) {
    Tensor sum = Term.none(engine);
    for (Tensor w : matrices) {
      Tensor products = w.matmul(w.permute(1, 0));
      Tensor identity = identity(engine, w.shape().dim(0));
      Tensor away =
          offDiagonalOnly ? products.times(identity.neg().plus(1)) : products.minus(identity);
      sum = sum.plus(away.square().sum());
    }
    return sum.times(weight);
  }

  private static Tensor identity(Engine engine, int n) {
    float[] ones = new float[n * n];
    for (int i = 0; i < n; i++) {
      ones[i * n + i] = 1;
    }
    return engine.upload(ones, Shape.of(n, n));
  }
}
