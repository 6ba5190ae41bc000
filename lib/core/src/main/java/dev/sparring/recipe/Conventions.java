package dev.sparring.recipe;

import dev.sparring.init.Distribution;
import dev.sparring.init.Fan;
import dev.sparring.init.FanRule;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.PadRule;
import dev.sparring.optim.Adam;
import dev.sparring.optim.RmsProp;

/**
 * The framework whose defaults apply to settings that a recipe leaves open. Programs that look
 * equal in two frameworks mostly differ in defaults that neither states. A recipe names the
 * framework, and {@link Recipe#resolved} writes its defaults out.
 *
 * <p>A convention decides the initializers of weights and biases, how fans are counted, epsilon and
 * momentum of batch normalization, epsilon of the other norms, epsilon of optimizers and its place
 * in their formulas, decay and start value of RMSprop's mean square, and the padding of
 * convolutions. It changes no setting that a recipe gives itself. It has no learning rates and no
 * decays of Adam, because every GAN sets those.
 */
@SuppressWarnings("ImmutableEnumChecker") // initializers are records of numbers and enums
public enum Conventions {
  /** This library's own: weights N(0, 0.02) as in DCGAN, biases 0, the rest as PyTorch. */
  SPARRING(
      Normal.normal(),
      Zeros.zeros(),
      FanRule.FORWARD,
      new Norms(BatchNorm.EPS, BatchNorm.MOMENTUM, LayerNorm.EPS, InstanceNorm.EPS, GroupNorm.EPS),
      new AdamRule(Adam.EPS, Adam.EPS_HAT),
      new RmsPropRule(RmsProp.EPS, RmsProp.DECAY, RmsProp.EPS_IN_ROOT, RmsProp.START_AT_ONE),
      Conv.PAD),

  /**
   * PyTorch's. {@code nn.Linear} and {@code nn.Conv2d} draw weights by kaiming_uniform_(a =
   * sqrt(5)), which is uniform up to 1 / sqrt(fan-in), and biases uniform up to the same bound
   * (reset_parameters in torch/nn/modules/linear.py and conv.py); {@code nn.BatchNorm2d} has eps
   * 1e-5 and momentum 0.1 (batchnorm.py), layer, instance and group norm eps 1e-5; Adam and AdamW
   * eps 1e-8, RMSprop alpha 0.99 and eps 1e-8, all added after the root (torch/optim); {@code
   * padding=0}.
   */
  PYTORCH(
      toOneOverRootOfFanIn(),
      toOneOverRootOfFanIn(),
      FanRule.PYTORCH,
      new Norms(1e-5, 0.1, 1e-5, 1e-5, 1e-5),
      new AdamRule(1e-8, false),
      new RmsPropRule(1e-8, 0.99, false, false),
      PadRule.VALID),

  /**
   * Keras's. Layers have {@code kernel_initializer="glorot_uniform"} and {@code
   * bias_initializer="zeros"}, whose fans count as PyTorch's do (compute_fans in
   * keras/initializers: a transposed kernel is (height, width, out, in), and its third dimension
   * the "fan in"); BatchNormalization has epsilon 1e-3 and momentum 0.99, the weight of the old
   * value, which is 0.01 here; LayerNormalization and GroupNormalization have epsilon 1e-3, and
   * instance normalization is the latter with groups=-1.
   *
   * <p>Adam, AdamW and RMSprop have epsilon 1e-7, RMSprop rho 0.9. Formulas are Keras 3's
   * (keras/src/optimizers): Adam and AdamW add epsilon to the root of the uncorrected second moment
   * (adam.py), RMSprop to the mean square under the root, which begins at 0 (rmsprop.py). Keras's
   * RMSprop in TensorFlow 2 up to 2.10 adds it after the root: {@code epsInRoot: false}.
   *
   * <p>Padding is SAME, which Keras's GANs write at every convolution. The default of {@code
   * Conv2D} itself is "valid"; for that, set {@code pad: valid} in the layer.
   */
  KERAS(
      Xavier.xavier(),
      Zeros.zeros(),
      FanRule.PYTORCH,
      new Norms(1e-3, 0.01, 1e-3, 1e-3, 1e-3),
      new AdamRule(1e-7, true),
      new RmsPropRule(1e-7, 0.9, true, false),
      PadRule.SAME),

  /**
   * TensorFlow 1's. {@code tf.layers} leaves kernels to the variable scope, which draws
   * glorot_uniform, and biases to zeros; {@code tf.layers.batch_normalization} has momentum 0.99
   * (0.01 here) and epsilon 1e-3. {@code tf.contrib.layers} has the other norms: layer_norm with
   * 1e-12, instance_norm and group_norm with 1e-6.
   *
   * <p>{@code tf.train.AdamOptimizer} has epsilon 1e-8, added to the root of the uncorrected second
   * moment; {@code tf.train.RMSPropOptimizer} decay 0.9, a mean square that begins at 1, and
   * epsilon 1e-10 under the root.
   *
   * <p>Padding is SAME as in {@code tf.contrib.layers} and {@code slim}; {@code tf.nn} has no
   * default and {@code tf.layers} "valid".
   */
  TENSORFLOW1(
      Xavier.xavier(),
      Zeros.zeros(),
      FanRule.PYTORCH,
      new Norms(1e-3, 0.01, 1e-12, 1e-6, 1e-6),
      new AdamRule(1e-8, true),
      new RmsPropRule(1e-10, 0.9, true, true),
      PadRule.SAME);

  private final Initializer init;
  private final Initializer biasInit;
  private final FanRule fans;
  private final Norms norms;
  private final AdamRule adam;
  private final RmsPropRule rmsProp;
  private final PadRule pad;

  Conventions(
      Initializer init,
      Initializer biasInit,
      FanRule fans,
      Norms norms,
      AdamRule adam,
      RmsPropRule rmsProp,
      PadRule pad) {
    this.init = init;
    this.biasInit = biasInit;
    this.fans = fans;
    this.norms = norms;
    this.adam = adam;
    this.rmsProp = rmsProp;
    this.pad = pad;
  }

  /** Epsilons of norms, and the momentum of batch normalization. */
  private record Norms(
      double batchEps,
      double batchMomentum,
      double layerEps,
      double instanceEps,
      double groupEps) {}

  /** What Adam and AdamW leave open. */
  private record AdamRule(double eps, boolean epsHat) {}

  /** What RMSprop leaves open. */
  private record RmsPropRule(double eps, double decay, boolean epsInRoot, boolean startAtOne) {}

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
    return norms.batchEps();
  }

  /** The weight of the new batch in batch normalization's running statistics. */
  public double batchNormMomentum() {
    return norms.batchMomentum();
  }

  /** What layer normalization adds to the variance. */
  public double layerNormEps() {
    return norms.layerEps();
  }

  /** What instance normalization adds to the variance. */
  public double instanceNormEps() {
    return norms.instanceEps();
  }

  /** What group normalization adds to the variance. */
  public double groupNormEps() {
    return norms.groupEps();
  }

  /** What Adam and AdamW add to the root of the second moment. */
  public double adamEps() {
    return adam.eps();
  }

  /** Whether Adam and AdamW add epsilon before the moment is corrected, rather than after. */
  public boolean adamEpsHat() {
    return adam.epsHat();
  }

  /** What RMSprop adds to the mean square or its root. */
  public double rmsPropEps() {
    return rmsProp.eps();
  }

  /** The decay of RMSprop's mean square. */
  public double rmsPropDecay() {
    return rmsProp.decay();
  }

  /** Whether RMSprop adds its epsilon to the mean square, not to the root of that. */
  public boolean rmsPropEpsInRoot() {
    return rmsProp.epsInRoot();
  }

  /** Whether RMSprop's mean square begins at 1, not at 0. */
  public boolean rmsPropStartAtOne() {
    return rmsProp.startAtOne();
  }

  /** The padding rule of convolutions that give no number of zeros. */
  public PadRule pad() {
    return pad;
  }
}
