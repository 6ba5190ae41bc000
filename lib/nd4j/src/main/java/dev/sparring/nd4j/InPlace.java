package dev.sparring.nd4j;

import dev.sparring.tensor.EngineException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.factory.Nd4j;

/** Writing into tensors that outlive a step, unseen by the tape. */
final class InPlace {
  private InPlace() {}

  static void assign(Nd4jTensor target, Nd4jTensor from) {
    Value to = writable(target, from);
    target.engine().call(() -> to.array().assign(ordered(target, from).array()));
  }

  static void blend(Nd4jTensor target, double keep, Nd4jTensor with, double weight) {
    Value to = writable(target, with);
    target
        .engine()
        .call(
            () -> {
              Kernels kernels = target.kernels();
              Value part = kernels.elementwise().times(ordered(target, with), weight);
              INDArray t = to.array();
              if (keep != 1) {
                Nd4j.exec(new ScalarMultiplication(t, null, t, keep));
              }
              kernels.elementwise().into("add", to, part);
              kernels.memory().release(part.lease());
              return t;
            });
  }

  /**
   * The value in the target's order. If it shares the target's memory, each number is already in
   * its place: only tensors with the same elements in the same order share memory.
   */
  private static Value ordered(Nd4jTensor target, Nd4jTensor from) {
    Copies copies = target.kernels().copies();
    return copies.ordered(from.value(), target.value().channelsLast());
  }

  private static Value writable(Nd4jTensor target, Nd4jTensor from) {
    if (!target.shape().equals(from.shape())) {
      throw new EngineException(
          "a tensor of shape " + target.shape() + " cannot take values of shape " + from.shape());
    }
    return target.value();
  }
}
