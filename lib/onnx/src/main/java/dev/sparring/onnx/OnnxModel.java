package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The description of a model file.
 *
 * @param opset the version of ONNX's operators
 * @param irVersion the version of ONNX's file format
 * @param signature inputs and outputs, e.g. {@code latent (batch, 64) -> image (batch, 1, 8, 8)}
 * @param metadata the model's metadata, by key
 */
public record OnnxModel(int opset, int irVersion, String signature, Map<String, String> metadata) {
  /** Copies the metadata. */
  public OnnxModel {
    metadata = Map.copyOf(metadata);
  }

  static OnnxModel of(ModelProto model) {
    Map<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), e.getValue()));
    return new OnnxModel(
        Math.toIntExact(model.getOpsetImport(0).getVersion()),
        Math.toIntExact(model.getIrVersion()),
        model.getGraph().getInputList().stream()
            .map(OnnxModel::text)
            .collect(Collectors.joining(", ", "", " -> " + text(model.getGraph().getOutput(0)))),
        metadata);
  }

  private static String text(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(d -> d.hasDimParam() ? d.getDimParam() : String.valueOf(d.getDimValue()))
        .collect(Collectors.joining(", ", value.getName() + " (", ")"));
  }
}
