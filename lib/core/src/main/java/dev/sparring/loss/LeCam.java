package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * LeCam regularization, for little data (Tseng, Jiang, Liu, Yang and Yang, arXiv:2104.03310,
 * section 3): weight times mean(relu(D(x) - a_F)^2) + mean(relu(a_R - D(G(z)))^2), where a_R and
 * a_F are moving averages of the mean scores of real and generated samples, constants for the
 * gradient. It keeps scores of one kind from going far away from the average of the other. The
 * paper's formula is without relu, its code has it.
 *
 * <p>An average includes the scores of the update it is used in: a = decay * a + (1 - decay) *
 * mean; the first update takes the mean. If an update has several batches, each uses the average
 * before the update with its own mean, and the next update begins with the mean of all.
 *
 * <p>Three programs, three dialects. The authors' BigGAN ({@code third_party/utils.py} and {@code
 * train_fns.py} of google/lecam-gan): weight 0.3, decay 0.9, start 1000, the defaults here. Their
 * StyleGAN2 ({@code stylegan2/lecam_loss.py}): weight 3e-7, decay 0.99, start 0, debias true.
 * StudioGAN: weight 0.3, decay 0.99. Deviation: averages of the first and the third begin at 1000
 * and 7777 where no start is set.
 *
 * @param weight lambda in the paper
 * @param decay of the averages, in [0, 1)
 * @param start the last of the discriminator's updates without the term, counted from 1; before it
 *     the averages are the means of the update; 0 for the term from the first one on
 * @param debias whether the averages are weighted as if they began with nothing: of t updates, a /
 *     (1 - decay^t) with a from 0, as TensorFlow's {@code zero_debias}
 */
@Word("lecam")
public record LeCam(double weight, double decay, int start, boolean debias)
    implements DiscriminatorTerm {
  private static final String REAL = "real";
  private static final String FAKE = "fake";

  /** Checks the settings. */
  public LeCam {
    Require.positive("weight", weight);
    Require.belowOne("decay", decay);
    Require.atLeast("start", start, 0);
  }

  /** As in the authors' BigGAN: weight 0.3, decay 0.9, after 1,000 updates. */
  @Defaults
  public static LeCam lecam() {
    return new LeCam(0.3, 0.9, 1000, false);
  }

  /** The same with another weight. */
  public LeCam weight(double weight) {
    return Settings.with(this, "weight", weight);
  }

  /** The same with another decay. */
  public LeCam decay(double decay) {
    return Settings.with(this, "decay", decay);
  }

  /** The same after another number of updates. */
  public LeCam start(int start) {
    return Settings.with(this, "start", start);
  }

  /** The same with or without averages that are weighted as if they began with nothing. */
  public LeCam debias(boolean debias) {
    return Settings.with(this, "debias", debias);
  }

  @Override
  public List<TermState> states() {
    return List.of(new TermState(REAL, Shape.SCALAR, 0), new TermState(FAKE, Shape.SCALAR, 0));
  }

  @Override
  public Tensor measured(String state, Update update) {
    return (state.equals(REAL) ? update.realScores() : update.fakeScores()).detach().mean();
  }

  @Override
  public Tensor moved(String state, Tensor old, Tensor measured, long number) {
    double share = share(number + 1);
    return old.times(1 - share).plus(measured.times(share));
  }

  /** The share of the new mean in an average after an update, from 1. */
  private double share(long update) {
    if (update == 1 || update < start) {
      return 1;
    }
    if (!debias) {
      return 1 - decay;
    }
    long averaged = update - Math.max(1, start) + 1;
    return (1 - decay) / (1 - StrictMath.pow(decay, (double) averaged));
  }

  @Override
  public Tensor value(Update update) {
    if (update.number() + 1 <= start) {
      return Term.none(update.engine());
    }
    Tensor ofReal = update.realScores().minus(average(FAKE, update)).relu().square().mean();
    Tensor ofFake = average(REAL, update).minus(update.fakeScores()).relu().square().mean();
    return ofReal.plus(ofFake).times(weight);
  }

  private Tensor average(String state, Update update) {
    return moved(state, update.state(state), measured(state, update), update.number());
  }
}
