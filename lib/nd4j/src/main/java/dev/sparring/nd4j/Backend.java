package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;

/** What every computation needs: a data type, memory, and access to ND4J's operations. */
record Backend(DataType type, Memory memory, Ops ops) {
  /** An array with uninitialized contents. */
  Value make(Shape shape, boolean channelsLast) {
    return new Value(memory.take(shape.elements()), shape, channelsLast);
  }

  /** An array of the shape and order of another one. */
  Value like(Value v) {
    return make(v.shape(), v.channelsLast());
  }
}
