package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.factory.Nd4j;

/** Moves numbers between Java arrays and ND4J's. */
final class Transfer {
  private final Backend backend;
  private final Copies copies;

  Transfer(Backend backend, Copies copies) {
    this.backend = backend;
    this.copies = copies;
  }

  Value upload(float[] values, Shape shape) {
    if (backend.type() == DataType.DOUBLE) {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return upload(wide, shape);
    }
    Value made = backend.make(shape, false);
    new FloatPointer(memoryOf(made)).put(values);
    return written(made);
  }

  Value upload(double[] values, Shape shape) {
    if (backend.type() == DataType.FLOAT) {
      float[] narrow = new float[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) values[i];
      }
      return upload(narrow, shape);
    }
    Value made = backend.make(shape, false);
    new DoublePointer(memoryOf(made)).put(values);
    return written(made);
  }

  float[] floats(Value v) {
    if (backend.type() == DataType.DOUBLE) {
      double[] wide = doubles(v);
      float[] narrow = new float[wide.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) wide[i];
      }
      return narrow;
    }
    Value rows = copies.rowMajor(v);
    float[] values = new float[v.elements()];
    try {
      new FloatPointer(memoryOf(read(rows))).get(values);
    } finally {
      Reference.reachabilityFence(rows);
    }
    return values;
  }

  double[] doubles(Value v) {
    if (backend.type() == DataType.FLOAT) {
      float[] narrow = floats(v);
      double[] wide = new double[narrow.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = narrow[i];
      }
      return wide;
    }
    Value rows = copies.rowMajor(v);
    double[] values = new double[v.elements()];
    try {
      new DoublePointer(memoryOf(read(rows))).get(values);
    } finally {
      Reference.reachabilityFence(rows);
    }
    return values;
  }

  /**
   * The buffer's own memory, on the host: every array is a whole buffer from its start. The pointer
   * does not keep the array from the garbage collector, which would free the memory.
   */
  private static Pointer memoryOf(Value v) {
    DataBuffer buffer = v.array().data();
    return buffer.addressPointer();
  }

  // On the processor there is one copy of an array, and these two do nothing.

  private static Value read(Value v) {
    Nd4j.getAffinityManager().ensureLocation(v.array(), Location.HOST);
    return v;
  }

  private static Value written(Value v) {
    Nd4j.getAffinityManager().tagLocation(v.array(), Location.HOST);
    return v;
  }
}
