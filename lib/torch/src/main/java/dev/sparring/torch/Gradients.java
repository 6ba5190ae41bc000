package dev.sparring.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Calls libtorch's automatic differentiation. */
final class Gradients {
  private Gradients() {}

  static List<Tensor> of(Tensor output, List<Tensor> inputs, boolean differentiable) {
    if (!output.requires_grad()) {
      return inputs.stream().map(torch::zeros_like).toList();
    }
    // The graph is kept: an output may be differentiated again, and a step's activations live until
    // its scope ends in any case. Inputs that were not used come back undefined.
    try (TensorVector found =
        torch.grad(
            new TensorVector(output),
            new TensorVector(inputs.toArray(new Tensor[0])),
            new TensorVector(),
            new BoolOptional(true),
            differentiable,
            true)) {
      List<Tensor> gradients = new ArrayList<>(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        Tensor g = new Tensor(found.get(i)); // a copy of the handle: the vector's own dies with it
        gradients.add(g.defined() ? Images.channelsLast(g) : torch.zeros_like(inputs.get(i)));
      }
      return gradients;
    }
  }
}
