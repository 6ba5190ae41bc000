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

  /** What has to be possible afterwards. */
  enum After {
    /** Nothing: what was recorded for the output is freed by the backward pass. */
    NOTHING,
    /** To differentiate the output again. */
    AGAIN,
    /** That, and to differentiate the gradients. */
    HIGHER;

    static After of(boolean differentiable) {
      return differentiable ? HIGHER : AGAIN;
    }
  }

  static List<Tensor> of(Tensor output, List<Tensor> inputs, After after) {
    if (!output.requires_grad()) {
      return inputs.stream().map(torch::zeros_like).toList();
    }
    // Inputs that were not used come back undefined.
    try (TensorVector from = new TensorVector(output);
        TensorVector by = new TensorVector(inputs.toArray(new Tensor[0]));
        TensorVector weights = new TensorVector();
        BoolOptional again = new BoolOptional(after != After.NOTHING);
        TensorVector found = torch.grad(from, by, weights, again, after == After.HIGHER, true)) {
      List<Tensor> gradients = new ArrayList<>(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        Tensor g = new Tensor(found.get(i)); // a copy of the handle: the vector's own dies with it
        gradients.add(g.defined() ? Images.channelsLast(g) : torch.zeros_like(inputs.get(i)));
      }
      return gradients;
    }
  }
}
