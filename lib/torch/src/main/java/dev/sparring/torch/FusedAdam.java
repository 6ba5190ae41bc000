package dev.sparring.torch;

import dev.sparring.tensor.AdamStep;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam's step for all parameters of a network as one operation of libtorch: {@code _fused_adam_}
 * and {@code _fused_adamw_}. Some ten operations a parameter, each a pass over its memory, become
 * one.
 */
final class FusedAdam {
  private final BoxedOperation coupled = new BoxedOperation("aten::_fused_adam_", "");
  private final BoxedOperation decoupled = new BoxedOperation("aten::_fused_adamw_", "");

  /**
   * Whether libtorch's operation computes such a step: it adds eps to the corrected root only, and
   * reads parameters and moments in the order of memory.
   */
  static boolean computes(
      TorchEngine engine,
      AdamStep step,
      List<Tensor> parameters,
      List<Tensor> means,
      List<Tensor> squares) {
    if (step.epsHat()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      org.bytedeco.pytorch.Tensor parameter = engine.raw(parameters.get(i));
      if (!isInOrder(parameter, engine.raw(means.get(i)))
          || !isInOrder(parameter, engine.raw(squares.get(i)))) {
        return false;
      }
    }
    return true;
  }

  void apply(
      TorchEngine engine,
      AdamStep step,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<Tensor> means,
      List<Tensor> squares) {
    List<org.bytedeco.pytorch.Tensor> weights = raw(engine, parameters);
    List<org.bytedeco.pytorch.Tensor> updates = raw(engine, gradients);
    List<org.bytedeco.pytorch.Tensor> first = raw(engine, means);
    List<org.bytedeco.pytorch.Tensor> second = raw(engine, squares);
    List<org.bytedeco.pytorch.Tensor> alike = new ArrayList<>();
    List<org.bytedeco.pytorch.Tensor> numbers = new ArrayList<>();
    org.bytedeco.pytorch.Tensor number =
        torch.full(new long[0], engine.scalar((double) step.update()), engine.transfer().options());
    for (int i = 0; i < weights.size(); i++) {
      InPlace.requireShape(parameters.get(i), gradients.get(i));
      // The operation reads memory in order and looks at no strides.
      alike.add(inOrderOf(weights.get(i), updates.get(i)));
      numbers.add(number);
    }
    BoxedOperation operation = step.decoupled() ? decoupled : coupled;
    IValueVector stack = BoxedOperation.arguments();
    for (List<org.bytedeco.pytorch.Tensor> list :
        List.of(weights, alike, first, second, List.<org.bytedeco.pytorch.Tensor>of(), numbers)) {
      stack.push_back(operation.list(list));
    }
    stack.push_back(new IValue(step.rate()));
    stack.push_back(new IValue(step.beta1()));
    stack.push_back(new IValue(step.beta2()));
    stack.push_back(new IValue(step.weightDecay()));
    stack.push_back(new IValue(step.eps()));
    stack.push_back(new IValue(false)); // amsgrad
    stack.push_back(new IValue(false)); // maximize
    stack.push_back(new IValue()); // grad_scale
    stack.push_back(new IValue()); // found_inf
    operation.call(stack);
  }

  private static List<org.bytedeco.pytorch.Tensor> raw(TorchEngine engine, List<Tensor> tensors) {
    return tensors.stream().map(engine::raw).toList();
  }

  private static org.bytedeco.pytorch.Tensor inOrderOf(
      org.bytedeco.pytorch.Tensor parameter, org.bytedeco.pytorch.Tensor gradient) {
    return isInOrder(parameter, gradient) ? gradient : torch.empty_like(parameter).copy_(gradient);
  }

  private static boolean isInOrder(org.bytedeco.pytorch.Tensor a, org.bytedeco.pytorch.Tensor b) {
    if (a.is_contiguous() && b.is_contiguous()) {
      return true;
    }
    long dimensions = a.dim();
    for (long i = 0; i < dimensions; i++) {
      if (a.size(i) > 1 && a.stride(i) != b.stride(i)) {
        return false;
      }
    }
    return true;
  }
}
