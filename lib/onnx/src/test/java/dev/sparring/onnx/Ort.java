package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sparring.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A model in ONNX Runtime, which checks it when it loads it. */
final class Ort implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  Ort(ModelProto model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model.toByteArray(), options);
    } catch (OrtException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Numbers in row-major order. */
  record Input(FloatBuffer values, Shape shape) {}

  /** The output for a batch of the only input, whose shape has to be what is given. */
  float[] run(float[] x, Shape input, Shape output) {
    String name = session.getInputNames().iterator().next();
    return run(Map.of(name, new Input(FloatBuffer.wrap(x), input)), output);
  }

  /** The output for a batch of every input by its name. */
  float[] run(Map<String, Input> inputs, Shape output) {
    if (!inputs.keySet().equals(session.getInputNames())) {
      throw new AssertionError(inputs.keySet() + " given to " + session.getInputNames());
    }
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Input> input : inputs.entrySet()) {
        Input given = input.getValue();
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(environment, given.values(), given.shape().toLongs()));
      }
      return run(output, tensors);
    } catch (OrtException e) {
      throw new AssertionError(e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private float[] run(Shape output, Map<String, OnnxTensor> tensors) throws OrtException {
    try (OrtSession.Result result = session.run(tensors)) {
      OnnxTensor y = (OnnxTensor) result.get(0);
      if (!Arrays.equals(output.toLongs(), y.getInfo().getShape())) {
        throw new AssertionError(output + " expected, got " + y.getInfo());
      }
      FloatBuffer values = y.getFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
