package dev.sparring.optim;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent with (Polyak's) momentum, as in PyTorch: buffer = momentum * buffer +
 * gradient, parameter = parameter - lr * buffer.
 *
 * @param lr learning rate
 * @param momentum weight of the old buffer, in [0, 1); 0 for plain gradient descent
 * @param schedule how the learning rate changes over the run
 * @param clipNorm largest norm of all gradients together, to which larger ones are scaled down;
 *     null for no limit
 */
@Word("sgd")
public record Sgd(double lr, double momentum, Schedule schedule, @Nullable Double clipNorm)
    implements Optimizer {
  /** Checks the settings. */
  public Sgd {
    Require.positive("lr", lr);
    Require.belowOne("momentum", momentum);
    Require.positive("clipNorm", clipNorm);
  }

  /** No momentum. */
  @Defaults
  public static Sgd sgd(double lr) {
    return new Sgd(lr, 0, new ConstantRate(), null);
  }

  /** The same with another momentum. */
  public Sgd momentum(double momentum) {
    return new Sgd(lr, momentum, schedule, clipNorm);
  }

  /** The same with a schedule. */
  public Sgd schedule(Schedule schedule) {
    return new Sgd(lr, momentum, schedule, clipNorm);
  }

  /** The same with a limit on the gradients' norm. */
  public Sgd clipNorm(double clipNorm) {
    return new Sgd(lr, momentum, schedule, clipNorm);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public void update(
      Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
    if (momentum == 0) {
      parameter.blend(1, gradient, -rate);
      return;
    }
    Tensor buffer = slots.get(0);
    buffer.blend(momentum, gradient, 1);
    parameter.blend(1, buffer, -rate);
  }
}
