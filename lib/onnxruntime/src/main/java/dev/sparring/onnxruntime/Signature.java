package dev.sparring.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.FeatureModel;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The input and output that make a model an extractor.
 *
 * @param inputName the input that takes images
 * @param input its extents
 * @param outputName the output with the features
 * @param outputText the same with its shape, for the conditions
 */
record Signature(String inputName, FeatureModel.Input input, String outputName, String outputText) {
  /**
   * Reads it off a model.
   *
   * @throws ExtractorException if the model takes no images, or has no output of floats as named
   */
  static Signature of(OrtSession session, ExtractorFile file) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    NodeInfo images =
        inputs.values().stream()
            .filter(Signature::isFloat)
            .findFirst()
            .orElseThrow(
                () ->
                    new ExtractorException(
                        file.path()
                            + ": has no input of floats; it takes "
                            + texts(inputs)
                            + ", and an extractor takes images (N, C, H, W)"));
    long[] extents = shape(images);
    if (extents.length != 4) {
      throw new ExtractorException(
          file.path() + ": takes " + text(images) + "; an extractor takes images (N, C, H, W)");
    }
    if (inputs.size() > 1) {
      throw new ExtractorException(
          file.path()
              + ": takes "
              + texts(inputs)
              + "; an extractor has one input, images (N, C, H, W)");
    }
    NodeInfo features = output(session, file);
    return new Signature(
        images.getName(),
        new FeatureModel.Input(
            extent(extents[0]), extent(extents[1]), extent(extents[2]), extent(extents[3])),
        features.getName(),
        text(features) + (shape(features).length == 4 ? " averaged over height and width" : ""));
  }

  private static NodeInfo output(OrtSession session, ExtractorFile file) throws OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    String name = file.output().orElseGet(() -> outputs.keySet().iterator().next());
    NodeInfo output = outputs.get(name);
    if (output == null) {
      throw new ExtractorException(
          file.path() + ": no output '" + name + "'; there is " + texts(outputs));
    }
    int rank = isFloat(output) ? shape(output).length : -1;
    // Models also give 0 for an output of unknown rank.
    if (rank != 0 && rank != 2 && rank != 4) {
      throw new ExtractorException(
          file.path()
              + ": gives "
              + text(output)
              + "; features are floats (N, d) or (N, d, h, w); there is "
              + texts(outputs));
    }
    return output;
  }

  private static boolean isFloat(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT;
  }

  private static long[] shape(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
  }

  private static int extent(long extent) {
    return extent < 0 ? 0 : Math.toIntExact(extent);
  }

  private static String texts(Map<String, NodeInfo> nodes) {
    return nodes.values().stream().map(Signature::text).collect(Collectors.joining(", "));
  }

  /** {@code pool (N, 2048, 1, 1)}, with the type if it is not float. */
  private static String text(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)) {
      return node.getName() + " (no tensor)";
    }
    String type = isFloat(node) ? "" : " of " + tensor.type;
    String[] names = tensor.getDimensionNames();
    long[] shape = tensor.getShape();
    String[] extents = new String[shape.length];
    for (int i = 0; i < extents.length; i++) {
      String open = i == 0 ? "N" : names[i].isEmpty() ? "?" : names[i];
      extents[i] = shape[i] < 0 ? open : String.valueOf(shape[i]);
    }
    return node.getName() + " (" + String.join(", ", extents) + ")" + type;
  }
}
