package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The constants of a graph. Parameters are identified by their paths, all others by their values,
 * so that none is in the model twice.
 */
final class Initializers {
  // Protobuf refuses messages of 2^31 bytes; the nodes need some room too.
  static final long MOST_BYTES = Integer.MAX_VALUE - (16L << 20);

  private final Map<String, TensorProto> byName = new LinkedHashMap<>();
  private final Map<TensorProto, String> byContent = new HashMap<>();
  private final long mostBytes;
  private long bytes;

  Initializers(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  Collection<TensorProto> all() {
    return byName.values();
  }

  /** The initializer of a parameter, which is named by its path. */
  String parameter(String path, Tensor value) {
    if (!byName.containsKey(path)) {
      add(path, floats(value));
    }
    return path;
  }

  /** An initializer of these numbers, named by the hint if it is new. */
  String constant(String hint, Tensor value) {
    return shared(hint, floats(value));
  }

  /** A single number. */
  String scalar(String hint, double value) {
    return shared(hint, floats(Shape.SCALAR, (float) value));
  }

  /** A vector of numbers. */
  String vector(String hint, float... values) {
    return shared(hint, floats(Shape.of(values.length), values));
  }

  /** A vector of integers, as nodes take shapes and axes. */
  String longs(String hint, long... values) {
    ByteBuffer buffer = littleEndian((long) values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    return shared(
        hint, tensor(TensorProto.DataType.INT64, Shape.of(values.length).toLongs(), buffer));
  }

  private String shared(String hint, TensorProto content) {
    String known = byContent.get(content);
    if (known != null) {
      return known;
    }
    String name = hint;
    for (int i = 1; byName.containsKey(name); i++) {
      name = hint + "_" + i;
    }
    byContent.put(content, name);
    add(name, content);
    return name;
  }

  private void add(String name, TensorProto content) {
    bytes += content.getRawData().size();
    if (bytes > mostBytes) {
      throw new EngineException(
          name
              + ": the weights up to here take "
              + bytes
              + " bytes, and one ONNX file holds 2 GiB");
    }
    byName.put(name, content.toBuilder().setName(name).build());
  }

  private static TensorProto floats(Tensor value) {
    return floats(value.shape(), value.toFloats());
  }

  private static TensorProto floats(Shape shape, float... values) {
    ByteBuffer buffer = littleEndian((long) values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return tensor(TensorProto.DataType.FLOAT, shape.toLongs(), buffer);
  }

  private static TensorProto tensor(TensorProto.DataType type, long[] dims, ByteBuffer data) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    for (long d : dims) {
      tensor.addDims(d);
    }
    // No other code has the buffer, and weights are too large for a needless copy.
    return tensor.setRawData(UnsafeByteOperations.unsafeWrap(data)).build();
  }

  private static ByteBuffer littleEndian(long size) {
    if (size > MOST_BYTES) {
      throw new EngineException("a tensor of " + size + " bytes; one ONNX file holds 2 GiB");
    }
    return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
