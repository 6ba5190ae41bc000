package dev.sparring.torch;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.GroupAddress;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.time.Duration;
import java.util.List;

/** A process of a group that sums until its group ends, or as often as it is told. */
final class GroupProcess {
  private GroupProcess() {}

  /** Timeout in seconds, and the number of sums. */
  public static void main(String[] args) {
    GroupAddress address =
        GroupAddress.of(System.getenv()).timeout(Duration.ofSeconds(Long.parseLong(args[0])));
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32);
        Group group = engine.join(address)) {
      System.out.println("joined");
      double[] sum = new double[1];
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        engine.scope(
            () ->
                sum[0] =
                    group.sum(List.of(engine.full(group.rank() + 1, Shape.of(7)))).get(0)
                        .toDoubles()[6]);
      }
      System.out.println("sum " + sum[0]);
    } catch (EngineException e) {
      System.out.println(e.getMessage());
      System.exit(2);
    }
  }
}
