package dev.sparring.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Calls ND4J's operations by name. {@link Nd4j#exec(CustomOp)} with a fresh operation each time
 * takes three times as long on small arrays.
 */
final class Ops {
  private final Map<String, CustomOp> known = new HashMap<>();

  /** Runs an operation on arrays that exist; integers are its settings in libnd4j's order. */
  @SuppressWarnings("try") // a context's close() throws nothing, whatever AutoCloseable declares
  void run(String name, INDArray[] in, INDArray[] out, long... settings) {
    CustomOp op = known.computeIfAbsent(name, n -> DynamicCustomOp.builder(n).build());
    try (OpContext context = Nd4j.getExecutioner().buildContext()) {
      context.setInputArrays(in);
      context.setOutputArrays(out);
      if (settings.length > 0) {
        context.setIArguments(settings);
      }
      Nd4j.exec(op, context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // declared by AutoCloseable, thrown by nothing
      throw new IllegalStateException(e);
    }
  }

  static INDArray[] arrays(INDArray... arrays) {
    return arrays;
  }
}
