package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sparring.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
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

  /** The output for a batch, whose shape has to be what is given. */
  float[] run(float[] x, Shape input, Shape output) {
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), input.toLongs());
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      OnnxTensor y = (OnnxTensor) result.get(0);
      if (!Arrays.equals(output.toLongs(), y.getInfo().getShape())) {
        throw new AssertionError(output + " expected, got " + y.getInfo());
      }
      FloatBuffer values = y.getFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    } catch (OrtException e) {
      throw new AssertionError(e.getMessage(), e);
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
