package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one trace in the order in which they were computed.
 *
 * <p>Every computed value has the batch in dimension 0, and samples do not depend on each other;
 * operations that would break this are refused. So a graph that was traced with one batch is valid
 * for every batch.
 */
final class Graph {
  private final Initializers initializers;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, ValueInfoProto> values = new LinkedHashMap<>();
  private String place;

  /**
   * A graph without nodes.
   *
   * @param initializers where constants go
   * @param place what is traced first, e.g. {@code generator.0}
   */
  Graph(Initializers initializers, String place) {
    this.initializers = initializers;
    this.place = place;
  }

  Initializers initializers() {
    return initializers;
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  /** The outputs of nodes, with symbolic batch, by name. */
  Map<String, ValueInfoProto> values() {
    return values;
  }

  /** Sets the name of the part that is traced from now on. */
  void enter(String place) {
    this.place = place;
  }

  /** A name within the part that is being traced. */
  String here(String what) {
    return place + "/" + what;
  }

  /**
   * Appends a node.
   *
   * @param inputs names of values and initializers; an empty one stands for an input left out
   * @param output the shape of its output for the traced batch
   * @return the name of its output
   */
  String node(String operator, List<String> inputs, Shape output, AttributeProto... attributes) {
    String name = here(operator);
    for (int i = 1; values.containsKey(name); i++) {
      name = here(operator + "_" + i);
    }
    nodes.add(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes))
            .build());
    values.put(name, Values.info(name, output.sample()));
    return name;
  }

  /** How nodes refer to a tensor; a constant becomes an initializer. */
  String reference(TracedTensor tensor) {
    Origin origin = tensor.origin();
    if (origin instanceof Origin.Computed c) {
      return c.value();
    } else if (origin instanceof Origin.Parameter p) {
      return initializers.parameter(p.path(), tensor.value());
    }
    return initializers.constant(((Origin.Constant) origin).hint(), tensor.value());
  }

  /** How nodes refer to tensors, of which those that are null are left out. */
  List<String> references(@Nullable TracedTensor... tensors) {
    List<String> names = new ArrayList<>();
    for (TracedTensor t : tensors) {
      if (t != null) {
        names.add(reference(t));
      }
    }
    return names;
  }

  /** Refuses operations that have no meaning in a graph. */
  EngineException meaningless(String what) {
    return new EngineException(place + ": " + what + " has no place in an ONNX graph");
  }

  /** Refuses operations that are valid for the traced batch only. */
  EngineException mixing(String what) {
    return new EngineException(
        place
            + ": "
            + what
            + " would mix samples or fix the batch size; ONNX export needs each sample on its own,"
            + " counted by dimension 0");
  }
}
