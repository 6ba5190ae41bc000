package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a computation into a graph by running it.
 *
 * @param graph the recorded graph; its output does not have its final name yet
 * @param output the name of the result in the graph
 * @param sample the shape of the result for one sample
 */
record Trace(Graph graph, String output, Shape sample) {
  // Two sizes reveal what is valid for the traced batch only. A batch of one would not do, since an
  // extent of 1 broadcasts.
  private static final int ONE_BATCH = 2;
  private static final int OTHER_BATCH = 3;

  /**
   * An input of a computation.
   *
   * @param name its name
   * @param sample its shape for one sample
   */
  record Input(String name, Shape sample) {}

  /** A computation on a batch. */
  @FunctionalInterface
  interface Computation {
    /**
     * Computes it on the engine of the trace.
     *
     * @param graph the graph that the engine writes into
     * @param x the inputs in their order, (N, ...) each
     * @return (N, ...)
     */
    Tensor apply(TracingEngine engine, Graph graph, List<Tensor> x);
  }

  /**
   * Traces a computation for batches of any size.
   *
   * @param engine computes the constants and the shapes
   * @param place the name of the computation in messages until it enters another place
   * @param inputs its inputs
   * @throws dev.sparring.tensor.EngineException if the computation has no meaning in a graph or
   *     does something else for another batch size
   */
  static Trace of(Engine engine, String place, List<Input> inputs, Computation computation) {
    Initializers initializers = new Initializers(Initializers.MOST_BYTES);
    List<Trace> traces = new ArrayList<>();
    for (int batch : new int[] {ONE_BATCH, OTHER_BATCH}) {
      Graph graph = new Graph(initializers, place);
      engine.scope(
          () ->
              traces.add(
                  engine.withoutGradients(() -> once(engine, graph, inputs, batch, computation))));
    }
    Trace trace = traces.get(0);
    Trace other = traces.get(1);
    if (!trace.graph.nodes().equals(other.graph.nodes())) {
      throw trace.firstDifference(other).mixing("a computation that asks for the batch size");
    }
    return trace;
  }

  private static Trace once(
      Engine engine, Graph graph, List<Input> inputs, int batch, Computation computation) {
    TracingEngine tracing = new TracingEngine(engine, graph);
    List<Tensor> x =
        inputs.stream()
            .map(i -> tracing.input(i.name(), engine.full(0, i.sample().batch(batch))))
            .toList();
    TracedTensor y = tracing.own(computation.apply(tracing, graph, x));
    if (!(y.origin() instanceof Origin.Computed computed)) {
      throw graph.meaningless("an output that does not depend on the input");
    }
    String value = computed.value();
    // An output cannot be the input under another name.
    boolean given = inputs.stream().anyMatch(i -> i.name().equals(value));
    String output = given ? graph.node("Identity", List.of(value), y.shape()) : value;
    return new Trace(graph, output, y.shape().sample());
  }

  private Graph firstDifference(Trace other) {
    List<NodeProto> mine = graph.nodes();
    List<NodeProto> others = other.graph.nodes();
    int i = 0;
    while (i < Math.min(mine.size(), others.size()) && mine.get(i).equals(others.get(i))) {
      i++;
    }
    if (i < mine.size()) {
      String name = mine.get(i).getName();
      graph.enter(name.substring(0, name.lastIndexOf('/')));
    }
    return graph;
  }

  /**
   * The graph.
   *
   * @param name its name
   * @param inputs the types of its inputs
   * @param result the type of its output, which also names the output
   */
  GraphProto toProto(String name, List<ValueInfoProto> inputs, ValueInfoProto result) {
    GraphProto.Builder proto =
        GraphProto.newBuilder()
            .setName(name)
            .addAllInput(inputs)
            .addOutput(result)
            .addAllInitializer(graph.initializers().all());
    for (NodeProto node : graph.nodes()) {
      proto.addNode(renamed(node, result.getName()));
    }
    graph.values().forEach((value, type) -> addUnlessOutput(proto, value, type));
    return proto.build();
  }

  private void addUnlessOutput(GraphProto.Builder proto, String value, ValueInfoProto type) {
    if (!value.equals(output)) {
      proto.addValueInfo(type);
    }
  }

  private NodeProto renamed(NodeProto node, String name) {
    NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
    node.getInputList().forEach(i -> copy.addInput(i.equals(output) ? name : i));
    node.getOutputList().forEach(o -> copy.addOutput(o.equals(output) ? name : o));
    return copy.build();
  }
}
