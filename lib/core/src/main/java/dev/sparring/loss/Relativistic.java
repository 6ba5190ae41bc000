package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * The relativistic pairing loss (RpGAN: Jolicoeur-Martineau, arXiv:1807.00734, section 4.1; R3GAN:
 * Huang, Gokaslan, Kuleshov and Tompkin, arXiv:2501.05441, section 2): each real sample is compared
 * with one generated sample. D minimizes the mean of softplus(-(D(x_i) - D(G(z_i)))), G that of
 * softplus(-(D(G(z_i)) - D(x_i))).
 *
 * <p>{@code relativisticAverage} compares each sample with the mean of the others instead. Both
 * networks' batches have as many samples. G's loss uses the real samples of D's last update, which
 * takes one more pass of D. Deviation: R3GAN's code draws other real samples for G.
 */
@Word("relativistic")
public record Relativistic() implements Loss {
  /** Pairs of samples. */
  @Defaults
  public static Relativistic relativistic() {
    return new Relativistic();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.minus(fake).neg().softplus().mean();
  }

  /**
   * Undefined without real samples.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Tensor generator(Tensor fake) {
    throw new IllegalStateException("relativistic needs scores of real samples");
  }

  @Override
  public Tensor generator(Tensor fake, Supplier<Tensor> real) {
    return discriminator(/* real= */ fake, /* fake= */ real.get());
  }

  @Override
  public boolean comparesWithReal() {
    return true;
  }

  @Override
  public boolean pairsSamples() {
    return true;
  }
}
