package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Keeps what the outputs of a layer look for apart (Brock, Donahue and Simonyan, arXiv:1809.11096,
 * equation 3): weight times the sum over a network's weights W of |W W^T * (1 - I)|_F^2, or, with
 * the diagonal, of |W W^T - I|_F^2 (equation 2 there).
 *
 * <p>W is a raw weight as a matrix with a row for each output, of dense, convolutional and
 * transposed convolutional layers alike, and of embeddings; biases and normalizations have none.
 * Deviations: BigGAN's code leaves the embedding of classes out and works with half of this
 * gradient; in arXiv:1609.07093, which equation 2 is of, absolute values take the place of squares.
 *
 * @param weight beta in the paper
 * @param network whose weights
 * @param offDiagonalOnly whether the rows' own lengths are left as they are
 */
@Word("orthogonalRegularization")
public record OrthogonalRegularization(double weight, Side network, boolean offDiagonalOnly)
    implements DiscriminatorTerm, GeneratorTerm {
  /** Whose weights are meant. */
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

  /** As in BigGAN: of the generator, 1e-4, without the diagonal. */
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
