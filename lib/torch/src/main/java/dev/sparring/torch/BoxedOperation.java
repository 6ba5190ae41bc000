package dev.sparring.torch;

import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.Type;

/** An operation that JavaCPP's presets leave out, called through libtorch's dispatcher. */
final class BoxedOperation {
  private final OperatorHandle handle;
  private final Type.TypePtr elementType;

  /**
   * Finds the operation; libtorch has to be loaded.
   *
   * @param overload its name among those of the same name, or an empty text
   */
  BoxedOperation(String name, String overload) {
    handle = new OperatorHandle(Dispatcher.singleton().findSchemaOrThrow(name, overload));
    elementType = new TensorList().elementType();
    // Longer than the scope that may be open now.
    handle.retainReference();
    elementType.retainReference();
  }

  /** Its arguments, to which others are added. */
  static IValueVector arguments(IValue... values) {
    IValueVector stack = new IValueVector();
    for (IValue value : values) {
      stack.push_back(value);
    }
    return stack;
  }

  /** Tensors as an argument. */
  IValue list(List<Tensor> tensors) {
    GenericList list = new GenericList(elementType);
    tensors.forEach(t -> list.push_back(new IValue(t)));
    return new IValue(list);
  }

  /**
   * Calls it.
   *
   * @param stack arguments, in whose place results come
   */
  void call(IValueVector stack) {
    handle.callBoxed(stack);
  }
}
