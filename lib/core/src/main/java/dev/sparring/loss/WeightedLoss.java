package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Another loss with a factor for each player: pix2pix halves D's (Isola et al., arXiv:1611.07004,
 * section 3.3). Terms have weights of their own and are not multiplied.
 *
 * @param loss the loss to multiply
 * @param discriminator factor on D's loss
 * @param generator factor on G's loss
 */
@Word("weighted")
public record WeightedLoss(Loss loss, double discriminator, double generator) implements Loss {
  /** Checks the factors. */
  public WeightedLoss {
    Require.positive("discriminator", discriminator);
    Require.positive("generator", generator);
  }

  /** Factors of 1. */
  @Defaults
  public static WeightedLoss weighted(Loss loss) {
    return new WeightedLoss(loss, 1, 1);
  }

  /** The same with another factor on D's loss. */
  public WeightedLoss discriminator(double discriminator) {
    return new WeightedLoss(loss, discriminator, generator);
  }

  /** The same with another factor on G's loss. */
  public WeightedLoss generator(double generator) {
    return new WeightedLoss(loss, discriminator, generator);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return loss.discriminator(real, fake).times(discriminator);
  }

  @Override
  public Tensor generator(Tensor fake) {
    return loss.generator(fake).times(generator);
  }

  @Override
  public Tensor generator(Tensor fake, Supplier<Tensor> real) {
    return loss.generator(fake, real).times(generator);
  }

  @Override
  public boolean comparesWithReal() {
    return loss.comparesWithReal();
  }

  @Override
  public boolean pairsSamples() {
    return loss.pairsSamples();
  }

  @Override
  public boolean isBoundedBelow() {
    return loss.isBoundedBelow();
  }

  @Override
  public boolean wantsProbabilities() {
    return loss.wantsProbabilities();
  }
}
