package dev.sparring.recipe;

import dev.sparring.init.Distribution;
import dev.sparring.init.Fan;
import dev.sparring.init.FanRule;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Pad;

/**
 * Whose defaults a recipe's silence means. What equal-looking programs of different frameworks
 * differ in are mostly settings that neither of them writes; a recipe names the framework, and
 * {@link Recipe#effective} writes them out.
 *
 * <p>A convention decides how weights and biases begin, what fans are, epsilon and momentum of
 * batch normalization, epsilon (and RMSprop's decay) of optimizers, and the border of convolutions.
 * It decides nothing that a recipe says itself, and no learning rates or decays of Adam: every GAN
 * sets those.
 *
 * <p>Formulas are this library's, which are PyTorch's, in two places where TensorFlow and Keras
 * have others. Their Adam adds epsilon to the root of the uncorrected second moment (the "epsilon
 * hat" of Kingma and Ba, arXiv:1412.6980, section 2): their epsilon is this library's times sqrt(1
 * - beta2^t), so that at the first steps ours is the smaller one in effect, by up to sqrt(1 -
 * beta2), and later the same. TensorFlow 1's RMSprop adds epsilon under the root and begins its
 * mean square at 1; here it begins at 0 and epsilon stands behind the root.
 */
@SuppressWarnings("ImmutableEnumChecker") // initializers are records of numbers and enums
public enum Conventions {
  /** This library's own: N(0, 0.02) as in DCGAN, no bias at the start, the rest as PyTorch. */
  SPARRING(Normal.normal(), Zeros.zeros(), FanRule.FORWARD, 1e-5, 0.1, 1e-8, 1e-8, 0.99, Pad.EVEN),

  /**
   * PyTorch's. {@code nn.Linear} and {@code nn.Conv2d} draw weights by kaiming_uniform_(a =
   * sqrt(5)), which is uniform up to 1 / sqrt(fan-in), and biases uniform up to the same bound
   * (reset_parameters in torch/nn/modules/linear.py and conv.py); {@code nn.BatchNorm2d} has eps
   * 1e-5 and momentum 0.1 (batchnorm.py); Adam and AdamW eps 1e-8, RMSprop alpha 0.99 and eps 1e-8
   * (torch/optim); {@code padding=0}.
   */
  PYTORCH(
      toOneOverRootOfFanIn(),
      toOneOverRootOfFanIn(),
      FanRule.PYTORCH,
      1e-5,
      0.1,
      1e-8,
      1e-8,
      0.99,
      Pad.VALID),

  /**
   * Keras's. Layers have {@code kernel_initializer="glorot_uniform"} and {@code
   * bias_initializer="zeros"}, whose fans count as PyTorch's do (compute_fans in
   * keras/initializers: a transposed kernel is (height, width, out, in), and its third dimension
   * the "fan in"); BatchNormalization has epsilon 1e-3 and momentum 0.99, the weight of the old
   * value, which is 0.01 here; Adam, AdamW and RMSprop have epsilon 1e-7, RMSprop rho 0.9.
   *
   * <p>The border is SAME, which Keras's GANs write at every convolution. What {@code Conv2D}
   * itself does where nobody says is "valid": for that, a layer says {@code pad: valid}.
   */
  KERAS(Xavier.xavier(), Zeros.zeros(), FanRule.PYTORCH, 1e-3, 0.01, 1e-7, 1e-7, 0.9, Pad.SAME),

  /**
   * TensorFlow 1's. {@code tf.layers} leaves kernels to the variable scope, which draws
   * glorot_uniform, and biases to zeros; {@code tf.layers.batch_normalization} has momentum 0.99
   * (0.01 here) and epsilon 1e-3; {@code tf.train.AdamOptimizer} epsilon 1e-8, {@code
   * tf.train.RMSPropOptimizer} decay 0.9 and epsilon 1e-10.
   *
   * <p>The border is SAME as in {@code tf.contrib.layers} and {@code slim}; {@code tf.nn} has no
   * default and {@code tf.layers} "valid".
   */
  TENSORFLOW1(
      Xavier.xavier(), Zeros.zeros(), FanRule.PYTORCH, 1e-3, 0.01, 1e-8, 1e-10, 0.9, Pad.SAME);

  private final Initializer init;
  private final Initializer biasInit;
  private final FanRule fans;
  private final double batchNormEps;
  private final double batchNormMomentum;
  private final double adamEps;
  private final double rmsPropEps;
  private final double rmsPropDecay;
  private final Pad pad;

  Conventions(
      Initializer init,
      Initializer biasInit,
      FanRule fans,
      double batchNormEps,
      double batchNormMomentum,
      double adamEps,
      double rmsPropEps,
      double rmsPropDecay,
      Pad pad) {
    this.init = init;
    this.biasInit = biasInit;
    this.fans = fans;
    this.batchNormEps = batchNormEps;
    this.batchNormMomentum = batchNormMomentum;
    this.adamEps = adamEps;
    this.rmsPropEps = rmsPropEps;
    this.rmsPropDecay = rmsPropDecay;
    this.pad = pad;
  }

  /** He's uniform with gain sqrt(2 / (1 + 5)) has its bound at sqrt(3) gain / sqrt(fan-in). */
  private static He toOneOverRootOfFanIn() {
    return new He(Distribution.UNIFORM, Fan.IN, Math.sqrt(1.0 / 3));
  }

  /** How weights are drawn. */
  public Initializer init() {
    return init;
  }

  /** How biases are drawn. */
  public Initializer biasInit() {
    return biasInit;
  }

  /** What the scaling initializers count. */
  public FanRule fans() {
    return fans;
  }

  /** What batch normalization adds to the variance. */
  public double batchNormEps() {
    return batchNormEps;
  }

  /** The weight of the new batch in batch normalization's running statistics. */
  public double batchNormMomentum() {
    return batchNormMomentum;
  }

  /** What Adam and AdamW add to the root of the corrected second moment. */
  public double adamEps() {
    return adamEps;
  }

  /** What RMSprop adds to the root of the mean square. */
  public double rmsPropEps() {
    return rmsPropEps;
  }

  /** The decay of RMSprop's mean square. */
  public double rmsPropDecay() {
    return rmsPropDecay;
  }

  /** The border of convolutions that name no number of zeros. */
  public Pad pad() {
    return pad;
  }
}
