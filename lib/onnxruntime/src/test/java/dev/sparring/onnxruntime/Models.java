package dev.sparring.onnxruntime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes small models: nodes without attributes, one input each and one output. */
final class Models {
  private Models() {}

  static Path write(
      Path file, List<ValueInfoProto> inputs, List<NodeProto> nodes, List<ValueInfoProto> outputs) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("test")
            .addAllInput(inputs)
            .addAllNode(nodes)
            .addAllOutput(outputs)
            .build();
    return write(file, graph);
  }

  static Path write(Path file, GraphProto graph) {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(7)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph)
            .build();
    try {
      return Files.write(file, model.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static NodeProto node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  /** A tensor of floats; a number is an extent, anything else the name of one. */
  static ValueInfoProto floats(String name, Object... extents) {
    return value(name, TensorProto.DataType.FLOAT, extents);
  }

  static ValueInfoProto value(String name, TensorProto.DataType type, Object... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Stream.of(extents)
        .map(
            e ->
                e instanceof Integer n
                    ? TensorShapeProto.Dimension.newBuilder().setDimValue(n)
                    : TensorShapeProto.Dimension.newBuilder().setDimParam(e.toString()))
        .forEach(shape::addDim);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
