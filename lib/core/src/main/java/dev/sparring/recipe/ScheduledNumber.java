package dev.sparring.recipe;

import dev.sparring.optim.LinearDecay;
import dev.sparring.optim.Schedule;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.SettingPath;
import dev.sparring.setting.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A number of the recipe that changes while the run trains: from what the recipe says at its place
 * to another value, along the shape of a {@linkplain Schedule schedule}. With the schedule's factor
 * f the value is from * f + to * (1 - f), so {@code linear} is a straight line, {@code cosine} half
 * a cosine wave, as in R3GAN's code (arXiv:2501.05441), and {@code steps} nears {@code to} at each
 * of its steps. After the span it stays as it is then.
 *
 * <p>Which numbers: those of optimizers ({@code lr} too, beside the optimizer's own {@code
 * schedule}), of the loss, terms and augmentations, of {@code ema}, and of the layers, norms and
 * output of both networks and of blocks. Not: whole numbers, which are sizes, counts and seeds;
 * what only begins a weight; data and measurements. Whatever else looks at the recipe, such as
 * warnings and {@code diff}, sees the number it begins with.
 *
 * <p>A step's value follows from the step alone, so a run that is resumed goes on with the same
 * bits. Samples of a checkpoint are drawn with the numbers of its step.
 *
 * @param setting the place of the number, as {@code --set} writes it: {@code terms.0.gamma}
 * @param to the value at the end of the span
 * @param shape how it changes; the unit of its own settings is that of the span
 * @param images the span in real images, of which a step has {@code batch} times {@code
 *     accumulate}; null with {@code steps}, or for the run
 * @param steps the span in steps, null with {@code images}, or for the run
 */
public record ScheduledNumber(
    String setting, double to, Schedule shape, @Nullable Long images, @Nullable Integer steps) {
  /** Checks the settings. */
  public ScheduledNumber {
    Require.notBlank("setting", setting);
    Require.finite("to", to);
    if (images != null && steps != null) {
      throw new IllegalArgumentException(
          "images "
              + images
              + " and steps "
              + steps
              + " are two spans of one number: leave one of them out");
    }
    if (images != null && images < 1) {
      throw new IllegalArgumentException("images must be >= 1, got " + images);
    }
    if (steps != null) {
      Require.atLeast("steps", steps, 1);
    }
  }

  /** In a straight line over the whole run. */
  @Defaults
  public static ScheduledNumber scheduled(String setting, double to) {
    return new ScheduledNumber(setting, to, LinearDecay.linearDecay(), null, null);
  }

  /** The same along another shape. */
  public ScheduledNumber shape(Schedule shape) {
    return Settings.with(this, "shape", shape);
  }

  /** The same within this number of images. */
  public ScheduledNumber images(long images) {
    return new ScheduledNumber(setting, to, shape, images, null);
  }

  /** The same within this number of steps. */
  public ScheduledNumber steps(int steps) {
    return new ScheduledNumber(setting, to, shape, null, steps);
  }

  /** Its place. */
  public SettingPath path() {
    return SettingPath.of(setting);
  }

  /**
   * The value in a step.
   *
   * @param from the recipe's number
   * @param step from 1
   * @param train of the recipe
   */
  public double at(double from, long step, Train train) {
    long unit = images == null ? 1 : train.images();
    long span = images != null ? images : steps != null ? steps : train.steps();
    long done = Math.min((step - 1) * unit, span);
    double factor = shape.factor(done + 1, span);
    return from * factor + to * (1 - factor);
  }
}
