package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * The class loss of ACGAN (Odena, Olah and Shlens, arXiv:1610.09585, equation 3): the {@linkplain
 * CrossEntropy cross entropy} of the classes that the discriminator's auxiliary classifier puts
 * out, for real and made samples in the discriminator's loss, for made ones in the generator's.
 *
 * @param real its weight for real samples in the discriminator's loss
 * @param fake its weight for made samples there; 0 lets the classifier learn from real ones only
 * @param generator its weight in the generator's loss
 */
@Word("auxiliary")
public record Auxiliary(double real, double fake, double generator) implements Term {
  /** Checks the weights. */
  public Auxiliary {
    Require.notNegative("real", real);
    Require.notNegative("fake", fake);
    Require.notNegative("generator", generator);
  }

  /** The paper's weights, 1 each. */
  @Defaults
  public static Auxiliary auxiliary() {
    return new Auxiliary(1, 1, 1);
  }

  /** The same with another weight of real samples. */
  public Auxiliary real(double real) {
    return new Auxiliary(real, fake, generator);
  }

  /** The same with another weight of made samples. */
  public Auxiliary fake(double fake) {
    return new Auxiliary(real, fake, generator);
  }

  /** The same with another weight in the generator's loss. */
  public Auxiliary generator(double generator) {
    return new Auxiliary(real, fake, generator);
  }

  /** Whether it asks of which class made samples are. */
  public boolean ofMadeSamples() {
    return fake > 0 || generator > 0;
  }
}
