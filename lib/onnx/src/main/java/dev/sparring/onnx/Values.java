package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sparring.tensor.Shape;

/** Types of values: single precision, any number of samples. */
final class Values {
  /** The name of the batch dimension. */
  static final String BATCH = "batch";

  private Values() {}

  /**
   * The type of a value.
   *
   * @param sample the shape of one sample
   */
  static ValueInfoProto info(String name, Shape sample) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(Dimension.newBuilder().setDimParam(BATCH));
    for (int d : sample.dims()) {
      shape.addDim(Dimension.newBuilder().setDimValue(d));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
