package dev.sparring.tensor;

/**
 * One step of Adam (Kingma and Ba, arXiv:1412.6980, lines 5 to 12 of algorithm 1), which engines
 * may compute for many parameters at once.
 *
 * @param rate the learning rate of this step
 * @param beta1 decay of the mean
 * @param beta2 decay of the mean square
 * @param eps added to the root of the mean square
 * @param epsHat whether eps is added before the root is corrected for its bias, as at the end of
 *     section 2, or after it, as in algorithm 1
 * @param weightDecay factor on the parameter; 0 for none
 * @param decoupled whether weights decay by themselves (AdamW, Loshchilov and Hutter,
 *     arXiv:1711.05101, line 12 of algorithm 2), or by their gradients
 * @param update number of the parameters' update, from 1
 */
public record AdamStep(
    double rate,
    double beta1,
    double beta2,
    double eps,
    boolean epsHat,
    double weightDecay,
    boolean decoupled,
    long update) {

  /** Updates one parameter and its moments in place, by the operations of tensors. */
  public void apply(Tensor parameter, Tensor gradient, Tensor mean, Tensor square) {
    Tensor g = gradient;
    if (weightDecay != 0 && decoupled) {
      parameter.blend(1 - rate * weightDecay, gradient, 0);
    } else if (weightDecay != 0) {
      g = gradient.plus(parameter.times(weightDecay));
    }
    mean.blend(beta1, g, 1 - beta1);
    square.blend(beta2, g.square(), 1 - beta2);
    double correction1 = 1 - StrictMath.pow(beta1, (double) update);
    double correction2 = 1 - StrictMath.pow(beta2, (double) update);
    double own = Math.sqrt(correction2);
    Tensor root = epsHat ? square.sqrt().plus(eps) : square.sqrt().times(1 / own).plus(eps);
    parameter.blend(1, mean.div(root), -rate * (epsHat ? own : 1) / correction1);
  }
}
