package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;

/**
 * The class loss of ACGAN (Odena, Olah and Shlens, arXiv:1610.09585, equation 3): the {@linkplain
 * CrossEntropy cross entropy} of the class logits that the discriminator's auxiliary classifier
 * outputs, for real and generated samples in the discriminator's loss, for generated samples in the
 * generator's.
 *
 * @param real its weight for real samples in the discriminator's loss
 * @param fake its weight for generated samples in the discriminator's loss; 0 trains the classifier
 *     on real samples only
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

  /** The same with another weight of generated samples. */
  public Auxiliary fake(double fake) {
    return new Auxiliary(real, fake, generator);
  }

  /** The same with another weight in the generator's loss. */
  public Auxiliary generator(double generator) {
    return new Auxiliary(real, fake, generator);
  }

  /** Whether the discriminator's loss classifies generated samples. */
  public boolean ofMadeSamples() {
    return fake > 0 || generator > 0;
  }
}
